/** Tasks that come again: which days a series falls on, in Taipei time. The server makes the tasks (private.series_days); this says when. */
import { isInWeekOf } from './recurrence.ts';
import type { SyncedRow } from './synced-row.ts';
import { addDays, instantAt, weekdayOf } from './taiwan-dates.ts';
import type { TaskRow } from './task-rows.ts';

export type SeriesFrequency = 'weekly' | 'monthly';

/** When a task comes again. */
export interface SeriesDays {
	readonly frequency: SeriesFrequency;
	/** Every so many weeks or months, 1 to 12, counted from those of `starts_on`. */
	readonly spacing: number;
	/** Of a week: ISO weekdays, 1 is Monday. */
	readonly weekdays: readonly number[];
	/** Of a month: 1 to 31; a shorter month has it on its last day. */
	readonly month_day: number | null;
	readonly starts_on: string;
	/** Last day that may have one; null goes on. */
	readonly until_on: string | null;
}

/** Of one care recipient; its tasks name it as their source. */
export interface TaskSeriesRow extends SyncedRow, SeriesDays {
	readonly case_id: string;
	/** Not while it rests. */
	readonly active: boolean;
	readonly title: string;
	readonly body: string | null;
	readonly steps: readonly string[];
	readonly priority: TaskRow['priority'];
	readonly assignee_id: string | null;
	readonly assignee_name: string | null;
	readonly reply_minutes: TaskRow['reply_minutes'];
	/** Taipei wall clock, HH:MM. */
	readonly due_time: string;
	/** So many days before its day each task is made. */
	readonly lead_days: number;
	/** Set by the server: what was due before it is nobody's. */
	readonly counts_since_at: string | null;
	readonly author_name: string;
	readonly audience: 'staff';
}

export const LEAD_DAYS = [0, 1, 3, 7, 14] as const;
/** Within so many days each series has a day, whatever its spacing: twelve months and what a month can be longer. */
const LONGEST_WAIT_DAYS = 400;

/** Days of a series from `fromDay` to `toDay`, both included, in order. */
export function seriesDays(series: SeriesDays, fromDay: string, toDay: string): string[] {
	const first = fromDay > series.starts_on ? fromDay : series.starts_on;
	const last = series.until_on === null || toDay < series.until_on ? toDay : series.until_on;
	const found: string[] = [];
	for (let day = first; day <= last; day = addDays(day, 1)) {
		if (fallsOn(series, day)) found.push(day);
	}
	return found;
}

/** The next so many times at which a task is due after `now` (ISO instants), fewer when it ends. */
export function nextDues(
	series: SeriesDays & Pick<TaskSeriesRow, 'due_time'>,
	now: string,
	today: string,
	most: number
): string[] {
	const from = today > series.starts_on ? today : series.starts_on;
	const found: string[] = [];
	for (
		let day = from;
		found.length < most && day <= addDays(from, LONGEST_WAIT_DAYS * most);
		day = addDays(day, 1)
	) {
		if (series.until_on !== null && day > series.until_on) break;
		const due = fallsOn(series, day) ? instantAt(day, series.due_time) : null;
		if (due !== null && due > now) found.push(due);
	}
	return found;
}

function fallsOn(series: SeriesDays, day: string): boolean {
	if (series.frequency === 'weekly') {
		return (
			isInWeekOf(series.starts_on, series.spacing, day) && series.weekdays.includes(weekdayOf(day))
		);
	}
	const months = monthsOf(day) - monthsOf(series.starts_on);
	return (
		months % series.spacing === 0 && Number(day.slice(8)) === dayInMonth(series.month_day ?? 1, day)
	);
}

/** Since year 0. */
function monthsOf(day: string): number {
	return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}

/** The day of the month of `day` that is meant by `wanted`. */
function dayInMonth(wanted: number, day: string): number {
	const lastOfMonth = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0));
	return Math.min(wanted, lastOfMonth.getUTCDate());
}
