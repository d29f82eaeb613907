/** Repeating visits: a pattern of days in Taipei time becomes dated occurrences. */

import { addDays, daysBetween, instantAt, startOfWeek, weekdayOf } from './taiwan-dates.ts';

export interface Recurrence {
	/** `daily`: every n-th day from the start. `weekly`: the weekdays of every n-th week, counted from the week of the start. */
	readonly frequency: 'daily' | 'weekly';
	/** Whole days or weeks, 1 or more. */
	readonly interval: number;
	/** ISO weekdays, 1 is Monday; only asked for `weekly`. */
	readonly weekdays: readonly number[];
	readonly startsOn: string;
	/** Last day that may have an occurrence; null goes on. */
	readonly untilOn: string | null;
	/** Days left out. */
	readonly exceptOn: readonly string[];
	/** Taipei wall clock, HH:MM. */
	readonly startTime: string;
	readonly durationMinutes: number;
}

export interface Occurrence {
	readonly day: string;
	/** Instants. */
	readonly startsAt: string;
	readonly endsAt: string;
}

/** The columns of `visit_series` that make the pattern; a series repeats by weeks. */
export interface SeriesPattern {
	readonly weekdays: readonly number[];
	readonly interval_weeks: number;
	readonly starts_on: string;
	readonly until_on: string | null;
	readonly start_time: string;
	readonly duration_minutes: number;
	readonly except_on: readonly string[];
}

export function seriesRecurrence(series: SeriesPattern): Recurrence {
	return {
		frequency: 'weekly',
		interval: series.interval_weeks,
		weekdays: series.weekdays,
		startsOn: series.starts_on,
		untilOn: series.until_on,
		exceptOn: series.except_on,
		startTime: series.start_time,
		durationMinutes: series.duration_minutes
	};
}

/**
 * Occurrences that start on a day from `fromDay` to `toDay`, both included, in order. Adjoining windows give the occurrences of
 * the whole without gap or repeat. Throws RangeError for an interval below 1 or a day or time that does not exist.
 */
export function occurrencesBetween(
	recurrence: Recurrence,
	fromDay: string,
	toDay: string
): Occurrence[] {
	if (!Number.isInteger(recurrence.interval) || recurrence.interval < 1) {
		throw new RangeError(`not an interval: ${recurrence.interval}`);
	}
	const first = later(fromDay, recurrence.startsOn);
	const last = recurrence.untilOn === null ? toDay : earlier(toDay, recurrence.untilOn);
	const left = new Set(recurrence.exceptOn);
	const found: Occurrence[] = [];
	for (let day = first; day <= last; day = addDays(day, 1)) {
		if (fallsOn(recurrence, day) && !left.has(day)) found.push(occurrence(recurrence, day));
	}
	return found;
}

function fallsOn(recurrence: Recurrence, day: string): boolean {
	const { frequency, interval, weekdays, startsOn } = recurrence;
	if (frequency === 'daily') return daysBetween(startsOn, day) % interval === 0;
	return isInWeekOf(startsOn, interval, day) && weekdays.includes(weekdayOf(day));
}

/** Whether a day lies in an `interval`-th week, counted from the week of `startsOn`. */
export function isInWeekOf(startsOn: string, interval: number, day: string): boolean {
	return (daysBetween(startOfWeek(startsOn), startOfWeek(day)) / 7) % interval === 0;
}

function occurrence({ startTime, durationMinutes }: Recurrence, day: string): Occurrence {
	const startsAt = instantAt(day, startTime);
	const endsAt = new Date(Date.parse(startsAt) + durationMinutes * 60_000).toISOString();
	return { day, startsAt, endsAt };
}

function later(a: string, b: string): string {
	return a > b ? a : b;
}

function earlier(a: string, b: string): string {
	return a < b ? a : b;
}
