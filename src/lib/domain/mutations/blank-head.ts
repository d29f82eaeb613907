/** The head of a synced row that nobody has sent yet. */
import type { SyncedRow } from '#lib/domain/rows.ts';

export const HEAD = {
	id: '',
	bucket_id: 0,
	seq: 0,
	relevant_at: 'infinity',
	created_by: null,
	recorded_at: null,
	clock_offset_ms: null,
	received_at: null,
	deleted_at: null
} satisfies SyncedRow;
