import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backAt, isAwayBetween, type AbsenceSpan } from '#lib/domain/absences.ts';
import {
	clashesOf,
	MINUTES_TO_ANOTHER_VILLAGE,
	type Clash,
	type ClashGround,
	type KnownVisit
} from '#lib/domain/clashes.ts';
import { propertyOptions } from '../../fixtures/property.ts';

const NINE = Date.parse('2026-11-23T01:00:00.000Z');
const at = (minutes: number) => new Date(NINE + minutes * 60_000).toISOString();

/** From nine in the morning in Taipei, an hour of daily care of A by the worker. */
function aVisit(part: Partial<KnownVisit> = {}): KnownVisit {
	return {
		id: 'wanted',
		case_id: 'A',
		worker_id: 'worker',
		starts_at: at(0),
		ends_at: at(60),
		planned_codes: ['BA02'],
		status: 'planned',
		deleted_at: null,
		...part
	};
}
function anAbsence(part: Partial<AbsenceSpan> = {}): AbsenceSpan {
	return {
		user_id: 'worker',
		starts_at: at(-60),
		ends_at: at(600),
		ended_at: null,
		deleted_at: null,
		...part
	};
}
const VILLAGES = new Map<string, string | null>([
	['A', '上村'],
	['B', '下村'],
	['C', '上村'],
	['nowhere', null]
]);
const ground = (
	visits: readonly KnownVisit[],
	absences: readonly AbsenceSpan[] = []
): ClashGround<KnownVisit, AbsenceSpan> => ({ visits, absences, villages: VILLAGES });
const kindsWith = (other: Partial<KnownVisit>, wanted: Partial<KnownVisit> = {}): Clash['kind'][] =>
	clashesOf(aVisit(wanted), ground([aVisit({ id: 'other', ...other })])).map(({ kind }) => kind);

describe('the same worker', () => {
	test('is in one place at a time; visits that touch do not overlap', () => {
		expect(kindsWith({ case_id: 'C', starts_at: at(59), ends_at: at(90) })).toEqual([
			'same_worker'
		]);
		expect(kindsWith({ case_id: 'C', starts_at: at(60), ends_at: at(90) })).toEqual([]);
		expect(kindsWith({ case_id: 'C', worker_id: 'another' })).toEqual([]);
	});

	test('nobody yet is no worker: two visits without one are not the same worker’s', () => {
		expect(kindsWith({ case_id: 'C', worker_id: null }, { worker_id: null })).toEqual([]);
	});

	test.each(['cancelled', 'missed'] as const)('is free of a visit that was %s', (status) => {
		expect(kindsWith({ status })).toEqual([]);
	});

	test.each(['planned', 'checked_in', 'done', 'no_answer'] as const)(
		'is busy with a visit that is %s',
		(status) => {
			expect(kindsWith({ status })).toEqual(['same_worker']);
		}
	);

	test('is free of a visit that was taken away', () => {
		expect(kindsWith({ deleted_at: at(0) })).toEqual([]);
	});
});

describe('the journey', () => {
	const soon = { starts_at: at(60 + MINUTES_TO_ANOTHER_VILLAGE - 1), ends_at: at(200) };
	const inTime = { starts_at: at(60 + MINUTES_TO_ANOTHER_VILLAGE), ends_at: at(200) };

	test('to another village takes time, before as after', () => {
		expect(clashesOf(aVisit(), ground([aVisit({ id: 'o', case_id: 'B', ...soon })]))).toEqual([
			{
				kind: 'travel',
				visit: aVisit({ id: 'o', case_id: 'B', ...soon }),
				gapMinutes: MINUTES_TO_ANOTHER_VILLAGE - 1,
				neededMinutes: MINUTES_TO_ANOTHER_VILLAGE
			}
		]);
		expect(kindsWith({ case_id: 'B', starts_at: at(-60), ends_at: at(-5) })).toEqual(['travel']);
		expect(kindsWith({ case_id: 'B', ...inTime })).toEqual([]);
	});

	test('within a village, or to where no village is known, nothing is assumed', () => {
		expect(kindsWith({ case_id: 'C', ...soon })).toEqual([]);
		expect(kindsWith({ case_id: 'nowhere', ...soon })).toEqual([]);
		expect(kindsWith({ case_id: 'unheard of', ...soon })).toEqual([]);
	});

	test('is made by one person: another worker needs none', () => {
		expect(kindsWith({ case_id: 'B', worker_id: 'another', ...soon })).toEqual([]);
	});
});

describe('two workers with one person at once (E5012)', () => {
	const another = { worker_id: 'another' };

	test('is told for services that only one may give', () => {
		expect(kindsWith(another)).toEqual(['two_workers']);
		expect(kindsWith({ worker_id: null })).toEqual(['two_workers']);
	});

	test.each([['BA05'], ['BA05-1'], ['BA09'], ['BA09a'], ['BA12'], ['BA16-2']])(
		'%s allows a second one',
		(code) => {
			expect(kindsWith({ ...another, planned_codes: [code] })).toEqual([]);
			expect(kindsWith(another, { planned_codes: [code] })).toEqual([]);
		}
	);

	test('a professional, an add-on, or a visit without services is not told of', () => {
		for (const codes of [['CD02'], ['AA03'], []])
			expect(kindsWith({ ...another, planned_codes: codes }), codes.join()).toEqual([]);
	});

	test('one after the other is not at once', () => {
		expect(kindsWith({ ...another, starts_at: at(60), ends_at: at(90) })).toEqual([]);
	});
});

describe('absences', () => {
	const away = (absence: Partial<AbsenceSpan>) =>
		clashesOf(aVisit(), ground([], [anAbsence(absence)])).map(({ kind }) => kind);

	test('of the worker clash with what they cover, and with nothing else', () => {
		expect(away({})).toEqual(['away']);
		expect(away({ user_id: 'another' })).toEqual([]);
		expect(away({ ends_at: at(0) })).toEqual([]);
		expect(away({ starts_at: at(60) })).toEqual([]);
		expect(away({ deleted_at: at(0) })).toEqual([]);
	});

	test('that were ended cover what was before', () => {
		expect(away({ ended_at: at(30) })).toEqual(['away']);
		expect(away({ ended_at: at(0) })).toEqual([]);
		expect(away({ ended_at: at(-120) }), 'taken back before it began').toEqual([]);
		expect(backAt(anAbsence({ ended_at: at(700) })), 'ended after its end').toBe(at(600));
	});
});

const minute = fc.integer({ min: -600, max: 600 });
const visit: fc.Arbitrary<KnownVisit> = fc
	.record({
		id: fc.uuid(),
		case_id: fc.constantFrom('A', 'B', 'C', 'nowhere'),
		worker_id: fc.constantFrom('worker', 'another', null),
		start: minute,
		length: fc.integer({ min: 1, max: 240 }),
		planned_codes: fc.subarray(['BA02', 'BA05', 'BA12', 'CD02', 'GA09', 'AA03']),
		status: fc.constantFrom('planned', 'checked_in', 'done', 'no_answer', 'missed', 'cancelled'),
		deleted_at: fc.option(fc.constant(at(0)), { freq: 5 })
	})
	.map(({ start, length, ...rest }) => ({
		...rest,
		starts_at: at(start),
		ends_at: at(start + length)
	}));
const absence: fc.Arbitrary<AbsenceSpan> = fc
	.record({
		user_id: fc.constantFrom('worker', 'another'),
		start: minute,
		length: fc.integer({ min: 1, max: 900 }),
		ended: fc.option(minute)
	})
	.map(({ user_id, start, length, ended }) => ({
		user_id,
		starts_at: at(start),
		ends_at: at(start + length),
		ended_at: ended === null ? null : at(ended),
		deleted_at: null
	}));
const counted = visit.map((one) => ({ ...one, status: 'planned' as const, deleted_at: null }));
const counts = ({ status, deleted_at }: KnownVisit) =>
	deleted_at === null && status !== 'cancelled' && status !== 'missed';
const overlap = (a: KnownVisit, b: KnownVisit) =>
	a.starts_at < b.ends_at && b.starts_at < a.ends_at;

describe('whatever the visits and absences', () => {
	const options = propertyOptions(300);
	const check = (name: string, property: fc.IRawProperty<unknown>) =>
		test(name, () => fc.assert(property, options));

	check(
		'a visit never clashes with itself',
		fc.property(visit, (one) => {
			expect(clashesOf(one, ground([one]))).toEqual([]);
		})
	);

	check(
		'two visits that both count clash in the same way whichever of them is wanted',
		fc.property(counted, counted, (a, b) => {
			const kinds = (wanted: KnownVisit, other: KnownVisit) =>
				clashesOf(wanted, ground([other])).map((clash) => ({ ...clash, visit: null }));
			expect(kinds(a, b)).toEqual(kinds(b, a));
		})
	);

	check(
		'later or earlier by the same time, all clashes are the same',
		fc.property(
			visit,
			fc.array(visit),
			fc.array(absence),
			fc.integer({ min: -100_000, max: 100_000 }),
			(wanted, others, absences, minutes) => {
				const later = (instant: string) =>
					new Date(Date.parse(instant) + minutes * 60_000).toISOString();
				const moved = <Span extends { starts_at: string; ends_at: string }>(span: Span) => ({
					...span,
					starts_at: later(span.starts_at),
					ends_at: later(span.ends_at)
				});
				const movedAbsence = (row: AbsenceSpan) => ({
					...moved(row),
					ended_at: row.ended_at === null ? null : later(row.ended_at)
				});
				const told = (clashes: readonly Clash[]) =>
					clashes.map((clash) =>
						clash.kind === 'away' ? clash.kind : { ...clash, visit: clash.visit.id }
					);
				expect(
					told(clashesOf(moved(wanted), ground(others.map(moved), absences.map(movedAbsence))))
				).toEqual(told(clashesOf(wanted, ground(others, absences))));
			}
		)
	);

	check(
		'only visits that overlap are the same worker’s or two workers’, only visits apart are a journey',
		fc.property(visit, fc.array(visit), (wanted, others) => {
			for (const clash of clashesOf(wanted, ground(others)))
				if (clash.kind !== 'away')
					expect(overlap(wanted, clash.visit)).toBe(clash.kind !== 'travel');
		})
	);

	check(
		'the same worker’s visits that overlap are always told, and what does not count never is',
		fc.property(visit, fc.array(visit), (wanted, others) => {
			const told = clashesOf(wanted, ground(others)).flatMap((clash) =>
				clash.kind === 'same_worker' ? [clash.visit] : []
			);
			expect(told).toEqual(
				others.filter(
					(other) =>
						counts(other) &&
						other.id !== wanted.id &&
						wanted.worker_id !== null &&
						other.worker_id === wanted.worker_id &&
						overlap(wanted, other)
				)
			);
		})
	);

	check(
		'more known visits and absences never make fewer clashes',
		fc.property(
			visit,
			fc.array(visit),
			fc.array(visit),
			fc.array(absence),
			(wanted, some, more, absences) => {
				const few = clashesOf(wanted, ground(some, absences));
				expect(clashesOf(wanted, ground([...some, ...more], absences))).toEqual(
					expect.arrayContaining(few)
				);
			}
		)
	);

	check(
		'an absence is felt in a time exactly when it is felt in one of its halves',
		fc.property(absence, minute, fc.integer({ min: 2, max: 400 }), (row, start, length) => {
			const middle = start + Math.floor(length / 2);
			const away = (from: number, until: number) => isAwayBetween(row, at(from), at(until));
			expect(away(start, start + length)).toBe(away(start, middle) || away(middle, start + length));
		})
	);
});
