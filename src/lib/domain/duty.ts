/**
 * Who is on duty when. private.on_duty (supabase/migrations, ladders and duty) says the same on the server; tests/db/duty.test.ts
 * compares the two.
 */
import type { DutyShiftRow } from './duty-rows.ts';
import { addDays, instantAt, taipeiDay, weekdayOf } from './taiwan-dates.ts';

/** What counts of a shift. */
export type Shift = Pick<
	DutyShiftRow,
	| 'user_id'
	| 'weekdays'
	| 'on_holidays'
	| 'starts_at_time'
	| 'ends_at_time'
	| 'valid_from'
	| 'valid_until'
>;

/** One time of duty: from the instant on, until the other, which is not part of it. */
export interface DutyTime<S extends Shift = Shift> {
	readonly shift: S;
	readonly from: string;
	readonly until: string;
}

export interface DutyGap {
	readonly from: string;
	readonly until: string;
}

/** The days of the office's calendar that are holidays; every other day is as its weekday says. */
export type Holidays = ReadonlySet<string>;

/** HH:MM of a time as a person typed it or as the server writes it (HH:MM:SS). */
export function clockTime(time: string): string {
	return time.slice(0, 5);
}

/** The night belongs to the day on which it began: only that day decides whether the shift runs. */
function runsOn(shift: Shift, day: string, holidays: Holidays): boolean {
	if (day < shift.valid_from || (shift.valid_until !== null && day > shift.valid_until))
		return false;
	return holidays.has(day) ? shift.on_holidays : shift.weekdays.includes(weekdayOf(day));
}

function dutyTime<S extends Shift>(shift: S, day: string): DutyTime<S> {
	const start = clockTime(shift.starts_at_time);
	const end = clockTime(shift.ends_at_time);
	return {
		shift,
		from: instantAt(day, start),
		until: instantAt(end > start ? day : addDays(day, 1), end)
	};
}

/** Every time of duty that touches the span, in order of its start. */
export function dutyTimes<S extends Shift>(
	shifts: readonly S[],
	holidays: Holidays,
	fromAt: string,
	untilAt: string
): DutyTime<S>[] {
	const last = taipeiDay(untilAt);
	const times: DutyTime<S>[] = [];
	// What began the evening before may still run.
	for (let day = addDays(taipeiDay(fromAt), -1); day <= last; day = addDays(day, 1)) {
		for (const shift of shifts) {
			if (!runsOn(shift, day, holidays)) continue;
			const time = dutyTime(shift, day);
			if (ms(time.until) > ms(fromAt) && ms(time.from) < ms(untilAt)) times.push(time);
		}
	}
	return times.sort((a, b) => a.from.localeCompare(b.from) || a.until.localeCompare(b.until));
}

/** The times of duty that run at an instant. A person with two shifts at once is there twice. */
export function onDuty<S extends Shift>(
	shifts: readonly S[],
	holidays: Holidays,
	at: string
): DutyTime<S>[] {
	const justAfter = new Date(ms(at) + 1).toISOString();
	return dutyTimes(shifts, holidays, at, justAfter).filter(({ from }) => ms(from) <= ms(at));
}

/** When nobody at all is on duty, in order; the first begins at fromAt when nobody is then. */
export function dutyGaps(
	shifts: readonly Shift[],
	holidays: Holidays,
	fromAt: string,
	untilAt: string
): DutyGap[] {
	const gaps: DutyGap[] = [];
	let coveredUntil = fromAt;
	for (const { from, until } of dutyTimes(shifts, holidays, fromAt, untilAt)) {
		if (ms(from) > ms(coveredUntil)) gaps.push({ from: coveredUntil, until: from });
		if (ms(until) > ms(coveredUntil)) coveredUntil = until;
	}
	if (ms(coveredUntil) < ms(untilAt)) gaps.push({ from: coveredUntil, until: untilAt });
	return gaps;
}

/** It never ran, or its last night is over: valid_until is before the day on which it could begin next. */
export function isOver(shift: Shift, today: string): boolean {
	return shift.valid_until !== null && shift.valid_until < today;
}

function ms(instant: string): number {
	return Date.parse(instant);
}
