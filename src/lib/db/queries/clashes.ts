/** What a wanted visit is compared with: the visits and absences that this phone knows around it, and where people live. */
import type { CaseRow, StaffAbsenceRow, VisitRow } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { absencesFrom } from './absences.ts';

export interface PlanGround {
	readonly visits: readonly VisitRow[];
	readonly absences: readonly StaffAbsenceRow[];
	/** By case id. */
	readonly villages: ReadonlyMap<string, string | null>;
	readonly people: ReadonlyMap<string, CaseRow>;
}

/** Longer than any visit and any journey: what began so long before still counts. */
const DAY_MS = 86_400_000;

/**
 * Visits of one worker (none: '') and of one person from `fromAt` until `untilAt`, instants, and a day on either side.
 */
export async function planGround(
	db: LocalDb,
	{
		workerId,
		caseId,
		fromAt,
		untilAt
	}: { workerId: string; caseId: string; fromAt: string; untilAt: string }
): Promise<PlanGround> {
	const since = new Date(Date.parse(fromAt) - DAY_MS).toISOString();
	const until = new Date(Date.parse(untilAt) + DAY_MS).toISOString();
	const [ofWorker, ofCase, absences, people] = await Promise.all([
		db.visits
			.where('[worker_id+starts_at]')
			.between([workerId, since], [workerId, until])
			.toArray(),
		db.visits.where('[case_id+starts_at]').between([caseId, since], [caseId, until]).toArray(),
		absencesFrom(db, fromAt),
		db.cases.toArray()
	]);
	const visits = new Map([...ofWorker, ...ofCase].map((visit) => [visit.id, visit]));
	return {
		visits: [...visits.values()].sort((a, b) => a.starts_at.localeCompare(b.starts_at)),
		absences,
		...whereabouts(people)
	};
}

export function whereabouts(people: readonly CaseRow[]): Pick<PlanGround, 'villages' | 'people'> {
	return {
		villages: new Map(people.map(({ id, village }) => [id, village])),
		people: new Map(people.map((person) => [person.id, person]))
	};
}
