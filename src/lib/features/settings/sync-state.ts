/** What sync is doing, as one of the few states that screens tell apart. */
import type { SyncStatus } from '#lib/sync/workspace.ts';

export type SyncState =
	'first' | 'signed_out' | 'syncing' | 'attention' | 'offline' | 'waiting' | 'synced';

/**
 * "synced" only when the engine says so: the outbox is empty and the server has answered for it. Without a network nobody knows what
 * the server holds by now, so that it was so a while ago is not said as if it were so. When nothing waits but what needs a person,
 * nobody is told that it goes by itself.
 */
export function syncState(
	status: Pick<SyncStatus, 'phase' | 'online' | 'pendingCount' | 'attentionCount'>
): SyncState {
	const { phase, online, pendingCount, attentionCount } = status;
	if ((phase !== 'waiting' && phase !== 'synced') || pendingCount > 0) return phase;
	if (attentionCount > 0) return 'attention';
	return online ? phase : 'offline';
}
