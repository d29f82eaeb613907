/** A visit written as one line: whom it means, when, and where a day has room. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstRoom, readQuickLine } from '#lib/domain/quick-plan.ts';
import { instantAt } from '#lib/domain/taiwan-dates.ts';
import type { VisitRow } from '#lib/domain/rows.ts';
import { anyText } from '../../fixtures/arbitraries.ts';
import { aVisit } from '../../fixtures/builders.ts';

const PEOPLE = [
	{ id: 'ding', name: '丁阿招' },
	{ id: 'dai', name: '戴春生' },
	{ id: 'lin', name: '林阿' },
	{ id: 'lins', name: '林阿嬤' },
	{ id: 'long', name: '拉罕·伊斯坦大' }
];
const read = (line: string) => readQuickLine(line, PEOPLE);

describe('one line', () => {
	test.each([
		['丁阿招 0630', ['ding'], '06:30'],
		['丁阿招0630', ['ding'], '06:30'],
		['1830 戴春生', ['dai'], '18:30'],
		['阿招 6:30', ['ding'], '06:30'],
		['春生 18.05', ['dai'], '18:05'],
		['丁阿招 ０６３０', ['ding'], '06:30'],
		['630', [], '06:30'],
		['伊斯坦大', ['long'], null],
		['阿', ['ding', 'lin', 'lins'], null],
		['', [], null]
	] as const)('%s', (line, people, time) => {
		expect(read(line)).toMatchObject({ people, time });
	});

	test('a whole name is meant before one that only begins so', () => {
		expect(read('林阿 0900').people).toEqual(['lin']);
	});

	test('a time that no clock shows is part of a name that nobody has', () => {
		expect(read('2460')).toEqual({ people: [], time: null, hasName: true });
		expect(read('1830')).toEqual({ people: [], time: '18:30', hasName: false });
		expect(read('誰 1830')).toEqual({ people: [], time: '18:30', hasName: true });
	});

	test('whatever is typed is read, and a time is one of a clock', () => {
		fc.assert(
			fc.property(anyText, (line) => {
				const { people, time, hasName } = read(line);
				if (time !== null) expect(time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
				if (!hasName) expect(people).toEqual([]);
			})
		);
	});
});

const DAY = '2026-11-24';
const visit = (from: string, until: string, part: Partial<VisitRow> = {}) =>
	aVisit({ starts_at: instantAt(DAY, from), ends_at: instantAt(DAY, until), ...part });

describe('where there is room', () => {
	test('an empty day begins at nine; else behind the first visit, with the way between', () => {
		expect(firstRoom(DAY, [], 60)).toBe('09:00');
		expect(firstRoom(DAY, [visit('08:00', '09:00')], 60)).toBe('09:30');
		const full = [visit('08:00', '09:00'), visit('10:00', '11:00'), visit('12:50', '13:00')];
		expect(firstRoom(DAY, full, 60)).toBe('11:30');
		expect(firstRoom(DAY, full, 90)).toBe('13:30');
	});

	test('behind the visit that was pointed at', () => {
		const [first, second] = [visit('08:00', '09:00'), visit('11:00', '12:00')];
		expect(firstRoom(DAY, [second, first], 60, second)).toBe('12:30');
	});

	test('nobody goes to what was called off, and other days take no time here', () => {
		const off = visit('09:00', '18:00', { status: 'cancelled' });
		const tomorrow = aVisit({
			starts_at: instantAt('2026-11-25', '06:00'),
			ends_at: instantAt('2026-11-25', '07:00')
		});
		expect(firstRoom(DAY, [off, tomorrow], 60)).toBe('09:00');
	});

	test('a day without room left begins where an empty one does: the clash is told', () => {
		expect(firstRoom(DAY, [visit('22:00', '23:30')], 60)).toBe('09:00');
	});

	test('never within another visit, nor without the way to it, as long as the day lasts', () => {
		const spans = fc.array(
			fc.record({
				from: fc.integer({ min: 0, max: 1300 }),
				minutes: fc.integer({ min: 5, max: 120 })
			}),
			{ maxLength: 12 }
		);
		const zero = Date.parse(instantAt(DAY, '00:00'));
		const at = (minute: number) => new Date(zero + minute * 60_000).toISOString();
		fc.assert(
			fc.property(spans, fc.integer({ min: 5, max: 240 }), (all, minutes) => {
				const visits = all.map((each) =>
					aVisit({ starts_at: at(each.from), ends_at: at(each.from + each.minutes) })
				);
				const room = firstRoom(DAY, visits, minutes);
				const from = (Date.parse(instantAt(DAY, room)) - zero) / 60_000;
				const isFree = all.every(
					(each) => from + minutes + 20 <= each.from || each.from + each.minutes + 20 <= from
				);
				expect(isFree || room === '09:00').toBe(true);
			})
		);
	});
});
