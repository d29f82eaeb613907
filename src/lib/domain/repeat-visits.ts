/**
 * Planning later weeks as earlier ones: copies of a week's visits, and the further visits of a series. The same visit and day give the
 * same id on every phone, so that planning twice, also by two planners without signal, makes nothing twice.
 */
import { groupBy } from './group-by.ts';
import { derivedUuid } from './ids.ts';
import { occurrencesBetween, seriesRecurrence } from './recurrence.ts';
import type { VisitRow, VisitSeriesRow } from './rows.ts';
import { addDays, daysBetween, instantAt, taipeiDay, taipeiTime } from './taiwan-dates.ts';
import { minutesOf } from './visit-change.ts';

/** A visit that is not planned yet. */
export type RepeatedVisit = Pick<
	VisitRow,
	| 'id'
	| 'case_id'
	| 'series_id'
	| 'worker_id'
	| 'worker_name'
	| 'starts_at'
	| 'ends_at'
	| 'planned_codes'
	| 'note'
>;

export interface Repetition {
	/** In order of time. */
	readonly visits: readonly RepeatedVisit[];
	/** How many stand there already, also moved or taken over by somebody else. */
	readonly there: number;
	/** How many stood there and were taken back: that was somebody's decision, and stays. */
	readonly takenBack: number;
	/** How many would begin before `now`. */
	readonly past: number;
}

/**
 * @param sources visits of one week; cancelled ones are nobody's pattern and are left out
 * @param shiftsDays how many days later each copy is, one number a week
 * @param known visits of the weeks that are planned, of any status
 * @param now instant
 */
export function copiesOf(
	sources: readonly VisitRow[],
	{
		shiftsDays,
		known,
		series,
		now
	}: {
		readonly shiftsDays: readonly number[];
		readonly known: readonly VisitRow[];
		/** By id. */
		readonly series: ReadonlyMap<string, VisitSeriesRow>;
		readonly now: string;
	}
): Repetition {
	const wanted = sources
		.filter((source) => !isTakenBack(source))
		.flatMap((source) => shiftsDays.map((days) => copyOf(source, days, series)));
	return sortOut(wanted, known, now);
}

/**
 * The visits with which a series goes on after its last one.
 * @param known visits of the person, of any status
 * @param untilOn Taipei day, included
 */
export function continuationOf(
	series: VisitSeriesRow,
	{
		known,
		untilOn,
		worker,
		now
	}: {
		readonly known: readonly VisitRow[];
		readonly untilOn: string;
		readonly worker: Pick<VisitRow, 'worker_id' | 'worker_name'>;
		readonly now: string;
	}
): Repetition {
	const last = lastDayOf(series.id, known);
	const fromDay = last === null ? series.starts_on : addDays(last, 1);
	const pattern = { ...seriesRecurrence(series), untilOn: null };
	const wanted = occurrencesBetween(pattern, fromDay, untilOn).map(
		({ day, startsAt, endsAt }): RepeatedVisit => ({
			id: seriesVisitId(series.id, day),
			case_id: series.case_id,
			series_id: series.id,
			...worker,
			starts_at: startsAt,
			ends_at: endsAt,
			planned_codes: series.planned_codes,
			note: series.note
		})
	);
	return sortOut(wanted, known, now);
}

export function together(all: readonly Repetition[]): Repetition {
	return {
		visits: all.flatMap(({ visits }) => visits).sort(byStart),
		there: sum(all.map(({ there }) => there)),
		takenBack: sum(all.map(({ takenBack }) => takenBack)),
		past: sum(all.map(({ past }) => past))
	};
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, each) => total + each, 0);
}

function byStart(a: RepeatedVisit, b: RepeatedVisit): number {
	return Date.parse(a.starts_at) - Date.parse(b.starts_at);
}

/** The Taipei day of the last visit of a series that stands; null without any. */
export function lastDayOf(seriesId: string, visits: readonly VisitRow[]): string | null {
	return visits
		.filter((visit) => visit.series_id === seriesId && !isTakenBack(visit))
		.map(({ starts_at }) => taipeiDay(starts_at))
		.reduce<string | null>((last, day) => (last === null || day > last ? day : last), null);
}

function copyOf(
	source: VisitRow,
	shiftDays: number,
	series: ReadonlyMap<string, VisitSeriesRow>
): RepeatedVisit {
	const day = addDays(taipeiDay(source.starts_at), shiftDays);
	const startsAt = instantAt(day, taipeiTime(source.starts_at));
	const own = source.series_id === null ? undefined : series.get(source.series_id);
	const goesOn = own !== undefined && isOnPattern(own, day);
	return {
		id: goesOn ? seriesVisitId(own.id, day) : derivedUuid('visit_copy', source.id, day),
		case_id: source.case_id,
		series_id: goesOn ? own.id : null,
		worker_id: source.worker_id,
		worker_name: source.worker_name,
		starts_at: startsAt,
		ends_at: new Date(Date.parse(startsAt) + minutesOf(source) * 60_000).toISOString(),
		planned_codes: source.planned_codes,
		// A note speaks of its own day, unless all of the series bear it.
		note: own !== undefined && source.note === own.note ? source.note : null
	};
}

/** However it comes to be planned. */
function seriesVisitId(seriesId: string, day: string): string {
	return derivedUuid('series_visit', seriesId, day);
}

function isOnPattern(series: VisitSeriesRow, day: string): boolean {
	return occurrencesBetween(seriesRecurrence(series), day, day).length > 0;
}

function sortOut(
	wanted: readonly RepeatedVisit[],
	known: readonly VisitRow[],
	now: string
): Repetition {
	const byName = groupBy(
		known.flatMap((visit) => namesOf(visit).map((name) => ({ name, visit }))),
		({ name }) => name
	);
	const byPlace = groupBy(known, placeOf);
	/** Each stands for one wanted visit: two workers may be planned for one person at once. */
	const claimed = new Set<VisitRow>();
	const claim = (rows: readonly VisitRow[]): VisitRow | undefined => {
		const free = rows.filter((row) => !claimed.has(row));
		const row = free.find((each) => !isTakenBack(each)) ?? free[0];
		if (row) claimed.add(row);
		return row;
	};
	// By name first, so that the time of one visit is not taken for another's that was moved.
	const named = wanted.map((visit) =>
		claim(namesOf(visit).flatMap((name) => (byName.get(name) ?? []).map((found) => found.visit)))
	);
	const visits: RepeatedVisit[] = [];
	let [there, takenBack, past] = [0, 0, 0];
	for (const [index, visit] of wanted.entries()) {
		const found = named[index] ?? claim(byPlace.get(placeOf(visit)) ?? []);
		if (found) {
			if (isTakenBack(found)) takenBack += 1;
			else there += 1;
		} else if (Date.parse(visit.starts_at) <= Date.parse(now)) past += 1;
		else visits.push(visit);
	}
	visits.sort(byStart);
	return { visits, there, takenBack, past };
}

function isTakenBack({ status, deleted_at }: VisitRow): boolean {
	return status === 'cancelled' || deleted_at !== null;
}

/** Two with one of these in common are the same visit, also when it was moved: the id, the day of a series. */
function namesOf({
	id,
	series_id,
	starts_at
}: Pick<VisitRow, 'id' | 'series_id' | 'starts_at'>): string[] {
	return [id, ...(series_id === null ? [] : [`${series_id} ${taipeiDay(starts_at)}`])];
}

/** Somebody comes to this person at that instant. */
function placeOf({ case_id, starts_at }: Pick<VisitRow, 'case_id' | 'starts_at'>): string {
	return `${case_id} ${Date.parse(starts_at)}`;
}

/** How many days later the copies of a week are, when it is copied onto `weeks` weeks from that of `ontoDay` on. */
export function weekShifts(fromDay: string, ontoDay: string, weeks: number): number[] {
	const first = daysBetween(fromDay, ontoDay);
	return Array.from({ length: weeks }, (_, index) => first + index * 7);
}
