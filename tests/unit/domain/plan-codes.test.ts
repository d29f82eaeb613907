/** Which codes a person's plan has on a day, and how much of it a month's and a week's visits use. */
import { describe, expect, test } from 'vitest';
import {
	isPlanOnRecord,
	lineUse,
	planCodesAt,
	type PlanFacts,
	type PlanLine
} from '#lib/domain/plan-codes.ts';

/** A Monday; 09:00 in Taipei. */
const NOW = '2026-11-23T01:00:00.000Z';

const aLine = (part: Partial<PlanLine> = {}): PlanLine => ({
	code: 'BA07',
	units_month: 13,
	times_week: 3,
	valid_from: '2026-11-01',
	valid_until: '2026-11-30',
	ended_at: null,
	...part
});

describe('a code is of the plan', () => {
	const at = (day: string, line: PlanLine) => planCodesAt([line], `${day}T01:00:00.000Z`);

	test('from its first day to its last one, both included, in Taipei', () => {
		expect(at('2026-10-31', aLine())).toBeNull();
		expect(at('2026-11-01', aLine())).toEqual(['BA07']);
		expect(at('2026-11-30', aLine())).toEqual(['BA07']);
		expect(at('2026-12-01', aLine())).toEqual([]);
		expect(at('2030-01-01', aLine({ valid_until: null }))).toEqual(['BA07']);
		expect(planCodesAt([aLine()], '2026-10-31T16:00:00.000Z')).toEqual(['BA07']);
	});

	test('until it was ended, to the minute', () => {
		const ended = aLine({ ended_at: '2026-11-23T01:00:00.000Z' });
		expect(planCodesAt([ended, aLine({ code: 'BA01' })], '2026-11-23T00:59:00.000Z')).toEqual([
			'BA07',
			'BA01'
		]);
		expect(planCodesAt([ended, aLine({ code: 'BA01' })], NOW)).toEqual(['BA01']);
	});
});

test('a plan that has run out is one still; one that has not begun, or whose every entry was ended, is none', () => {
	expect(isPlanOnRecord([aLine({ valid_until: '2026-11-02' })], NOW)).toBe(true);
	expect(isPlanOnRecord([aLine({ valid_from: '2026-11-24' })], NOW)).toBe(false);
	expect(isPlanOnRecord([aLine({ ended_at: '2026-11-20T01:00:00.000Z' })], NOW)).toBe(false);
	expect(isPlanOnRecord([], NOW)).toBe(false);
});

describe('what is used of an entry', () => {
	const facts = (part: Partial<PlanFacts> = {}): PlanFacts => ({
		lines: [aLine()],
		cmsLevel: 5,
		remoteArea: false,
		done: [],
		planned: [],
		...part
	});
	const done = (day: string, code: string, quantity: number) => ({
		visitId: day,
		day,
		codes: [{ code, quantity, unit: 'time', price_ntd: 325 }]
	});
	const planned = (day: string, planned_codes: string[]) => ({
		id: day,
		starts_at: `${day}T01:00:00.000Z`,
		planned_codes
	});

	test('is what this month recorded, and one unit of each visit that is planned', () => {
		const used = lineUse(
			'BA07',
			facts({
				done: [
					done('2026-11-02', 'BA07', 2),
					done('2026-10-31', 'BA07', 9),
					done('2026-11-03', 'BA01', 1)
				],
				planned: [planned('2026-11-24', ['BA07', 'BA01']), planned('2026-12-01', ['BA07'])]
			}),
			NOW
		);
		expect(used).toEqual({ doneUnits: 2, plannedUnits: 1, leftUnits: 10, weekTimes: 1 });
	});

	test('of its week is counted in visits, whatever their units, from Monday to Sunday', () => {
		const used = lineUse(
			'BA07',
			facts({
				done: [done('2026-11-23', 'BA07', 4), done('2026-11-22', 'BA07', 1)],
				planned: [planned('2026-11-29', ['BA07']), planned('2026-11-30', ['BA07'])]
			}),
			NOW
		);
		expect(used.weekTimes).toBe(2);
	});

	test('counts a code of the payment system for the code that it is a form of', () => {
		const lines = [aLine({ code: 'BA15' })];
		expect(
			lineUse('BA15', facts({ lines, done: [done('2026-11-02', 'BA15-2', 3)] }), NOW)
		).toMatchObject({ doneUnits: 3, leftUnits: 10 });
	});

	test('is taken from all entries of the code together; where one sets no number there is no end', () => {
		const two = [aLine({ units_month: 5 }), aLine({ units_month: 6 })];
		expect(lineUse('BA07', facts({ lines: two }), NOW).leftUnits).toBe(11);
		const open = [aLine({ units_month: 5 }), aLine({ units_month: null })];
		expect(lineUse('BA07', facts({ lines: open }), NOW).leftUnits).toBeNull();
		expect(lineUse('BA01', facts(), NOW).leftUnits).toBeNull();
	});
});
