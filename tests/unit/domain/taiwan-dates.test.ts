import fc from 'fast-check';
import { anyText } from '../../fixtures/arbitraries.ts';
import { describe, expect, test } from 'vitest';
import { parseTaiwanDate } from '#lib/domain/parse-taiwan-date.ts';
import {
	addDays,
	ageOn,
	dayParts,
	daysBetween,
	instantAt,
	instantParts,
	isDay,
	makeDay,
	partOfDay,
	relativeDay,
	startOfDay,
	startOfWeek,
	taipeiDay,
	taipeiTime,
	weekdayOf
} from '#lib/domain/taiwan-dates.ts';

/** Instants of the product's life and of its people's: from 1980, since when Taipei has had one offset. */
const instant = fc
	.date({
		min: new Date('1980-01-01T00:00:00Z'),
		max: new Date('2099-12-31T00:00:00Z'),
		noInvalidDate: true
	})
	.map((date) => date.toISOString());
const day = fc
	.integer({ min: -20_000, max: 40_000 })
	.map((offset) => addDays('2000-01-01', offset));
const wallTime = fc
	.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
	.map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

describe('days and instants', () => {
	test('the day and the time in Taipei are what the calendar of the machine says', () => {
		const format = new Intl.DateTimeFormat('sv-SE', {
			timeZone: 'Asia/Taipei',
			dateStyle: 'short',
			timeStyle: 'short'
		});
		fc.assert(
			fc.property(instant, (each) => {
				expect(`${taipeiDay(each)} ${taipeiTime(each)}`).toBe(format.format(new Date(each)));
			})
		);
	});

	test('a wall-clock time becomes an instant and comes back', () => {
		fc.assert(
			fc.property(day, wallTime, (on, at) => {
				const made = instantAt(on, at);
				expect([taipeiDay(made), taipeiTime(made)]).toEqual([on, at]);
			})
		);
	});

	test('midnight in Taipei is 16:00 UTC of the day before', () => {
		expect(startOfDay('2026-11-22')).toBe('2026-11-21T16:00:00.000Z');
		expect(taipeiDay('2026-11-21T15:59:59Z')).toBe('2026-11-21');
		expect(taipeiDay('2026-11-21T16:00:00Z')).toBe('2026-11-22');
		expect(taipeiDay('2026-11-22T00:30:00+08:00')).toBe('2026-11-22');
		expect(taipeiDay('2026-11-21 16:00:00.123456+00')).toBe('2026-11-22');
	});

	test('a text without an offset is not an instant, whatever the machine would make of it', () => {
		for (const text of ['2026-11-22', '2026-11-22T08:00:00', 'infinity', '']) {
			expect(() => taipeiDay(text)).toThrow(RangeError);
		}
	});

	test('adding days and counting them agree', () => {
		fc.assert(
			fc.property(day, fc.integer({ min: -5000, max: 5000 }), (from, count) => {
				expect(daysBetween(from, addDays(from, count))).toBe(count);
			})
		);
	});

	test('a week starts on Monday', () => {
		expect(weekdayOf('2026-11-22')).toBe(7);
		expect(startOfWeek('2026-11-22')).toBe('2026-11-16');
		fc.assert(
			fc.property(day, (each) => {
				const monday = startOfWeek(each);
				expect(weekdayOf(monday)).toBe(1);
				expect(daysBetween(monday, each)).toBe(weekdayOf(each) - 1);
			})
		);
	});

	test('days that do not exist are refused', () => {
		expect(makeDay(2024, 2, 29)).toBe('2024-02-29');
		expect(makeDay(2025, 2, 29)).toBeNull();
		expect(makeDay(1900, 2, 29)).toBeNull();
		expect(makeDay(2026, 4, 31)).toBeNull();
		expect(isDay('2026-13-01')).toBe(false);
		expect(isDay('2026-1-1')).toBe(false);
		expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
		expect(() => instantAt('2026-02-28', '24:00')).toThrow(RangeError);
	});
});

describe('parts for showing', () => {
	test('an instant has its 民國 year, weekday and part of day', () => {
		expect(instantParts('2024-11-09T06:30:00Z')).toEqual({
			year: 2024,
			rocYear: 113,
			month: 11,
			day: 9,
			weekday: 6,
			hour: 14,
			minute: 30,
			partOfDay: 'afternoon'
		});
		expect(dayParts('1911-10-10').rocYear).toBe(0);
	});

	test.each([
		[0, 'small_hours'],
		[5, 'small_hours'],
		[6, 'morning'],
		[11, 'morning'],
		[12, 'afternoon'],
		[17, 'afternoon'],
		[18, 'evening'],
		[23, 'evening']
	])('%d h is %s', (hour, part) => {
		expect(partOfDay(hour)).toBe(part);
	});

	test('age counts completed years', () => {
		expect(ageOn('1942-05-06', '2026-05-05')).toBe(83);
		expect(ageOn('1942-05-06', '2026-05-06')).toBe(84);
		expect(ageOn('1940-02-29', '2026-02-28')).toBe(85);
		expect(ageOn('1940-02-29', '2026-03-01')).toBe(86);
		expect(ageOn('2026-11-22', '2026-11-22')).toBe(0);
	});

	test('days near today have a word, others a count', () => {
		const today = '2026-11-22';
		expect(relativeDay('2026-11-22', today)).toEqual({ code: 'today' });
		expect(relativeDay('2026-11-23', today)).toEqual({ code: 'tomorrow' });
		expect(relativeDay('2026-11-21', today)).toEqual({ code: 'yesterday' });
		expect(relativeDay('2026-12-01', today)).toEqual({ code: 'in_days', days: 9 });
		expect(relativeDay('2026-11-01', today)).toEqual({ code: 'days_ago', days: 21 });
	});
});

describe('reading dates', () => {
	test.each([
		['114/07/05', '2025-07-05'],
		['1140705', '2025-07-05'],
		['114年7月5日', '2025-07-05'],
		['民國114年7月5日', '2025-07-05'],
		['中華民國 114 年 7 月 5 日', '2025-07-05'],
		['0400506', '1951-05-06'],
		['400506', '1951-05-06'],
		['40/5/6', '1951-05-06'],
		['40.5.6', '1951-05-06'],
		['40-05-06', '1951-05-06'],
		['2025-07-05', '2025-07-05'],
		['2025/7/5', '2025-07-05'],
		['20250705', '2025-07-05'],
		['2025年7月5日', '2025-07-05'],
		['西元2025年7月5日', '2025-07-05'],
		['１１４／０７／０５', '2025-07-05'],
		['０４００５０６', '1951-05-06'],
		['2025-07-05 00:00:00', '2025-07-05'],
		['2025-07-05T00:00:00.000Z', '2025-07-05'],
		['114/7/5 上午 9:30', '2025-07-05'],
		[' 114/07/05 ', '2025-07-05'],
		['前1/12/25', '1911-12-25'],
		['民國前3年5月6日', '1909-05-06'],
		['民前3年5月6日', '1909-05-06'],
		['民國元年1月1日', '1912-01-01'],
		['1050229', '2016-02-29']
	])('%s is %s', (text, expected) => {
		expect(parseTaiwanDate(text)).toMatchObject({ ok: true, day: expected });
	});

	test.each([
		['', 'empty'],
		['　', 'empty'],
		['1060229', 'no_such_day'],
		['114/13/01', 'no_such_day'],
		['114/02/30', 'no_such_day'],
		['0/5/6', 'no_such_day'],
		['前1120/1/1', 'no_such_day'],
		['05/06/2025', 'not_a_date'],
		['七十年五月', 'not_a_date'],
		['114/07', 'not_a_date'],
		['45123', 'not_a_date'],
		['11407055', 'no_such_day'],
		['不詳', 'not_a_date'],
		['114/07/05abc', 'not_a_date']
	])('"%s" is refused as %s', (text, code) => {
		expect(parseTaiwanDate(text)).toEqual({ ok: false, code });
	});

	test('every day since 1912 reads back from each way of writing it', () => {
		const since1912 = fc
			.integer({ min: 0, max: 51_000 })
			.map((count) => addDays('1912-01-01', count));
		fc.assert(
			fc.property(since1912, (each) => {
				const { year, rocYear, month, day: date } = dayParts(each);
				const two = (value: number): string => String(value).padStart(2, '0');
				const written = [
					each,
					each.replaceAll('-', ''),
					`${rocYear}/${month}/${date}`,
					`${String(rocYear).padStart(3, '0')}${two(month)}${two(date)}`,
					`民國${rocYear}年${month}月${date}日`,
					`${year}.${month}.${date}`
				];
				for (const text of written) {
					expect(parseTaiwanDate(text), text).toMatchObject({ ok: true, day: each });
				}
			})
		);
	});

	test('reading never throws and never makes a day that does not exist', () => {
		const text = fc.oneof(anyText, fc.stringMatching(/^[\d/年月日前民國.\- ]{0,16}$/));
		fc.assert(
			fc.property(text, (each) => {
				const read = parseTaiwanDate(each);
				expect(read.ok ? isDay(read.day) : true).toBe(true);
			})
		);
	});
});
