/** What a supervisor says of visit records. */
import { dropDraft } from '#lib/db/drafts.ts';
import type { VisitRecordRow } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

type Reviewed = Pick<VisitRecordRow, 'id' | 'case_id'>;

export function reviewDraftKey(recordId: string): string {
	return `record-review:${recordId}`;
}

/** All in one transaction; can be taken back for ten seconds. Answers the mids. @throws {StorageError} */
export async function approveRecords(
	ws: Workspace,
	records: readonly Reviewed[]
): Promise<readonly string[]> {
	const { mids } = await ws.commitAll(
		records.map(({ id, case_id }) => ({
			name: 'record_review.add' as const,
			args: { row: { id: ws.newId(), case_id, record_id: id, verdict: 'approved' as const } }
		})),
		{ holdMs: undoMs }
	);
	return mids;
}

/** Can be taken back for ten seconds. Answers the mids. @throws {StorageError} */
export async function returnRecord(
	ws: Workspace,
	{ id, case_id }: Reviewed,
	reason: string
): Promise<readonly string[]> {
	const row = { id: ws.newId(), case_id, record_id: id, verdict: 'returned' as const };
	const { mid } = await ws.commit(
		'record_review.add',
		{ row: { ...row, reason: reason.trim() } },
		{ holdMs: undoMs }
	);
	await dropDraft(ws.db, reviewDraftKey(id));
	return [mid];
}
