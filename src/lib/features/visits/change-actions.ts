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

/** @param series its pattern is changed as well, so that what is planned later goes on in the same way; null leaves it */
export async function changeVisits(
	ws: Workspace,
	changed: readonly ChangedVisit[],
	change: VisitChange,
	series: VisitSeriesRow | null
): Promise<readonly string[]> {
	const pattern = series && seriesPatch(series, change);
	const { mids } = await ws.commitAll(
		[
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
