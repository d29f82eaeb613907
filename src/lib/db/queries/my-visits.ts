/** One's own visits to come, as much of each as leaves this phone with a calendar. */
import type { VisitForCalendar } from '#lib/domain/visit-events.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { isKept } from './kept.ts';

/** In order of time; those that were called off too, so that a calendar that has them takes them out. @param now instant */
export async function myVisitsAhead(
	db: LocalDb,
	userId: string,
	now: string
): Promise<VisitForCalendar[]> {
	const [visits, people] = await Promise.all([
		db.visits.where('[worker_id+starts_at]').between([userId, now], [userId, '\uffff']).toArray(),
		db.cases.toArray()
	]);
	const villages = new Map(people.map(({ id, village }) => [id, village]));
	return visits
		.filter(isKept)
		.map(({ id, starts_at, ends_at, status, seq, case_id, planned_codes }) => ({
			id,
			starts_at,
			ends_at,
			status,
			seq,
			village: villages.get(case_id) ?? null,
			services: planned_codes.length
		}));
}
