/** Changing planned visits and taking them out, one intent for each visit so that each merges by itself; one undo takes all back. */
import type { VisitRow, VisitSeriesRow } from '#lib/domain/rows.ts';
import {
	seriesEndsOn,
	seriesPatch,
	type ChangedVisit,
	type VisitChange
} from '#lib/domain/visit-change.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';
import type { Joining } from './joining.ts';

type Intents = Parameters<Workspace['commitAll']>[0];

function visitPatches(changed: readonly ChangedVisit[]): Intents {
	return changed.map(({ visit, after, patch }) => ({
		name: 'visit.patch' as const,
		args: {
			id: visit.id,
			patch,
			...(patch.worker_id ? { worker_name: after.worker_name } : {})
		}
	}));
}

/** The server lets nobody be sent who is not in the circle, so this comes before the visits. */
export function placesInCircle(
	ws: Workspace,
	caseIds: readonly string[],
	{ membership, role }: Joining
): Intents {
	const org = ws.me.memberships.find(({ orgId }) => orgId === membership.org_id);
	return caseIds.map((case_id) => ({
		name: 'case_member.add' as const,
		args: {
			row: {
				id: ws.newId(),
				case_id,
				user_id: membership.user_id,
				role,
				display_name: membership.display_name,
				org_name: org?.orgName ?? null,
				phone: membership.phone
			}
		}
	}));
}

/**
 * @param series its pattern is changed as well, so that what is planned later goes on in the same way; null leaves it
 * @param joins who enters the circle first, because the changed visits send them there; null: nobody
 */
export async function changeVisits(
	ws: Workspace,
	changed: readonly ChangedVisit[],
	change: VisitChange,
	{ series, joins }: { readonly series: VisitSeriesRow | null; readonly joins: Joining | null }
): Promise<readonly string[]> {
	const pattern = series && seriesPatch(series, change);
	const { mids } = await ws.commitAll(
		[
			...(joins === null
				? []
				: placesInCircle(ws, [...new Set(changed.map(({ visit }) => visit.case_id))], joins)),
			...visitPatches(changed),
			...(series && pattern
				? [{ name: 'visit_series.patch' as const, args: { id: series.id, patch: pattern } }]
				: [])
		],
		{ holdMs: undoMs }
	);
	return mids;
}

/**
 * @param visits in order of time
 * @param series to be ended with them; null leaves it
 */
export async function cancelVisits(
	ws: Workspace,
	visits: readonly VisitRow[],
	{
		series,
		siblings,
		reason
	}: {
		readonly series: VisitSeriesRow | null;
		readonly siblings: readonly VisitRow[];
		readonly reason: string;
	}
): Promise<readonly string[]> {
	const at = ws.now();
	const [first, ...others] = visits;
	const { mids } = await ws.commitAll(
		[
			...visits.map(({ id }) => ({ name: 'visit.cancel' as const, args: { id, at, reason } })),
			// After the visits: ending it takes what this phone does not know of.
			...(first && series
				? [
						{
							name: 'visit_series.end' as const,
							args: { id: series.id, until_on: seriesEndsOn([first, ...others], siblings) }
						}
					]
				: [])
		],
		{ holdMs: undoMs }
	);
	return mids;
}
