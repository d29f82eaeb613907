/** Days of the week in words. */
import { addDays } from '#lib/domain/taiwan-dates.ts';
import { m } from '#lib/paraglide/messages.js';
import { weekdayWord } from './dates.ts';

/** Any Monday, for the weekdays' names. */
const MONDAY = '2026-11-23';

/** 1 = Monday. */
export function weekdayName(weekday: number): string {
	return weekdayWord(addDays(MONDAY, weekday - 1));
}

/** `每天`, `週一到週五`; days that are not in a row each by its name. */
export function weekdayNames(weekdays: readonly number[]): readonly string[] {
	const days = weekdays.toSorted((a, b) => a - b);
	const isRun = days.every((day, index) => index === 0 || day === (days[index - 1] ?? 0) + 1);
	const [first, last] = [days[0], days.at(-1)];
	if (days.length === 7) return [m.care_every_day()];
	return isRun && days.length > 2 && first !== undefined && last !== undefined
		? [m.care_weekday_range({ from: weekdayName(first), until: weekdayName(last) })]
		: days.map(weekdayName);
}
