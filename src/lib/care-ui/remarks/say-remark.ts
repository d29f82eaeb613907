/** What is said of the time of a visit: why it is late, and when it really was. Each can be taken back for ten seconds. */
import { dropDraft } from '#lib/db/drafts.ts';
import type { LateReason, VisitRemarkRow } from '#lib/domain/arrival-rows.ts';
import type { VisitRow } from '#lib/domain/rows.ts';
import type { ActualTimes } from '#lib/domain/visit-watch.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

type Kind = VisitRemarkRow['kind'];

export function remarkDraftKey(kind: Kind, visitId: string): string {
	return kind === 'late' ? `visit-late:${visitId}` : `visit-times:${visitId}`;
}

/**
 * Answers the mids.
 * @param note needed where the reason is `other`
 * @param before what was said of it last
 * @throws {StorageError}
 */
export async function sayLate(
	ws: Workspace,
	visit: VisitRow,
	said: { readonly reason: LateReason; readonly note: string },
	before: VisitRemarkRow | null
): Promise<readonly string[]> {
	const note = said.note.trim();
	return say(ws, visit, before, {
		kind: 'late',
		reason: said.reason,
		...(note === '' ? {} : { note })
	});
}

/** Answers the mids. What was tapped stays in the visit. @throws {StorageError} */
export async function correctTimes(
	ws: Workspace,
	visit: VisitRow,
	{ from, until, note }: ActualTimes & { readonly note: string },
	before: VisitRemarkRow | null
): Promise<readonly string[]> {
	return say(ws, visit, before, {
		kind: 'times',
		note: note.trim(),
		checked_in_at: from,
		checked_out_at: until
	});
}

async function say(
	ws: Workspace,
	{ id, case_id }: VisitRow,
	before: VisitRemarkRow | null,
	fields: Partial<VisitRemarkRow> & { readonly kind: Kind }
): Promise<readonly string[]> {
	const { mid } = await ws.commit(
		'visit_remark.add',
		{
			row: {
				id: ws.newId(),
				case_id,
				visit_id: id,
				...(before ? { corrects_id: before.id } : {}),
				...fields
			}
		},
		{ holdMs: undoMs }
	);
	await dropDraft(ws.db, remarkDraftKey(fields.kind, id));
	return [mid];
}
