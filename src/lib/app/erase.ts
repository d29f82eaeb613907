/** Takes everything of one person off this phone; each step is safe to repeat, and none needs the network. */
import { choosePosition } from '#lib/care-ui/household/position-choice.ts';
import { deleteLocalDb } from '#lib/db/local-db.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import { after } from './after.ts';
import { setTurnedOff } from './notice-wish.ts';
import type { ServerAccess } from './server-access.ts';
import { phoneMemory } from './phone-memory.ts';

/** Telling the server is a courtesy; the person wants to go. */
const SERVER_LIMIT_MS = 3_000;

/** First the keys to the server, then the data: a half-done wipe must not leave a signed-in phone. */
export async function erasePerson(
	userId: string,
	server: Pick<ServerAccess, 'signOut'>
): Promise<void> {
	const sessions = new SessionStore(phoneMemory.storage);
	if (sessions.read(userId) !== null) {
		await Promise.race([server.signOut(userId), after(SERVER_LIMIT_MS)]);
		sessions.remove(userId);
	}
	await dropPushSubscription();
	setTurnedOff(userId, false, localStorage);
	choosePosition(userId, false);
	await deleteLocalDb(userId);
}

/** The phone must not go on showing notifications meant for somebody who has left. */
async function dropPushSubscription(): Promise<void> {
	const registration = await navigator.serviceWorker?.getRegistration();
	const subscription = await registration?.pushManager?.getSubscription();
	await subscription?.unsubscribe();
}
