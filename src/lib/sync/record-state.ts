/** How far one record has come: what its sync mark may truthfully say. */
import type { LocalDb } from '#lib/db/local-db.ts';
import type { SyncedRow } from '#lib/domain/rows.ts';

/** on_phone: only here · sending: the server has an earlier state of it · received: the server has what this screen shows · attention: the server refused an intent about it */
export type RecordState = 'on_phone' | 'sending' | 'received' | 'attention';

/** Ids of rows that intents wait for, by what they wait for. */
export interface PendingIds {
	readonly pending: ReadonlySet<string>;
	readonly attention: ReadonlySet<string>;
}

export function recordState(
	row: Pick<SyncedRow, 'id' | 'seq' | 'received_at'>,
	ids: PendingIds
): RecordState {
	if (ids.attention.has(row.id)) return 'attention';
	if (row.seq === 0 || row.received_at === null) return 'on_phone';
	return ids.pending.has(row.id) ? 'sending' : 'received';
}

/** For `live(() => pendingIds(db))`: a screen asks once and marks all its rows. */
export async function pendingIds(db: LocalDb): Promise<PendingIds> {
	const pending = new Set<string>();
	const attention = new Set<string>();
	for (const { state, touches } of await db.outbox.toArray()) {
		const ids = state === 'attention' ? attention : pending;
		for (const { id } of touches) ids.add(id);
	}
	return { pending, attention };
}
