/** Joins store, engine and network into one running workspace. */
import { LocalDb } from '#lib/db/local-db.ts';
import { hasHeardOfMe, knownOfMe, type KnownOfMe } from '#lib/db/queries/me.ts';
import { watch } from '#lib/db/watch.ts';
import { createWorkspace } from '#lib/sync/create-workspace.ts';
import { browserClock, browserNetwork, browserRandom } from '#lib/sync/environment.ts';
import { browserTabs } from '#lib/sync/leader.ts';
import type { RemotePort } from '#lib/sync/remote-port.ts';
import { LazyPort } from './lazy-port.ts';
import type { LiveMe } from './live-me.svelte.ts';
import type { OpenedWorkspace, OpenListeners } from './session.svelte.ts';
import { whenIdle } from './when-idle.ts';

/**
 * @param onOutdated another tab runs a newer release that has closed this store
 * @throws {StorageError} when this phone's storage does not open
 */
export async function openWorkspace(
	me: LiveMe,
	{ onWiped, onMeChanged, onHeard }: OpenListeners,
	onOutdated: () => void
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
	const unwatch = watch(
		// Side by side: each read that waits for another one costs a turn of the page's event loop.
		() => Promise.all([knownOfMe(db, me.userId), hasHeardOfMe(db, me.userId)]),
		([known, hasHeard]) => {
			if (known !== null) noteKnown(known);
			if (hasHeard) onHeard();
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
	return {
		workspace,
		pause: () => workspace.pause(),
		resume: () => workspace.resume(),
		async stop() {
			unwatch();
			await workspace.stop();
		}
	};
}

async function loadPort(userId: string): Promise<RemotePort | null> {
	const { makeRemotePort } = await import('./remote-port.ts');
	return await makeRemotePort(userId);
}
