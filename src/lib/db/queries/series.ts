/** Repeating visits that I plan, and when their last dated visit is. */
import { mayDo } from '#lib/domain/permissions.ts';
import { caseRole } from '#lib/domain/case-role.ts';
import { occurrencesBetween, seriesRecurrence } from '#lib/domain/recurrence.ts';
import { lastDayOf } from '#lib/domain/repeat-visits.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import type { CaseRow, VisitSeriesRow } from '#lib/domain/rows.ts';
import { addDays, startOfDay } from '#lib/domain/taiwan-dates.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { isCurrent, isKept } from './kept.ts';

export interface SeriesLine {
	readonly series: VisitSeriesRow;
	readonly person: CaseRow;
	/** Null while nobody is named. */
	readonly workerName: string | null;
	/** Taipei day of its last visit that stands. */
	readonly lastDay: string;
	/** Somebody wanted it to end there; otherwise its dated visits run out. */
	readonly isMeantToEnd: boolean;
	/** It ends within two weeks, or has run out in the last two. */
	readonly endsSoon: boolean;
}

/** How long before its last visit somebody is reminded, and how long after it. */
const SOON_DAYS = 14;

/** By the day of the last visit. @param today Taipei day */
export async function mySeries(
	db: LocalDb,
	{ me, today }: { readonly me: Parameters<typeof caseRole>[0]; readonly today: string }
): Promise<SeriesLine[]> {
	const [all, visits, people, members, memberships] = await Promise.all([
		db.visit_series.toArray(),
		// Whose last visit lies before is over and not shown.
		db.visits
			.where('starts_at')
			.aboveOrEqual(startOfDay(addDays(today, -SOON_DAYS)))
			.toArray(),
		db.cases.toArray(),
		db.case_members.toArray(),
		db.memberships.toArray()
	]);
	const byId = new Map(people.map((person) => [person.id, person]));
	const circles = groupBy(members.filter(isCurrent), ({ case_id }) => case_id);
	const bySeries = groupBy(visits, ({ series_id }) => series_id);
	const names = new Map(
		[...memberships, ...members].map(({ user_id, display_name }) => [user_id, display_name])
	);
	return all
		.filter(isKept)
		.flatMap((series): SeriesLine[] => {
			const person = byId.get(series.case_id);
			const lastDay = lastDayOf(series.id, bySeries.get(series.id) ?? []);
			if (person?.status !== 'active' || lastDay === null) return [];
			const role = caseRole(me, person.org_id, circles.get(person.id) ?? []);
			const isMeantToEnd = endsThere(series, lastDay);
			const isOver = lastDay < addDays(today, isMeantToEnd ? 0 : -SOON_DAYS);
			if (isOver || !mayDo(role, 'visit.plan')) return [];
			const workerName = series.worker_id === null ? null : (names.get(series.worker_id) ?? null);
			const endsSoon = lastDay <= addDays(today, SOON_DAYS);
			return [{ series, person, workerName, lastDay, isMeantToEnd, endsSoon }];
		})
		.sort((a, b) => a.lastDay.localeCompare(b.lastDay));
}

function endsThere(series: VisitSeriesRow, lastDay: string): boolean {
	return (
		series.until_on !== null &&
		occurrencesBetween(seriesRecurrence(series), addDays(lastDay, 1), series.until_on).length === 0
	);
}

/** Every pattern on this phone, by id. */
export async function allSeries(db: LocalDb): Promise<ReadonlyMap<string, VisitSeriesRow>> {
	const rows = await db.visit_series.toArray();
	return new Map(rows.filter(isKept).map((series) => [series.id, series]));
}
