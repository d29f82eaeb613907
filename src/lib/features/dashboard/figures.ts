/** The numbers on a supervisor's dashboard. */
import { REPORT_SEVERITIES, type ReportSeverity } from '#lib/domain/severity.ts';
import type { EmergencyRow, TaskRow, VisitRow } from '#lib/domain/rows.ts';
import type { SyncStatus } from '#lib/sync/workspace.ts';
import { visitState } from '#lib/care-ui/visit-state.ts';

export interface VisitFigures {
	readonly total: number;
	readonly done: number;
	readonly underWay: number;
	/** Should have begun and has not. */
	readonly late: number;
	/** Planned without anybody to go. */
	readonly unassigned: number;
	/** Nobody opened, or nobody went. */
	readonly failed: number;
}

/** A late visit without a worker counts in both: it needs a worker, and somebody has been waiting. */
export function visitFigures(visits: readonly VisitRow[], now: string): VisitFigures {
	const states = visits.map((visit) => visitState(visit, now));
	const countOf = (...wanted: readonly string[]) =>
		states.filter((state) => wanted.includes(state)).length;
	return {
		total: visits.length,
		done: countOf('done'),
		underWay: countOf('checked_in'),
		late: countOf('late'),
		unassigned: visits.filter(isUnassigned).length,
		failed: countOf('no_answer', 'missed')
	};
}

/** Those that stand among what is to be looked at, and not in the schedule as well. */
export function visitsToLookAt(visits: readonly VisitRow[], now: string): VisitRow[] {
	const worrying: readonly string[] = ['late', 'no_answer', 'missed'];
	return visits.filter((visit) => isUnassigned(visit) || worrying.includes(visitState(visit, now)));
}

/**
 * What stands where no visit is left to list: every one was made, or those that were not stand elsewhere on the screen. Never says
 * that the day is done while somebody waits.
 */
export function endOfList(visits: readonly Pick<VisitRow, 'status'>[]): 'all_done' | 'elsewhere' {
	return visits.every(({ status }) => status === 'done') ? 'all_done' : 'elsewhere';
}

/** `null` while it is not known: before the first download is complete, none so far is not none. */
export function knownCount(count: number, phase: SyncStatus['phase']): number | null {
	return phase === 'first' && count === 0 ? null : count;
}

/** Worst first; severities without an open report are left out. */
export function severityFigures(
	emergencies: readonly Pick<EmergencyRow, 'severity'>[]
): { readonly severity: ReportSeverity; readonly count: number }[] {
	return [...REPORT_SEVERITIES]
		.reverse()
		.map((severity) => ({
			severity,
			count: emergencies.filter((emergency) => emergency.severity === severity).length
		}))
		.filter(({ count }) => count > 0);
}

export function overdueTasks(tasks: readonly TaskRow[], now: string): TaskRow[] {
	return tasks.filter((task) => task.due_at !== null && task.due_at < now);
}

function isUnassigned(visit: Pick<VisitRow, 'status' | 'worker_id'>): boolean {
	return visit.status === 'planned' && visit.worker_id === null;
}
