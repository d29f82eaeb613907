import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { occurrencesBetween, seriesRecurrence, type Recurrence } from '#lib/domain/recurrence.ts';
import {
	addDays,
	daysBetween,
	startOfWeek,
	taipeiDay,
	taipeiTime,
	weekdayOf
} from '#lib/domain/taiwan-dates.ts';

const day = fc.integer({ min: 0, max: 800 }).map((offset) => addDays('2026-01-01', offset));
const recurrence: fc.Arbitrary<Recurrence> = fc.record({
	frequency: fc.constantFrom('daily' as const, 'weekly' as const),
	interval: fc.integer({ min: 1, max: 12 }),
	weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
	startsOn: day,
	untilOn: fc.option(day),
	exceptOn: fc.array(day, { maxLength: 10 }),
	startTime: fc.constantFrom('00:00', '06:30', '09:00', '23:59'),
	durationMinutes: fc.integer({ min: 5, max: 1440 })
});

function days(rule: Recurrence, from: string, to: string): string[] {
	return occurrencesBetween(rule, from, to).map((each) => each.day);
}

const MONDAYS: Recurrence = {
	frequency: 'weekly',
	interval: 1,
	weekdays: [1],
	startsOn: '2026-11-18',
	untilOn: null,
	exceptOn: [],
	startTime: '09:00',
	durationMinutes: 60
};

describe('examples', () => {
	test('a weekly pattern begins on its first weekday after the start', () => {
		expect(days(MONDAYS, '2026-11-01', '2026-12-10')).toEqual([
			'2026-11-23',
			'2026-11-30',
			'2026-12-07'
		]);
	});

	test('every second week is counted from the week of the start', () => {
		const rule = { ...MONDAYS, interval: 2, weekdays: [1, 3] };
		expect(days(rule, '2026-11-01', '2026-12-10')).toEqual([
			'2026-11-18',
			'2026-11-30',
			'2026-12-02'
		]);
	});

	test('every third day, without the days left out, up to the last one', () => {
		const rule: Recurrence = {
			...MONDAYS,
			frequency: 'daily',
			interval: 3,
			exceptOn: ['2026-11-21'],
			untilOn: '2026-11-27'
		};
		expect(days(rule, '2026-11-01', '2026-12-31')).toEqual([
			'2026-11-18',
			'2026-11-24',
			'2026-11-27'
		]);
	});

	test('times are of the wall clock in Taipei', () => {
		expect(occurrencesBetween(MONDAYS, '2026-11-23', '2026-11-23')).toEqual([
			{
				day: '2026-11-23',
				startsAt: '2026-11-23T01:00:00.000Z',
				endsAt: '2026-11-23T02:00:00.000Z'
			}
		]);
	});

	test('a series row is a weekly pattern', () => {
		const rule = seriesRecurrence({
			weekdays: [1, 4],
			interval_weeks: 2,
			starts_on: '2026-11-02',
			until_on: '2026-11-30',
			start_time: '14:00',
			duration_minutes: 90,
			except_on: ['2026-11-05']
		});
		expect(days(rule, '2026-11-01', '2026-12-31')).toEqual([
			'2026-11-02',
			'2026-11-16',
			'2026-11-19',
			'2026-11-30'
		]);
	});

	test('an interval below 1 is refused instead of running for ever', () => {
		for (const interval of [0, -1, 1.5, Number.NaN]) {
			expect(() => days({ ...MONDAYS, interval }, '2026-01-01', '2026-12-31')).toThrow(RangeError);
		}
	});
});

describe('properties', () => {
	test('every occurrence obeys the pattern, in order and once', () => {
		fc.assert(
			fc.property(recurrence, day, fc.nat(120), (rule, from, length) => {
				const to = addDays(from, length);
				const found = occurrencesBetween(rule, from, to);
				expect(found.map((each) => each.day)).toEqual(
					[...new Set(found.map((each) => each.day))].sort()
				);
				for (const each of found) {
					expect(each.day >= from && each.day <= to && each.day >= rule.startsOn).toBe(true);
					expect(rule.untilOn === null || each.day <= rule.untilOn).toBe(true);
					expect(rule.exceptOn).not.toContain(each.day);
					expect([taipeiDay(each.startsAt), taipeiTime(each.startsAt)]).toEqual([
						each.day,
						rule.startTime
					]);
					expect(Date.parse(each.endsAt) - Date.parse(each.startsAt)).toBe(
						rule.durationMinutes * 60_000
					);
					if (rule.frequency === 'weekly') {
						expect(rule.weekdays).toContain(weekdayOf(each.day));
						const weeks = daysBetween(startOfWeek(rule.startsOn), startOfWeek(each.day)) / 7;
						expect(weeks % rule.interval).toBe(0);
					} else {
						expect(daysBetween(rule.startsOn, each.day) % rule.interval).toBe(0);
					}
				}
			})
		);
	});

	test('two adjoining windows give what the whole gives', () => {
		fc.assert(
			fc.property(recurrence, day, fc.nat(60), fc.nat(60), (rule, from, first, second) => {
				const middle = addDays(from, first);
				const to = addDays(middle, second);
				expect([...days(rule, from, middle), ...days(rule, addDays(middle, 1), to)]).toEqual(
					days(rule, from, to)
				);
			})
		);
	});

	test('nothing is missing: a pattern of all weekdays gives every day', () => {
		fc.assert(
			fc.property(day, fc.nat(60), (from, length) => {
				const rule = { ...MONDAYS, weekdays: [1, 2, 3, 4, 5, 6, 7], startsOn: from };
				expect(days(rule, from, addDays(from, length))).toHaveLength(length + 1);
			})
		);
	});
});
