/** Joins store, engine and network into one running workspace. */
import { LocalDb } from '#lib/db/local-db.ts';
import { knownOfMe } from '#lib/db/queries/me.ts';
import { watch } from '#lib/db/watch.ts';
import { RpcPort } from '#lib/remote/rpc-port.ts';
import { fetchConfig, rememberedConfig } from '#lib/remote/server-config.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import { createWorkspace } from '#lib/sync/create-workspace.ts';
import { browserClock, browserNetwork, browserRandom } from '#lib/sync/environment.ts';
import { browserTabs } from '#lib/sync/leader.ts';
import type { LiveMe } from './live-me.svelte.ts';
import type { OpenedWorkspace, OpenListeners } from './session.svelte.ts';
import { phoneMemory } from './phone-memory.ts';

/**
 * @param onOutdated another tab runs a newer release that has closed this store
 * @throws {StorageError} when this phone's storage does not open
 */
export async function openWorkspace(
	me: LiveMe,
	{ onWiped, onMeChanged }: OpenListeners,
	onOutdated: () => void
): Promise<OpenedWorkspace> {
	const config = rememberedConfig() ?? (await fetchConfig());
	if (config === null) throw new Error('This phone does not know its server, and cannot ask now');
	const db = new LocalDb(me.userId, { onOutdated });
	const workspace = createWorkspace({
		db,
		me,
		port: new RpcPort({ config, sessions: new SessionStore(phoneMemory.storage) }, me.userId),
		clock: browserClock,
		random: browserRandom,
		network: browserNetwork(),
		tabs: browserTabs(me.userId),
		onWiped
	});
	await workspace.start();
	const unwatch = watch(
		() => knownOfMe(db, me.userId),
		(known) => {
			if (known === null) return;
			const { userId, email, displayName } = me;
			const changed = me.update({
				userId,
				email,
				displayName: known.displayName ?? displayName,
				memberships: known.memberships
			});
			if (changed) onMeChanged(me.snapshot);
		},
		(failure) => console.warn('Who is signed in was not read', failure)
	);
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
