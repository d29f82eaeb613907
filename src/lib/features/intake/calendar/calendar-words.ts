/** Days of the calendar, and what is wrong with its file, in words. */
import type { OfficeDayKind } from '#lib/domain/rows.ts';
import type { CalendarProblem, CalendarProblemCode } from '#lib/intake/office-calendar.ts';
import { m } from '#lib/paraglide/messages.js';

const KINDS: Readonly<Record<OfficeDayKind, () => string>> = {
	holiday: m.calendar_kind_holiday,
	workday: m.calendar_kind_workday,
	none: m.calendar_kind_none
};

export function kindName(kind: OfficeDayKind): string {
	return KINDS[kind]();
}

const PROBLEMS: Readonly<Record<CalendarProblemCode, (place: { readonly got: string }) => string>> =
	{
		not_a_date: m.calendar_p_not_a_date,
		wrong_weekday: m.calendar_p_wrong_weekday,
		unknown_value: m.calendar_p_unknown_value,
		duplicate_day: m.calendar_p_duplicate_day,
		name_too_long: () => m.calendar_p_name_too_long()
	};

export function calendarProblemText({ line, code, got }: CalendarProblem): string {
	return m.calendar_p_line({ line, problem: PROBLEMS[code]({ got }) });
}
