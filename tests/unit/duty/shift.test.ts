/** A shift in words, what a change of it sends, and when it ends. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { DutyShiftRow } from '#lib/domain/duty-rows.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import { lastDay, shiftPatch } from '#lib/features/duty/duty-actions.ts';
import { gapWords, shiftDays, shiftHours } from '#lib/features/duty/duty-words.ts';
import { instantAt } from '#lib/domain/taiwan-dates.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';

overwriteGetLocale(() => 'zh-TW');

const shift = (fields: Partial<DutyShiftRow> = {}): DutyShiftRow => ({
	...blankRow('duty_shifts'),
	id: 'shift',
	weekdays: [1, 2, 3, 4, 5],
	starts_at_time: '18:00:00',
	ends_at_time: '08:00:00',
	valid_from: '2026-11-02',
	...fields
});

test.each([
	[[1, 2, 3, 4, 5], false, '週一到週五'],
	[[5, 4, 3, 2, 1], true, '週一到週五、放假日'],
	[[6, 7], false, '週六、週日'],
	[[1, 3, 5], false, '週一、週三、週五'],
	[[1, 2, 3, 4, 5, 6, 7], false, '每天'],
	[[], true, '放假日']
])('days %j, holidays %j: %s', (weekdays, on_holidays, words) => {
	expect(shiftDays(shift({ weekdays, on_holidays }))).toBe(words);
});

test('hours past midnight say so', () => {
	expect(shiftHours(shift())).toBe('18:00–隔天 08:00');
	expect(shiftHours(shift({ starts_at_time: '08:00', ends_at_time: '18:00' }))).toBe('08:00–18:00');
	expect(shiftHours(shift({ starts_at_time: '08:00' }))).toBe('08:00–隔天 08:00');
});

test('a gap has its days and hours', () => {
	const gap = {
		from: instantAt('2026-11-28', '18:00'),
		until: instantAt('2026-11-30', '08:00')
	};
	expect(gapWords(gap, '2026-11-23')).toMatch(/週六.*18:00.*到.*週一.*08:00/);
});

test('only what is otherwise is sent; a time as the server writes it is the same time', () => {
	const was = shift();
	const same = { ...was, starts_at_time: '18:00', ends_at_time: '08:00' };
	expect(shiftPatch(was, same)).toEqual({});
	expect(shiftPatch(was, { ...same, ends_at_time: '07:30', note: '代班' })).toEqual({
		ends_at_time: ['08:00:00', '07:30'],
		note: [null, '代班']
	});
	expect(shiftPatch(was, { ...same, weekdays: [6] })).toEqual({
		weekdays: [[1, 2, 3, 4, 5], [6]]
	});
});

test('a shift that ends has had yesterday as its last day; one that has not begun never does', () => {
	expect(lastDay(shift(), '2026-11-23')).toBe('2026-11-22');
	expect(lastDay(shift({ valid_from: '2026-11-23' }), '2026-11-23')).toBe('2026-11-22');
	expect(lastDay(shift({ valid_from: '2026-12-01' }), '2026-11-23')).toBe('2026-11-30');
});
