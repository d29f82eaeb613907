/** How a visit stands at a moment: its status, and whether a planned one is late. */
import type { VisitRow, VisitStatus } from '#lib/domain/rows.ts';
import { LATE_AFTER_MS } from '#lib/domain/visit-lateness.ts';

export type VisitState = VisitStatus | 'late';

export function visitState(visit: Pick<VisitRow, 'status' | 'starts_at'>, now: string): VisitState {
	const isLate =
		visit.status === 'planned' && Date.parse(now) - Date.parse(visit.starts_at) > LATE_AFTER_MS;
	return isLate ? 'late' : visit.status;
}

/** The visit to go on with: the one under way, else the first that is still to be made. */
export function nextVisit<Visit extends Pick<VisitRow, 'status' | 'starts_at'>>(
	visits: readonly Visit[]
): Visit | null {
	const inOrder = [...visits].sort((a, b) => a.starts_at.localeCompare(b.starts_at));
	return (
		inOrder.find((visit) => visit.status === 'checked_in') ??
		inOrder.find((visit) => visit.status === 'planned') ??
		null
	);
}
