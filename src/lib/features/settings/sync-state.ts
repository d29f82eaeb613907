/** What sync is doing, as one of the few states that screens tell apart. */
import type { SyncStatus } from '#lib/sync/workspace.ts';

export type SyncState = 'first' | 'signed_out' | 'syncing' | 'offline' | 'waiting' | 'synced';

/**
 * "synced" only when the engine says so: the outbox is empty and the server has answered for it. Without a network nobody knows what
 * the server holds by now, so that it was so a while ago is not said as if it were so.
 */
export function syncState(
	status: Pick<SyncStatus, 'phase' | 'online' | 'pendingCount'>
): SyncState {
	const { phase, online, pendingCount } = status;
	if (phase !== 'waiting' && phase !== 'synced') return phase;
	return !online && pendingCount === 0 ? 'offline' : phase;
}
