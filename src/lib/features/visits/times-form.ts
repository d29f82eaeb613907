/** Typing when a visit really began and ended: wall clock in, instants out. */
import type { VisitRemarkRow } from '#lib/domain/arrival-rows.ts';
import type { VisitRow } from '#lib/domain/rows.ts';
import { instantAt, isDay, taipeiDay, taipeiTime } from '#lib/domain/taiwan-dates.ts';
import { actualTimes } from '#lib/domain/visit-watch.ts';

export interface TimesFields {
	/** `YYYY-MM-DDTHH:MM`, Taipei; empty while it is not known. */
	from: string;
	until: string;
	note: string;
}

/** far: on another day than the visit. out: not after the arrival, more than a day later, or missing where the visit has ended. */
export type TimesProblem = 'in' | 'far' | 'future' | 'out' | 'reason';

/** The server refuses what is further from the plan, or longer. */
const DAY_MS = 24 * 3_600_000;

/** What counts now is what is corrected. */
export function startTimes(visit: VisitRow, remarks: readonly VisitRemarkRow[]): TimesFields {
	const times = actualTimes(visit, remarks);
	return { from: wallClock(times?.from), until: wallClock(times?.until), note: '' };
}

/** What was typed before; null when there is none, or an earlier release wrote it otherwise. */
export function draftOf(draft: unknown): TimesFields | null {
	if (typeof draft !== 'object' || draft === null) return null;
	const { from, until, note } = draft as Partial<Record<keyof TimesFields, unknown>>; // checked in the next line
	const isWhole = typeof from === 'string' && typeof until === 'string' && typeof note === 'string';
	return isWhole ? { from, until, note } : null;
}

/** The instant of a wall clock; null when it is not whole. */
export function instantOf(typed: string): string | null {
	const [day = '', time = ''] = typed.split('T');
	return isDay(day) && /^([01]\d|2[0-3]):[0-5]\d/.test(time)
		? instantAt(day, time.slice(0, 5))
		: null;
}

/** @param now instant */
export function timesProblems(
	{ from, until, note }: TimesFields,
	visit: Pick<VisitRow, 'starts_at' | 'ends_at' | 'status'>,
	now: string
): TimesProblem[] {
	const found: TimesProblem[] = [];
	const fromMs = Date.parse(instantOf(from) ?? '');
	const untilMs = Date.parse(instantOf(until) ?? '');
	if (Number.isNaN(fromMs)) found.push('in');
	else if (fromMs > Date.parse(now)) found.push('future');
	else if (
		fromMs < Date.parse(visit.starts_at) - DAY_MS ||
		fromMs > Date.parse(visit.ends_at) + DAY_MS
	) {
		found.push('far');
	}
	const mayBeOpen = visit.status === 'checked_in' && until.trim() === '';
	const isOrdered = untilMs > fromMs && untilMs - fromMs <= DAY_MS && untilMs <= Date.parse(now);
	if (!mayBeOpen && !Number.isNaN(fromMs) && !isOrdered) found.push('out');
	if (note.trim() === '') found.push('reason');
	return found;
}

function wallClock(instant: string | null | undefined): string {
	return instant ? `${taipeiDay(instant)}T${taipeiTime(instant)}` : '';
}
