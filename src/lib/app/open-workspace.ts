/** Joins store, engine and network into one running workspace. */
import { LocalDb } from '#lib/db/local-db.ts';
import { isFirstSyncDone, knownOfMe, type KnownOfMe } from '#lib/db/queries/me.ts';
import { watch } from '#lib/db/watch.ts';
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { readClient, readClientId } from '#lib/sync/client-record.ts';
import { createWorkspace } from '#lib/sync/create-workspace.ts';
import { browserClock, browserNetwork, browserRandom } from '#lib/sync/environment.ts';
import type { FileUploader } from '#lib/sync/file-uploader.ts';
import { browserTabs } from '#lib/sync/leader.ts';
import type { RemotePort } from '#lib/sync/remote-port.ts';
import { LazyPort } from './lazy-port.ts';
import type { HeldMark } from './held-mark.ts';
import type { LiveMe } from './live-me.svelte.ts';
import { areWanted } from './notice-wish.ts';
import type { OpenedWorkspace, OpenListeners } from './session.svelte.ts';
import { whenIdle } from './when-idle.ts';

/**
 * @param onOutdated another tab runs a newer release that has closed this store
 * @throws {StorageError} when this phone's storage does not open
 */
export async function openWorkspace(
	me: LiveMe,
	{ onWiped, onMeChanged, onHeard }: OpenListeners,
	onOutdated: () => void,
	heldMark: HeldMark
): Promise<OpenedWorkspace> {
	const db = new LocalDb(me.userId, { onOutdated });
	const workspace = createWorkspace({
		db,
		me,
		port: new LazyPort(() => loadPort(me.userId)),
		loadCycle: async () => {
			// On a phone that holds nothing yet there is no screen to give way to.
			if (workspace.status.lastSyncedAt !== null) await whenIdle();
			return await import('#lib/sync/cycle.ts');
		},
		clock: browserClock,
		random: browserRandom,
		network: browserNetwork(),
		tabs: browserTabs(me.userId),
		onWiped
	});
	await workspace.start();
	const unwatchMe = watch(
		async () => {
			const known = await knownOfMe(db, me.userId);
			return { known, isHeard: known !== null || (await isFirstSyncDone(db)) };
		},
		({ known, isHeard }) => {
			if (known !== null) noteKnown(known);
			if (isHeard) onHeard();
		},
		(failure) => console.warn('Who is signed in was not read', failure)
	);
	function noteKnown(known: KnownOfMe) {
		const { userId, email, displayName } = me;
		const changed = me.update({
			userId,
			email,
			displayName: known.displayName ?? displayName,
			memberships: known.memberships
		});
		if (changed) onMeChanged(me.snapshot);
	}
	const unwatchSynced = watch(
		() => readClient(db),
		(client) => {
			const today = taipeiDay(workspace.now());
			const at = client?.lastSyncedAt ?? null;
			if (at !== null && taipeiDay(at) === today) void whenIdle().then(() => heldMark.renew(today));
		},
		(failure) => console.warn('When this phone last synced was not read', failure)
	);
	/** Behind the lock, too; from the first picture that waits on. */
	let uploads: Promise<FileUploader | null> | null = null;
	const unwatchUploads = watch(
		() => db.uploads.count(),
		(count) => {
			if (count > 0) uploads ??= sendPictures(db, me.userId);
		},
		(failure) => console.warn('Whether pictures wait was not read', failure)
	);
	void keepNotices(db, me.userId);
	return {
		workspace,
		pause: () => workspace.pause(),
		resume: () => workspace.resume(),
		async stop() {
			unwatchMe();
			unwatchSynced();
			unwatchUploads();
			// Its code may still be on its way; what it does with a closed store comes to nothing.
			void uploads?.then((running) => running?.stop());
			await workspace.stop();
		}
	};
}

async function loadPort(userId: string): Promise<RemotePort | null> {
	const { makeRemotePort } = await import('./remote-port.ts');
	return await makeRemotePort(userId);
}

/** Never throws; what it could not do, the next start does. */
async function keepNotices(db: LocalDb, userId: string): Promise<void> {
	if (!areWanted(userId, localStorage)) return;
	try {
		await whenIdle();
		const { keepSubscribed } = await import('./notices.ts');
		await keepSubscribed(userId, () => readClientId(db));
	} catch (failure) {
		console.warn('Whether notices reach this phone was not looked at', failure);
	}
}

/** Null where its code cannot be had without signal: the next start asks again. */
async function sendPictures(db: LocalDb, userId: string): Promise<FileUploader | null> {
	await whenIdle();
	const code = await import('./pictures.ts').catch(() => null);
	return code?.startUploads(db, userId) ?? null;
}
