/** What sync is doing, as one of the few states that screens tell apart. */
import type { SyncStatus } from '#lib/sync/workspace.ts';

export type SyncState = 'first' | 'signed_out' | 'syncing' | 'offline' | 'waiting' | 'synced';

/** "synced" only when the engine says so: the outbox is empty and the server has answered for it. */
export function syncState(
	status: Pick<SyncStatus, 'phase' | 'online' | 'pendingCount'>
): SyncState {
	if (status.phase !== 'waiting') return status.phase;
	return !status.online && status.pendingCount === 0 ? 'offline' : 'waiting';
}
