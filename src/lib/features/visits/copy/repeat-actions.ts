/** Planning many visits at once: one intent for each, so that one that the server refuses stops no other; one undo takes all back. */
import type { RepeatedVisit } from '#lib/domain/repeat-visits.ts';
import type { VisitSeriesRow } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

/** More at once would keep an older phone busy for longer than the undo lasts. */
export const MOST_AT_ONCE = 500;

export async function planRepeated(
	ws: Workspace,
	visits: readonly RepeatedVisit[],
	/** Series whose end moves with their visits. */
	prolonged: readonly { readonly series: VisitSeriesRow; readonly untilOn: string }[] = []
): Promise<readonly string[]> {
	const { mids } = await ws.commitAll(
		[
			...prolonged.map(({ series, untilOn }) => ({
				name: 'visit_series.patch' as const,
				args: { id: series.id, patch: { until_on: [series.until_on, untilOn] as const } }
			})),
			...visits.map((row) => ({ name: 'visit.plan' as const, args: { row } }))
		],
		{ holdMs: undoMs }
	);
	return mids;
}
