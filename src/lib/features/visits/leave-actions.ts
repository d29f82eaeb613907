/** Entering absences, ending them, and sending somebody else. */
import type { MutationArgs } from '#lib/domain/mutations/catalogue.ts';
import type { StaffAbsenceRow, VisitRow } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

/** One absence for each organisation that should know of it. */
export async function enterAbsence(
	ws: Workspace,
	places: readonly { readonly orgId: string; readonly userId: string }[],
	{ startsAt, endsAt }: { readonly startsAt: string; readonly endsAt: string }
): Promise<readonly string[]> {
	const { mids } = await ws.commitAll(
		places.map(({ orgId, userId }) => ({
			name: 'absence.add' as const,
			args: {
				row: {
					id: ws.newId(),
					org_id: orgId,
					user_id: userId,
					starts_at: startsAt,
					ends_at: endsAt
				}
			}
		})),
		{ holdMs: undoMs }
	);
	return mids;
}

/** Back at work from now on; one that has not begun is taken back whole. */
export async function endAbsence(
	ws: Workspace,
	{ id }: StaffAbsenceRow
): Promise<readonly string[]> {
	const { mid } = await ws.commit('absence.end', { id, at: ws.now() }, { holdMs: undoMs });
	return [mid];
}

interface Worker {
	readonly id: string;
	readonly name: string;
}

export async function sendSomebody(
	ws: Workspace,
	visit: VisitRow,
	worker: Worker
): Promise<readonly string[]> {
	const { mid } = await ws.commit('visit.patch', sending(worker, visit), { holdMs: undoMs });
	return [mid];
}

/** That somebody goes, as an intent carries it. */
export function sending({ id, name }: Worker, visit: VisitRow): MutationArgs['visit.patch'] {
	return { id: visit.id, patch: { worker_id: [visit.worker_id, id] }, worker_name: name };
}
