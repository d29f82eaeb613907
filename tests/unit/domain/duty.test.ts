/** Who is on duty, and when nobody is. */
import { describe, expect, test } from 'vitest';
import { dutyGaps, dutyTimes, isOver, onDuty, type Shift } from '#lib/domain/duty.ts';
import { instantAt } from '#lib/domain/taiwan-dates.ts';

// 2026-11-23 is a Monday.
const MONDAY = '2026-11-23';
const night: Shift = {
	user_id: 'nurse',
	weekdays: [1, 2, 3, 4, 5],
	on_holidays: false,
	starts_at_time: '18:00:00',
	ends_at_time: '08:00:00',
	valid_from: '2026-11-01',
	valid_until: null
};
const day: Shift = {
	...night,
	user_id: 'manager',
	starts_at_time: '08:00',
	ends_at_time: '18:00'
};
const none: ReadonlySet<string> = new Set();
const at = (time: string, on = MONDAY) => instantAt(on, time);
const who = (shifts: readonly Shift[], instant: string, holidays = none) =>
	onDuty(shifts, holidays, instant).map(({ shift }) => shift.user_id);

describe('on duty', () => {
	test('from the first minute on, not in the last one', () => {
		expect(who([day], at('07:59'))).toEqual([]);
		expect(who([day], at('08:00'))).toEqual(['manager']);
		expect(who([day], at('17:59'))).toEqual(['manager']);
		expect(who([day, night], at('18:00'))).toEqual(['nurse']);
	});

	test('a night belongs to the day on which it began', () => {
		// Friday night runs into Saturday, Sunday night does not run at all.
		expect(who([night], at('07:59', '2026-11-28'))).toEqual(['nurse']);
		expect(who([night], at('18:00', '2026-11-28'))).toEqual([]);
		expect(who([night], at('03:00', MONDAY))).toEqual([]);
	});

	test('a shift of which the end is its start lasts a whole day', () => {
		const whole = { ...night, weekdays: [1], starts_at_time: '08:00', ends_at_time: '08:00' };
		expect(who([whole], at('07:59', '2026-11-24'))).toEqual(['nurse']);
		expect(who([whole], at('08:00', '2026-11-24'))).toEqual([]);
	});

	test('on a holiday only shifts for holidays run, whatever the weekday', () => {
		const holiday = new Set([MONDAY]);
		const relief = { ...day, user_id: 'relief', weekdays: [], on_holidays: true };
		expect(who([day, relief], at('10:00'), holiday)).toEqual(['relief']);
		expect(who([day, relief], at('10:00'))).toEqual(['manager']);
		// The night before the holiday is one of the day before.
		expect(who([{ ...night, weekdays: [7] }], at('07:00'), holiday)).toEqual(['nurse']);
		expect(who([night], at('07:00', '2026-11-24'), holiday)).toEqual([]);
	});

	test('the first and the last night count whole', () => {
		const once = { ...night, valid_from: MONDAY, valid_until: MONDAY };
		expect(who([once], at('07:59', '2026-11-24'))).toEqual(['nurse']);
		expect(who([once], at('18:00', '2026-11-24'))).toEqual([]);
		expect(isOver(once, MONDAY)).toBe(false);
		expect(isOver(once, '2026-11-24')).toBe(true);
	});

	test('one taken back before it began never runs', () => {
		const never = { ...night, valid_from: MONDAY, valid_until: '2026-11-22' };
		expect(dutyTimes([never], none, at('00:00'), at('00:00', '2026-12-23'))).toEqual([]);
	});
});

describe('gaps', () => {
	test('a weekend without anybody is one gap, in the words that a person would use', () => {
		expect(dutyGaps([day, night], none, at('09:00'), at('09:00', '2026-11-30'))).toEqual([
			{ from: at('08:00', '2026-11-28'), until: at('08:00', '2026-11-30') }
		]);
	});

	test('a short shift within a long one ends nothing', () => {
		const hour = { ...day, user_id: 'hour', starts_at_time: '09:00', ends_at_time: '10:00' };
		expect(dutyGaps([day, hour, night], none, at('08:30'), at('08:30', '2026-11-24'))).toEqual([]);
	});

	test('no shift at all is one gap from beginning to end', () => {
		const span = { from: at('09:00'), until: at('09:00', '2026-12-07') };
		expect(dutyGaps([], none, span.from, span.until)).toEqual([span]);
	});

	test('two who overlap leave none between them, and a gap of a minute is one', () => {
		const late = { ...day, starts_at_time: '17:00', ends_at_time: '23:59', user_id: 'late' };
		const early = { ...day, starts_at_time: '00:00', ends_at_time: '08:00', user_id: 'early' };
		const gaps = dutyGaps([day, late, early], none, at('00:00'), at('00:00', '2026-11-25'));
		expect(gaps).toEqual([
			{ from: at('23:59'), until: at('00:00', '2026-11-24') },
			{ from: at('23:59', '2026-11-24'), until: at('00:00', '2026-11-25') }
		]);
	});
});
