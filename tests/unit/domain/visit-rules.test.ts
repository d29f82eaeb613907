import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SERVICE_CODES } from '#lib/domain/service-codes.ts';
import { priceSnapshot, snapshotTotal } from '#lib/domain/visit-prices.ts';
import { visitWarnings } from '#lib/domain/visit-rules.ts';
import { baseCode, type VisitForRules } from '#lib/domain/visit-warnings.ts';

/** A good visit of two hours on a Monday morning; each test spoils one thing. */
function aVisit(
	codes: readonly (string | readonly [string, number])[],
	change: Partial<VisitForRules> = {}
): VisitForRules {
	return {
		startsAt: '2026-11-23T01:00:00Z',
		endsAt: '2026-11-23T03:00:00Z',
		isOver: false,
		codes: codes.map((each) =>
			typeof each === 'string' ? { code: each, quantity: 1 } : { code: each[0], quantity: each[1] }
		),
		plannedCodes: [],
		approvedCodes: null,
		performerRole: 'worker',
		caseStatus: 'active',
		cmsLevel: 8,
		earlier: [],
		...change
	};
}

function warned(visit: VisitForRules): string[] {
	return visitWarnings(visit).map((warning) => warning.code);
}

describe('one visit', () => {
	test('a good visit has no warning', () => {
		expect(warned(aVisit(['BA01', ['BA02', 4], 'BA03', 'BA04', ['BA15', 2]]))).toEqual([]);
		expect(warned(aVisit([]))).toEqual([]);
	});

	test('E5007: a BA record of three hours is fine, of a minute more is not', () => {
		expect(warned(aVisit(['BA05'], { endsAt: '2026-11-23T04:00:00Z' }))).toEqual([]);
		expect(visitWarnings(aVisit(['BA05', 'AA05'], { endsAt: '2026-11-23T04:01:00Z' }))).toEqual([
			{ code: 'E5007', services: ['BA05'], limit: 180 }
		]);
		expect(warned(aVisit(['GA09'], { endsAt: '2026-11-23T09:00:00Z' }))).toEqual([]);
	});

	test('E5009: the same code twice', () => {
		expect(visitWarnings(aVisit(['BA01', 'BA04', 'BA01', 'BA01']))).toEqual([
			{ code: 'E5009', services: ['BA01'], limit: 1 }
		]);
	});

	test('BA01, BA07 and BA23 exclude one another, and so do BA02, BA18 and BA20', () => {
		expect(visitWarnings(aVisit(['BA23', 'BA01']))).toEqual([
			{ code: 'EXCLUSIVE_WASH', services: ['BA01', 'BA23'], limit: null }
		]);
		expect(visitWarnings(aVisit(['BA20', 'BA02', 'BA18']))).toEqual([
			{ code: 'EXCLUSIVE_PRESENCE', services: ['BA02', 'BA18', 'BA20'], limit: null }
		]);
		expect(warned(aVisit(['BA07', 'BA02']))).toEqual([]);
	});

	test('E5010, E5013, E5014: families of codes do not mix, with their exceptions', () => {
		expect(warned(aVisit(['BA01', 'CB01']))).toEqual(['E5010']);
		expect(warned(aVisit(['BA01', 'DA01']))).toEqual(['E5013']);
		expect(warned(aVisit(['BA14', 'DA01']))).toEqual([]);
		expect(warned(aVisit(['BA01', 'GA09']))).toEqual(['E5014']);
		expect(warned(aVisit(['BA14', 'GA09']))).toEqual([]);
		expect(warned(aVisit(['BA14', 'GA03']))).toEqual(['E5014']);
		expect(warned(aVisit(['BA01', 'DA01', 'CB01']))).toEqual(['E5013', 'E5010']);
		expect(warned(aVisit(['AA05', 'BA01']))).toEqual([]);
	});

	test('E5028: C codes and BA22 are counted once; BA22 stands alone', () => {
		expect(warned(aVisit([['CB01', 2]]))).toEqual(['E5028']);
		expect(warned(aVisit([['BA22', 2]]))).toEqual(['E5028']);
		expect(warned(aVisit(['BA22', 'BA01']))).toEqual(['BA22_ALONE']);
		expect(warned(aVisit(['BA22', 'AA05']))).toEqual([]);
	});

	test('E5019, E5030: nothing is claimed for a closed or suspended case', () => {
		expect(warned(aVisit(['BA01'], { caseStatus: 'closed' }))).toEqual(['E5019']);
		expect(warned(aVisit(['BA01'], { caseStatus: 'suspended' }))).toEqual(['E5030']);
		expect(warned(aVisit([], { caseStatus: 'closed' }))).toEqual([]);
	});

	test('EBA09A1: the second bath van needs a nurse', () => {
		expect(warned(aVisit(['BA09a']))).toEqual(['EBA09A1']);
		expect(warned(aVisit(['BA09a'], { performerRole: 'nurse' }))).toEqual([]);
	});

	test('levels: bath van from 5, rides from 4, nothing but A codes for level 1', () => {
		expect(visitWarnings(aVisit(['BA09'], { cmsLevel: 4 }))).toEqual([
			{ code: 'CMS_LEVEL_MIN', services: ['BA09'], limit: 5 }
		]);
		expect(warned(aVisit(['BA09'], { cmsLevel: 5 }))).toEqual([]);
		expect(warned(aVisit(['DA01'], { cmsLevel: 3 }))).toEqual(['CMS_LEVEL_MIN']);
		expect(warned(aVisit(['DA01'], { cmsLevel: 4 }))).toEqual([]);
		expect(warned(aVisit(['BA01', 'AA05'], { cmsLevel: 1 }))).toEqual(['CMS_LEVEL_MIN']);
		expect(warned(aVisit(['BA01'], { cmsLevel: null }))).toEqual([]);
	});

	test('a day-care code belongs to one level', () => {
		expect(warned(aVisit(['BB13']))).toEqual([]);
		expect(visitWarnings(aVisit(['BB11']))).toEqual([
			{ code: 'CMS_LEVEL_CODE', services: ['BB11'], limit: 7 }
		]);
		expect(warned(aVisit(['BC02'], { cmsLevel: 2 }))).toEqual([]);
	});

	test('evening and night add-ons belong to their hours; evening and holiday exclude one another', () => {
		const evening = { startsAt: '2026-11-23T11:30:00Z', endsAt: '2026-11-23T12:30:00Z' };
		const afternoon = { startsAt: '2026-11-23T11:00:00Z', endsAt: '2026-11-23T12:00:00Z' };
		const overnight = { startsAt: '2026-11-23T15:30:00Z', endsAt: '2026-11-23T16:30:00Z' };
		expect(warned(aVisit(['AA08', 'BA01'], evening))).toEqual([]);
		expect(warned(aVisit(['AA08', 'BA01'], afternoon))).toEqual(['TIME_OF_DAY']);
		expect(warned(aVisit(['AA10', 'BA24'], overnight))).toEqual([]);
		expect(warned(aVisit(['AA10', 'BA24'], evening))).toEqual(['TIME_OF_DAY']);
		expect(warned(aVisit(['AA08', 'AA09', 'BA01'], evening))).toEqual(['AA08_WITH_AA09']);
	});

	test('quantities count the other visits of the day and of the week from Monday', () => {
		expect(warned(aVisit([['BA02', 6]]))).toEqual([]);
		expect(warned(aVisit([['BA02', 7]]))).toEqual(['QUANTITY_DAY']);
		const sameDay = [{ code: 'BA02', quantity: 4, day: '2026-11-23' }];
		expect(warned(aVisit([['BA02', 3]], { earlier: sameDay }))).toEqual(['QUANTITY_DAY']);
		const sunday = [{ code: 'BA17e', quantity: 1, day: '2026-11-22' }];
		expect(warned(aVisit(['BA17e'], { earlier: sunday }))).toEqual([]);
		const tuesday = [{ code: 'BA17e', quantity: 1, day: '2026-11-24' }];
		expect(visitWarnings(aVisit(['BA17e'], { earlier: tuesday }))).toEqual([
			{ code: 'QUANTITY_WEEK', services: ['BA17e'], limit: 1 }
		]);
	});

	test('quantities are whole and at least one; unknown codes are told', () => {
		expect(warned(aVisit([['BA01', 0]]))).toEqual(['QUANTITY_INVALID']);
		expect(warned(aVisit([['BA01', 1.5]]))).toEqual(['QUANTITY_INVALID']);
		expect(warned(aVisit(['BA99']))).toContain('UNKNOWN_CODE');
	});

	test('codes outside the plan: some may be given first and are told at once', () => {
		const plannedCodes = ['BA02', 'BA15-1'];
		expect(warned(aVisit(['BA02', 'BA15', 'AA05'], { plannedCodes }))).toEqual([]);
		expect(warned(aVisit(['BA02', 'BA24'], { plannedCodes }))).toEqual(['UNPLANNED_TELL_MANAGER']);
		expect(warned(aVisit(['BA02', 'BA10'], { plannedCodes }))).toEqual(['UNPLANNED']);
	});

	test('codes outside the approved plan: it counts before what the visit was planned with, also when all of it has run out', () => {
		const plannedCodes = ['BA02', 'BA10'];
		const approved = (codes: string[], approvedCodes: string[]) =>
			warned(aVisit(codes, { plannedCodes, approvedCodes }));
		expect(approved(['BA02', 'BA15-1', 'AA05'], ['BA02', 'BA15'])).toEqual([]);
		expect(approved(['BA10'], ['BA02'])).toEqual(['OUTSIDE_PLAN']);
		expect(approved(['BA24'], ['BA02'])).toEqual(['OUTSIDE_PLAN_TELL_MANAGER']);
		expect(approved(['BA02'], [])).toEqual(['OUTSIDE_PLAN']);
	});

	test('the payment system’s sub-codes count as their code', () => {
		expect(baseCode('BA15-2')).toBe('BA15');
		expect(baseCode('BA17d1')).toBe('BA17d1');
		expect(warned(aVisit(['BA15-1', 'BA15-2']))).toEqual([]);
	});

	test('no mixture of codes throws, and each warning names codes of the visit', () => {
		const code = fc.constantFrom(...SERVICE_CODES.map((row) => row.code), 'BA15-1', 'X', '');
		const line = fc.record({ code, quantity: fc.oneof(fc.nat(9), fc.double()) });
		fc.assert(
			fc.property(
				fc.array(line, { maxLength: 12 }),
				fc.option(fc.integer({ min: 1, max: 8 })),
				(codes, cmsLevel) => {
					const visit = aVisit([], { codes, cmsLevel });
					const given = new Set(codes.flatMap((each) => [each.code, baseCode(each.code)]));
					for (const warning of visitWarnings(visit)) {
						expect(warning.services.length).toBeGreaterThan(0);
						expect(warning.services.every((service) => given.has(service))).toBe(true);
					}
				}
			)
		);
	});
});

describe('prices', () => {
	test('a snapshot keeps the price of the day, a remote area has its own', () => {
		const codes = [
			{ code: 'BA01', quantity: 1 },
			{ code: 'BA02', quantity: 3 }
		];
		expect(priceSnapshot(codes, '2026-11-22', false)).toEqual([
			{ code: 'BA01', quantity: 1, unit: 'time', price_ntd: 260 },
			{ code: 'BA02', quantity: 3, unit: 'half_hour', price_ntd: 195 }
		]);
		expect(priceSnapshot(codes, '2026-11-22', true).map((line) => line.price_ntd)).toEqual([
			310, 235
		]);
	});

	test('the same code before and after a change of price', () => {
		const ride = [{ code: 'BD03', quantity: 2 }];
		expect(snapshotTotal(priceSnapshot(ride, '2025-08-31', false))).toEqual({
			ntd: 200,
			complete: true
		});
		expect(snapshotTotal(priceSnapshot(ride, '2025-09-01', false))).toEqual({
			ntd: 230,
			complete: true
		});
	});

	test('a price that nobody knows is left open and the sum says so', () => {
		const codes = [
			{ code: 'DA01', quantity: 1 },
			{ code: 'BA01', quantity: 1 }
		];
		expect(snapshotTotal(priceSnapshot(codes, '2026-11-22', false))).toEqual({
			ntd: 260,
			complete: false
		});
		expect(
			priceSnapshot([{ code: 'BA99', quantity: 1 }], '2026-11-22', false)[0]?.price_ntd
		).toBeNull();
	});
});
