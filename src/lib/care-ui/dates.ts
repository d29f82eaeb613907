/** Days and instants in words: weekday and relative day for what is near, the year of the republic where a full date matters. */
import {
	ageOn,
	daysBetween,
	dayParts,
	instantParts,
	relativeDay,
	taipeiDay,
	taipeiTime,
	type PartOfDay,
	isDay
} from '#lib/domain/taiwan-dates.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const RELATIVE = {
	today: m.common_today,
	tomorrow: m.common_tomorrow,
	yesterday: m.common_yesterday
} as const;

const PART_OF_DAY: Readonly<Record<PartOfDay, () => string>> = {
	small_hours: m.care_part_small_hours,
	morning: m.care_part_morning,
	afternoon: m.care_part_afternoon,
	evening: m.care_part_evening
};

/** `今天 週二`, `Today, Tue`, `11月9日 週六`; with the year when it is not today's. */
export function dayWords(day: string, today: string): string {
	const relative = relativeDay(day, today);
	if (relative.code === 'in_days' || relative.code === 'days_ago') {
		if (dayParts(day).year !== dayParts(today).year) return fullDayWords(day);
		return m.care_date_weekday({ date: monthDay(day), weekday: weekdayWord(day) });
	}
	return m.care_relative_weekday({
		relative: RELATIVE[relative.code](),
		weekday: weekdayWord(day)
	});
}

/** What the functions here say, as it stands inside a sentence: `today, Tue 09:00` in English, where a line would begin with `Today`. */
export function midSentence(words: string): string {
	const startsRelative = Object.values(RELATIVE).some((relative) => words.startsWith(relative()));
	return startsRelative ? words.charAt(0).toLocaleLowerCase(getLocale()) + words.slice(1) : words;
}

/** `今天 週二 09:00`. */
export function instantWords(instant: string, today: string): string {
	return `${dayWords(taipeiDay(instant), today)} ${taipeiTime(instant)}`;
}

/** `11月9日 週六 下午`: as precise as an emergency report is read. */
export function dayPartWords(instant: string, today: string): string {
	return `${dayWords(taipeiDay(instant), today)} ${partOfDayWord(instant)}`;
}

function partOfDayWord(instant: string): string {
	return PART_OF_DAY[instantParts(instant).partOfDay]();
}

/** `民國113年11月9日 週六`, in English `Sat 9 Nov 2024`. */
export function fullDayWords(day: string): string {
	return getLocale() === 'en'
		? m.care_date_weekday({ date: dateWithYear(day), weekday: weekdayWord(day) })
		: `${dateWithYear(day)} ${weekdayWord(day)}`;
}

/** What a field for a day says below it while it is typed; nothing until it is a day. */
export function echoOfDay(typed: string): string | undefined {
	return isDay(typed) ? fullDayWords(typed) : undefined;
}

/** `民國24年3月5日`, without weekday: for birthdays and dates on paper. */
export function dateWithYear(day: string): string {
	const { year, rocYear } = dayParts(day);
	const date = monthDay(day);
	return rocYear > 0
		? m.care_roc_date({ rocYear, year, date })
		: m.care_roc_date_before({ yearsBefore: 1 - rocYear, year, date });
}

/** `11/9`: for the axis of a chart. */
export function shortDay(day: string): string {
	const { month, day: dayOfMonth } = dayParts(day);
	return getLocale() === 'en' ? monthDay(day) : `${month}/${dayOfMonth}`;
}

/** `週二`, `Tue`. */
export function weekdayWord(day: string): string {
	return format(day, { weekday: 'short' });
}

/** `二`, `T`: for a strip of seven days. */
export function weekdayLetter(day: string): string {
	return format(day, { weekday: 'narrow' });
}

/** `11月9日`, `9 Nov`. */
function monthDay(day: string): string {
	return format(day, { month: getLocale() === 'en' ? 'short' : 'long', day: 'numeric' });
}

/** `09:00–10:00`. */
export function timeRange(startsAt: string, endsAt: string): string {
	return `${taipeiTime(startsAt)}–${taipeiTime(endsAt)}`;
}

/** `剛剛`, `5 分鐘前`, `2 小時前`; after twelve hours the day and time. */
export function agoWords(instant: string, now: string): string {
	const ageMs = Date.parse(now) - Date.parse(instant);
	if (ageMs < MINUTE_MS) return m.care_just_now();
	if (ageMs < HOUR_MS) return m.care_minutes_ago({ count: Math.floor(ageMs / MINUTE_MS) });
	if (ageMs < 12 * HOUR_MS) return m.care_hours_ago({ count: Math.floor(ageMs / HOUR_MS) });
	return midSentence(instantWords(instant, taipeiDay(now)));
}

/** How old a value is: `5 分鐘前`, `2 小時前`, `昨天`, `3 天前`; after two months the day. */
export function sinceWords(instant: string, now: string): string {
	const today = taipeiDay(now);
	const day = taipeiDay(instant);
	const days = daysBetween(day, today);
	if (days <= 0) return agoWords(instant, now);
	if (days === 1) return midSentence(m.common_yesterday());
	return days <= 60 ? m.care_days_ago({ count: days }) : midSentence(dayWords(day, today));
}

/** When a task is due, in words; overdue in the largest unit that fits. `isDone` tasks are never overdue. */
export function dueWords(
	dueAt: string | null,
	now: string,
	isDone = false
): { readonly text: string; readonly isOverdue: boolean } {
	if (dueAt === null) return { text: m.care_no_due(), isOverdue: false };
	const lateMs = Date.parse(now) - Date.parse(dueAt);
	if (isDone || lateMs <= 0) {
		const when = midSentence(instantWords(dueAt, taipeiDay(now)));
		return { text: m.care_due({ when }), isOverdue: false };
	}
	return { text: overdueWords(lateMs), isOverdue: true };
}

/** `82 歲`. */
export function ageWords(bornOn: string, today: string): string {
	return m.care_age({ count: ageOn(bornOn, today) });
}

function overdueWords(lateMs: number): string {
	if (lateMs >= DAY_MS) return m.care_overdue_days({ count: Math.floor(lateMs / DAY_MS) });
	if (lateMs >= HOUR_MS) return m.care_overdue_hours({ count: Math.floor(lateMs / HOUR_MS) });
	return m.care_overdue_minutes({ count: Math.max(1, Math.floor(lateMs / MINUTE_MS)) });
}

/** To make one takes a hundred times as long as to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** British order in English: day before month, as in the weekday-first dates above. */
function format(day: string, options: Intl.DateTimeFormatOptions): string {
	const locale = getLocale() === 'en' ? 'en-GB' : 'zh-TW';
	const key = `${locale} ${JSON.stringify(options)}`;
	const known = formats.get(key);
	const formatter = known ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
	if (!known) formats.set(key, formatter);
	return formatter.format(Date.parse(`${day}T00:00:00Z`));
}
