/** What the office's calendar says of a day, in words. */
import { dayWords, midSentence } from '#lib/care-ui/dates.ts';
import { listWords } from '#lib/care-ui/join-words.ts';
import { holidaysAmong, type OfficeCalendar } from '#lib/domain/office-days.ts';
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { m } from '#lib/paraglide/messages.js';

/** `放假：中秋節`; null of a day that is as its weekday says. */
export function officeDayNote(calendar: OfficeCalendar | undefined, day: string): string | null {
	const entry = calendar?.get(day);
	if (entry === undefined) return null;
	const { kind, name } = entry;
	if (kind === 'holiday') {
		return name === null ? m.calendar_holiday() : m.calendar_holiday_named({ name });
	}
	return name === null ? m.calendar_workday() : m.calendar_workday_named({ name });
}

/** 休 or 班, as calendars of paper have it; null of other days. */
export function officeDayMark(calendar: OfficeCalendar | undefined, day: string): string | null {
	const kind = calendar?.get(day)?.kind;
	if (kind === undefined) return null;
	return kind === 'holiday' ? m.calendar_mark_holiday() : m.calendar_mark_workday();
}

/** Of a year of holidays the first few say enough. */
const SHOWN = 4;

/** On which holidays these visits would be, and how many they are; null when on none. */
export function onHolidays(
	starts: readonly string[],
	calendar: OfficeCalendar | undefined,
	today: string
): { readonly count: number; readonly days: string } | null {
	if (calendar === undefined) return null;
	const days = starts.map(taipeiDay);
	const holidays = holidaysAmong(days, calendar);
	if (holidays.length === 0) return null;
	const words = holidays
		.slice(0, SHOWN)
		.map(({ day, name }) => [midSentence(dayWords(day, today)), name ?? ''].join(' ').trim());
	return {
		count: days.filter((day) => calendar.get(day)?.kind === 'holiday').length,
		days: listWords(words) + (holidays.length > SHOWN ? '…' : '')
	};
}
