/**
 * Days and instants in Asia/Taipei. An instant is an ISO string in UTC (`…Z`), a day is `YYYY-MM-DD` in Taipei.
 *
 * Taipei has been UTC+8 without daylight saving since 1979-10-01, and no instant of this product is older, so a fixed offset is exact.
 */

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** 凌晨 0–5 h, 上午 6–11 h, 下午 12–17 h, 晚上 18–23 h. */
export type PartOfDay = 'small_hours' | 'morning' | 'afternoon' | 'evening';

export interface DayParts {
	readonly year: number;
	/** 民國 year; 0 and below means before the republic: 0 is 民國前1年. */
	readonly rocYear: number;
	readonly month: number;
	readonly day: number;
	readonly weekday: Weekday;
}

export interface InstantParts extends DayParts {
	readonly hour: number;
	readonly minute: number;
	readonly partOfDay: PartOfDay;
}

export type RelativeDay =
	| { readonly code: 'today' | 'tomorrow' | 'yesterday' }
	| { readonly code: 'in_days' | 'days_ago'; readonly days: number };

const TAIPEI_OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
/** An offset is required: without one, Date.parse would take the machine's own time zone. */
const INSTANT_PATTERN = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}(?::?\d{2})?)$/;
const TIME_PATTERN = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** ROC year 1 is 1912. */
export const ROC_OFFSET_YEARS = 1911;

/** `YYYY-MM-DD` for a year, month and day that exist, else null (2025-02-29 does not). */
export function makeDay(year: number, month: number, day: number): string | null {
	if (!Number.isInteger(year) || year < 1 || year > 9999) return null;
	if (!Number.isInteger(month) || month < 1 || month > 12) return null;
	if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return null;
	return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

export function isDay(text: string): boolean {
	const match = DAY_PATTERN.exec(text);
	return match !== null && makeDay(Number(match[1]), Number(match[2]), Number(match[3])) !== null;
}

/** The Taipei day on which an instant falls. Throws RangeError when the text is not an instant. */
export function taipeiDay(instant: string): string {
	return dayOfEpochDay(Math.floor((epochMs(instant) + TAIPEI_OFFSET_MS) / DAY_MS));
}

/** The Taipei wall-clock time of an instant as `HH:MM`. */
export function taipeiTime(instant: string): string {
	const { hour, minute } = instantParts(instant);
	return `${pad(hour, 2)}:${pad(minute, 2)}`;
}

/** The instant of a Taipei wall-clock time (`HH:MM`, 00:00 to 23:59) on a day. Throws RangeError on a bad day or time. */
export function instantAt(day: string, time: string): string {
	const match = TIME_PATTERN.exec(time);
	if (match === null) throw new RangeError(`not a time: ${time}`);
	const minutes = Number(match[1]) * 60 + Number(match[2]);
	return new Date(epochDay(day) * DAY_MS - TAIPEI_OFFSET_MS + minutes * 60_000).toISOString();
}

export function startOfDay(day: string): string {
	return instantAt(day, '00:00');
}

export function addDays(day: string, days: number): string {
	return dayOfEpochDay(epochDay(day) + days);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
	return epochDay(to) - epochDay(from);
}

export function weekdayOf(day: string): Weekday {
	return weekdayOfEpochDay(epochDay(day));
}

/** The Monday on or before the day: a week of the schedule starts on Monday. */
export function startOfWeek(day: string): string {
	return addDays(day, 1 - weekdayOf(day));
}

export function dayParts(day: string): DayParts {
	const count = epochDay(day);
	const date = new Date(count * DAY_MS);
	const year = date.getUTCFullYear();
	return {
		year,
		rocYear: year - ROC_OFFSET_YEARS,
		month: date.getUTCMonth() + 1,
		day: date.getUTCDate(),
		weekday: weekdayOfEpochDay(count)
	};
}

export function instantParts(instant: string): InstantParts {
	const local = new Date(epochMs(instant) + TAIPEI_OFFSET_MS);
	const hour = local.getUTCHours();
	return {
		...dayParts(taipeiDay(instant)),
		hour,
		minute: local.getUTCMinutes(),
		partOfDay: partOfDay(hour)
	};
}

export function partOfDay(hour: number): PartOfDay {
	if (hour < 6) return 'small_hours';
	if (hour < 12) return 'morning';
	return hour < 18 ? 'afternoon' : 'evening';
}

/** Full years completed on `onDay`; somebody born on 29 February completes a year on 1 March of a common year. */
export function ageOn(bornOn: string, onDay: string): number {
	const born = dayParts(bornOn);
	const on = dayParts(onDay);
	const birthdayPassed = on.month > born.month || (on.month === born.month && on.day >= born.day);
	return on.year - born.year - (birthdayPassed ? 0 : 1);
}

export function relativeDay(day: string, today: string): RelativeDay {
	const days = daysBetween(today, day);
	if (days === 0) return { code: 'today' };
	if (days === 1) return { code: 'tomorrow' };
	if (days === -1) return { code: 'yesterday' };
	return days > 0 ? { code: 'in_days', days } : { code: 'days_ago', days: -days };
}

function epochMs(instant: string): number {
	const ms = INSTANT_PATTERN.test(instant) ? Date.parse(instant) : Number.NaN;
	if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${instant}`);
	return ms;
}

function epochDay(day: string): number {
	if (!isDay(day)) throw new RangeError(`not a day: ${day}`);
	return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

function dayOfEpochDay(count: number): string {
	return new Date(count * DAY_MS).toISOString().slice(0, 10);
}

function weekdayOfEpochDay(count: number): Weekday {
	// 1970-01-01 was a Thursday; the double modulo keeps earlier days non-negative.
	return WEEKDAYS[(((count + 3) % 7) + 7) % 7] ?? 1;
}

function daysInMonth(year: number, month: number): number {
	if (month === 2) return isLeapYear(year) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeapYear(year: number): boolean {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function pad(value: number, width: number): string {
	return String(value).padStart(width, '0');
}
