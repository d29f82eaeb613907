import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkEntry, columnsToReading, readingToColumns } from '#lib/domain/vital-sign-entry.ts';
import { HOME_RULES } from '#lib/domain/vital-sign-rules.ts';
import type { Reading, SingleKind } from '#lib/domain/vital-sign-types.ts';

const SINGLE_KINDS: readonly (SingleKind | 'glucose')[] = [
	'pulse',
	'temperature',
	'respiration',
	'spo2',
	'glucose',
	'weight',
	'pain'
];

function pressure(sys: number, dia: number): Reading {
	return { kind: 'blood_pressure', sys, dia };
}

describe('entry limits', () => {
	test.each(SINGLE_KINDS)('%s: the bounds are accepted, one step beyond is rejected', (kind) => {
		const { reject, step } = HOME_RULES.metrics[kind].entry;
		expect(checkEntry({ kind, value: reject[0] }).verdict).not.toBe('reject');
		expect(checkEntry({ kind, value: reject[1] }).verdict).not.toBe('reject');
		expect(checkEntry({ kind, value: reject[0] - step })).toMatchObject({
			verdict: 'reject',
			problems: [{ code: 'too_low', limit: reject[0] }]
		});
		expect(checkEntry({ kind, value: reject[1] + step })).toMatchObject({
			verdict: 'reject',
			problems: [{ code: 'too_high', limit: reject[1] }]
		});
	});

	test.each([
		[49, 'reject'],
		[50, 'unlikely'],
		[69, 'unlikely'],
		[70, 'ok'],
		[230, 'ok'],
		[231, 'unlikely'],
		[280, 'unlikely'],
		[281, 'reject']
	])('systolic %d is %s', (sys, verdict) => {
		expect(checkEntry(pressure(sys, 45)).verdict).toBe(verdict);
	});

	test('a diastolic that is not below the systolic is rejected', () => {
		expect(checkEntry(pressure(80, 80))).toMatchObject({
			verdict: 'reject',
			problems: [{ metric: 'dbp', code: 'dia_not_below_sys', limit: 80 }]
		});
		expect(checkEntry(pressure(80, 79)).verdict).toBe('ok');
		expect(checkEntry(pressure(80, 120)).verdict).toBe('reject');
	});

	test('an unlikely value is asked for again, not refused', () => {
		expect(checkEntry({ kind: 'temperature', value: 41.1 })).toMatchObject({
			verdict: 'unlikely',
			problems: [{ code: 'unlikely_high' }]
		});
		expect(checkEntry({ kind: 'spo2', value: 74 }).verdict).toBe('unlikely');
	});

	test('a weight more than 15 % from the last is asked for again, 15 % is not', () => {
		expect(checkEntry({ kind: 'weight', value: 51 }, 60).verdict).toBe('ok');
		expect(checkEntry({ kind: 'weight', value: 69 }, 60).verdict).toBe('ok');
		expect(checkEntry({ kind: 'weight', value: 50.9 }, 60)).toMatchObject({
			verdict: 'unlikely',
			problems: [{ code: 'far_from_last', limit: 15 }]
		});
		expect(checkEntry({ kind: 'weight', value: 69.1 }, 60).verdict).toBe('unlikely');
		expect(checkEntry({ kind: 'weight', value: 69.1 }, null).verdict).toBe('ok');
	});

	test('what is counted in whole numbers takes no fraction, temperature and weight do', () => {
		expect(checkEntry({ kind: 'pulse', value: 72.5 }).problems[0]?.code).toBe('not_whole');
		expect(checkEntry({ kind: 'temperature', value: 36.6 }).verdict).toBe('ok');
		expect(checkEntry({ kind: 'weight', value: 54.3 }).verdict).toBe('ok');
	});

	test('no number at all is rejected once', () => {
		expect(checkEntry(pressure(Number.NaN, 80)).problems).toEqual([
			{ metric: 'sbp', code: 'not_a_number', limit: null }
		]);
		expect(checkEntry({ kind: 'pulse', value: Number.POSITIVE_INFINITY }).verdict).toBe('reject');
	});

	test('HI and LO of a glucose meter are accepted', () => {
		expect(checkEntry({ kind: 'glucose', value: 'HI' }).verdict).toBe('ok');
		expect(checkEntry({ kind: 'glucose', value: 'LO' }).verdict).toBe('ok');
	});
});

describe('columns', () => {
	const reading: fc.Arbitrary<Reading> = fc.oneof(
		fc.record({ kind: fc.constant('blood_pressure' as const), sys: fc.nat(), dia: fc.nat() }),
		fc.record({
			kind: fc.constant('glucose' as const),
			value: fc.oneof(fc.nat(), fc.constantFrom('HI' as const, 'LO' as const))
		}),
		fc.record({
			kind: fc.constantFrom<SingleKind>(
				'pulse',
				'temperature',
				'respiration',
				'spo2',
				'weight',
				'pain'
			),
			value: fc.nat()
		})
	);

	test('a reading comes back from its columns as it was', () => {
		fc.assert(
			fc.property(reading, (each) => {
				expect(columnsToReading(readingToColumns(each))).toEqual(each);
			})
		);
	});

	test('a kind of a newer release and half a blood pressure are no reading', () => {
		expect(columnsToReading({ kind: 'lactate', value: 3 })).toBeNull();
		expect(columnsToReading({ kind: 'blood_pressure', value: 120, value2: null })).toBeNull();
	});
});
