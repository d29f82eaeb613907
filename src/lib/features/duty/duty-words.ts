/** Shifts and gaps of the duty roster in words. */
import { dateWithYear, instantWords, midSentence } from '#lib/care-ui/dates.ts';
import { joinWords, listWords } from '#lib/care-ui/join-words.ts';
import { weekdayNames } from '#lib/care-ui/weekday-words.ts';
import type { DutyGap } from '#lib/domain/duty.ts';
import { clockTime } from '#lib/domain/duty.ts';
import type { DutyShiftRow } from '#lib/domain/duty-rows.ts';
import { m } from '#lib/paraglide/messages.js';

/** `每天`, `週一到週五`, `週六、週日、放假日`. */
export function shiftDays({ weekdays, on_holidays }: DutyShiftRow): string {
	return listWords([...weekdayNames(weekdays), ...(on_holidays ? [m.duty_holidays()] : [])]);
}

/** `18:00–隔天 08:00`. */
export function shiftHours(shift: Pick<DutyShiftRow, 'starts_at_time' | 'ends_at_time'>): string {
	const [from, until] = [clockTime(shift.starts_at_time), clockTime(shift.ends_at_time)];
	return until > from ? `${from}–${until}` : m.duty_next_day({ from, until });
}

/** From which day, until which, and what else there is to know; nothing when it simply runs. */
export function shiftRest(shift: DutyShiftRow, today: string): string {
	return joinWords([
		shift.valid_from > today && m.duty_from_day({ day: dateWithYear(shift.valid_from) }),
		shift.valid_until !== null && m.duty_until_day({ day: dateWithYear(shift.valid_until) }),
		shift.note
	]);
}

/** `今天 18:00 到 明天 08:00`. */
export function gapWords({ from, until }: DutyGap, today: string): string {
	return m.schedule_span_days({
		from: instantWords(from, today),
		until: midSentence(instantWords(until, today))
	});
}
