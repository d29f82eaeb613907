/** What visits would have beyond a person's approved plan and the month's quota: told before they are planned, and never what was so before. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlanFacts, PlanLine, PlannedUse } from '#lib/domain/plan-codes.ts';
import { planWarnings, recordOveruse } from '#lib/domain/plan-warnings.ts';
import { addDays, instantAt, startOfWeek, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { propertyOptions } from '../../fixtures/property.ts';

const aLine = (part: Partial<PlanLine> = {}): PlanLine => ({
	code: 'BA07',
	units_month: null,
	times_week: 7,
	valid_from: '2026-11-01',
	valid_until: null,
	ended_at: null,
	...part
});
const aPlan = (lines: readonly PlanLine[], part: Partial<PlanFacts> = {}): PlanFacts => ({
	lines,
	cmsLevel: null,
	remoteArea: false,
	done: [],
	planned: [],
	...part
});
const visit = (day: string, planned_codes: string[], id: string | null = null): PlannedUse => ({
	id,
	starts_at: instantAt(day, '09:00'),
	planned_codes
});
const done = (day: string, code: string, quantity = 1, visitId = day) => ({
	visitId,
	day,
	codes: [{ code, quantity, unit: 'time', price_ntd: 325 }]
});

describe('a visit that is planned', () => {
	test('with a code that the plan does not have on that day is told of, once for all its days', () => {
		const lines = [aLine({ code: 'BA02' }), aLine({ valid_until: '2026-11-30' })];
		const wanted = ['2026-12-07', '2026-11-30', '2026-12-14'].map((day) =>
			visit(day, ['BA02', 'BA07'])
		);
		expect(planWarnings(wanted, aPlan(lines))).toEqual([
			{ kind: 'outside', code: 'BA07', days: ['2026-12-07', '2026-12-14'] }
		]);
	});

	test('with an add-on, or with a form of a code of the plan, is not', () => {
		const wanted = [visit('2026-11-24', ['AA05', 'BA15-1'])];
		expect(planWarnings(wanted, aPlan([aLine({ code: 'BA15' })]))).toEqual([]);
	});

	test('is counted with what was done and what is planned of its month and of its week', () => {
		const lines = [aLine({ units_month: 4, times_week: 2 })];
		const facts = aPlan(lines, {
			done: [done('2026-11-02', 'BA07', 2)],
			planned: [visit('2026-11-24', ['BA07'], 'a'), visit('2026-11-26', ['BA07'], 'b')]
		});
		expect(planWarnings([visit('2026-11-27', ['BA07'])], facts)).toEqual([
			{ kind: 'units', code: 'BA07', span: '2026-11', used: 5, limit: 4 },
			{ kind: 'times', code: 'BA07', span: '2026-11-23', used: 3, limit: 2 }
		]);
		expect(planWarnings([visit('2026-12-01', ['BA07'])], facts)).toEqual([]);
	});

	test('is priced with its month against the quota of the level: 4 × NT$ 2,200 of level 2 leave 1,220', () => {
		const lines = [aLine({ code: 'BA09' }), aLine({ code: 'BA02' })];
		const planned = [4, 10, 17, 24].map((day, index) =>
			visit(`2026-12-${String(day).padStart(2, '0')}`, ['BA09'], `v${index}`)
		);
		const facts = aPlan(lines, { cmsLevel: 2, planned });
		expect(planWarnings([visit('2026-12-01', ['BA02'])], facts)).toEqual([]);
		expect(planWarnings([visit('2026-12-01', ['BA09'])], facts)).toEqual([
			{ kind: 'quota', span: '2026-12', usedNtd: 11_000, quotaNtd: 10_020 }
		]);
		expect(planWarnings([visit('2026-12-01', ['BA09'])], { ...facts, lines: [] })).toEqual([]);
	});
});

describe('a visit that is changed', () => {
	const lines = [aLine({ units_month: 1, times_week: 1, valid_until: '2026-12-31' })];
	const planned = [visit('2026-11-24', ['BA07', 'BA01'], 'a'), visit('2026-11-26', ['BA07'], 'b')];
	const facts = aPlan(lines, { planned });

	test('is told of what it adds, not of what was so before', () => {
		expect(planWarnings([visit('2026-11-25', ['BA07', 'BA01'], 'a')], facts)).toEqual([]);
		expect(planWarnings([visit('2026-11-24', ['BA07', 'BA10'], 'a')], facts)).toEqual([
			{ kind: 'outside', code: 'BA10', days: ['2026-11-24'] }
		]);
	});

	test('into another month, or past the end of the plan, is judged there', () => {
		const busy = { ...facts, planned: [...planned, visit('2026-12-30', ['BA07'], 'c')] };
		expect(planWarnings([visit('2026-12-03', ['BA07'], 'b')], busy)).toEqual([
			{ kind: 'units', code: 'BA07', span: '2026-12', used: 2, limit: 1 }
		]);
		expect(planWarnings([visit('2027-01-01', ['BA07'], 'b')], busy)).toEqual([
			{ kind: 'outside', code: 'BA07', days: ['2027-01-01'] }
		]);
	});
});

describe('a record that is written', () => {
	const lines = [aLine({ units_month: 3, times_week: 1 })];
	const record = { id: 'now', startsAt: instantAt('2026-11-24', '09:00') };
	const write = (quantity: number, part: Partial<PlanFacts>) =>
		recordOveruse({ ...record, codes: [{ code: 'BA07', quantity }] }, aPlan(lines, part));

	test('counts with what was recorded, and not with what is only planned', () => {
		const planned = [
			visit('2026-11-25', ['BA07'], 'later'),
			visit('2026-11-26', ['BA07'], 'other')
		];
		expect(write(2, { done: [done('2026-11-09', 'BA07')], planned })).toEqual([]);
		expect(write(3, { done: [done('2026-11-09', 'BA07')], planned })).toEqual([
			{ code: 'E5202', services: ['BA07'], limit: 3, used: 4 }
		]);
		expect(write(1, { done: [done('2026-11-23', 'BA07')] })).toEqual([
			{ code: 'PLAN_TIMES_WEEK', services: ['BA07'], limit: 1, used: 2 }
		]);
	});

	test('does not count beside the record that it corrects', () => {
		expect(write(3, { done: [done('2026-11-24', 'BA07', 3, 'now')] })).toEqual([]);
	});

	test('says the month’s quota when it is gone', () => {
		const spent = done('2026-11-02', 'BA05', 29);
		const planned = [visit('2026-11-25', ['BA09'], 'later')];
		expect(write(1, { done: [spent], planned, cmsLevel: 2 })).toEqual([]);
		expect(write(2, { done: [spent], cmsLevel: 2 })).toEqual([
			{ code: 'E5203', services: [], limit: 10_020, used: 10_075 }
		]);
	});
});

describe('whatever is planned', () => {
	const CODES = ['BA01', 'BA02', 'BA07', 'BA15', 'CA07', 'AA05'];
	const FIRST = '2026-11-01';
	const aDay = fc.integer({ min: 0, max: 60 }).map((days) => addDays(FIRST, days));
	const someCodes = fc.uniqueArray(fc.constantFrom(...CODES), { minLength: 1, maxLength: 3 });
	const aCount = fc.option(fc.integer({ min: 1, max: 4 }), { nil: null });
	const aPlanLine = fc
		.record({ code: fc.constantFrom(...CODES), units_month: aCount, times_week: aCount })
		.map((part) => aLine({ ...part, valid_from: FIRST }));
	const visits = (prefix: string) =>
		fc
			.array(fc.tuple(aDay, someCodes), { maxLength: 8 })
			.map((all) => all.map(([day, codes], index) => visit(day, codes, `${prefix}${index}`)));
	const records = fc
		.array(fc.tuple(aDay, fc.constantFrom(...CODES), fc.integer({ min: 1, max: 3 })), {
			maxLength: 6
		})
		.map((all) => all.map(([day, code, count], index) => done(day, code, count, `d${index}`)));
	const somePlan = fc
		.record({
			lines: fc.array(aPlanLine, { maxLength: 4 }),
			cmsLevel: fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }),
			planned: visits('p'),
			done: records
		})
		.map((part): PlanFacts => ({ ...part, remoteArea: false }));

	test('nothing is said without a plan, nor of visits that stand already', () => {
		fc.assert(
			fc.property(somePlan, visits('w'), (facts, wanted) => {
				expect(planWarnings(wanted, { ...facts, lines: [] })).toEqual([]);
				expect(planWarnings(facts.planned, facts)).toEqual([]);
			}),
			propertyOptions(300)
		);
	});

	test('the order of visits, records and entries says nothing', () => {
		fc.assert(
			fc.property(somePlan, visits('w'), (facts, wanted) => {
				const turned = {
					...facts,
					lines: [...facts.lines].reverse(),
					planned: [...facts.planned].reverse(),
					done: [...facts.done].reverse()
				};
				const said = (all: ReturnType<typeof planWarnings>) =>
					all.map((each) => JSON.stringify(each)).sort();
				expect(said(planWarnings([...wanted].reverse(), turned))).toEqual(
					said(planWarnings(wanted, facts))
				);
			}),
			propertyOptions(300)
		);
	});

	test('what is said is what counting by hand says: over the number, and more than before', () => {
		fc.assert(
			fc.property(somePlan, visits('w'), (facts, wanted) => {
				const all = [...facts.planned, ...wanted];
				const unitsOf = (code: string, month: string, among: readonly PlannedUse[]) =>
					among.filter(
						({ starts_at, planned_codes }) =>
							taipeiDay(starts_at).startsWith(month) && planned_codes.includes(code)
					).length +
					facts.done
						.filter(({ day }) => day.startsWith(month))
						.flatMap(({ codes }) => codes)
						.filter((line) => line.code === code)
						.reduce((sum, { quantity }) => sum + quantity, 0);
				const expected = CODES.flatMap((code) => {
					const own = facts.lines.filter((line) => line.code === code);
					const limits = own.map(({ units_month }) => units_month);
					if (own.length === 0 || limits.includes(null)) return [];
					const limit = limits.reduce((sum: number, each) => sum + (each ?? 0), 0);
					return ['2026-11', '2026-12'].flatMap((span) => {
						const used = unitsOf(code, span, all);
						const isMore = used > limit && used > unitsOf(code, span, facts.planned);
						return isMore ? [{ kind: 'units', code, span, used, limit }] : [];
					});
				});
				const said = planWarnings(wanted, facts).filter(({ kind }) => kind === 'units');
				expect(new Set(said.map((each) => JSON.stringify(each)))).toEqual(
					new Set(expected.map((each) => JSON.stringify(each)))
				);
			}),
			propertyOptions(300)
		);
	});

	test('a visit is moved within its week and month without a word about amounts', () => {
		fc.assert(
			fc.property(somePlan, fc.nat(), (facts, index) => {
				const moved = facts.planned[index % Math.max(1, facts.planned.length)];
				if (!moved) return;
				const day = taipeiDay(moved.starts_at);
				const monday = startOfWeek(day);
				const others = Array.from({ length: 7 }, (_, days) => addDays(monday, days));
				const there = others.filter(
					(other) => other.slice(0, 7) === day.slice(0, 7) && other >= FIRST
				);
				for (const other of there)
					expect(planWarnings([visit(other, [...moved.planned_codes], moved.id)], facts)).toEqual(
						[]
					);
			}),
			propertyOptions(300)
		);
	});
});
