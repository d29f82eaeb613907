import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareSeverity, type Severity } from '#lib/domain/severity.ts';
import { HOME_RULES } from '#lib/domain/vital-sign-rules.ts';
import type { PersonLimits, Reading, SingleKind } from '#lib/domain/vital-sign-types.ts';
import { assessReading, checkLimits, METRICS, thresholdsFor } from '#lib/domain/vital-signs.ts';

function pressure(sys: number, dia: number): Reading {
	return { kind: 'blood_pressure', sys, dia };
}

function severityOf(reading: Reading, limits: PersonLimits = {}): Severity {
	return assessReading(reading, { limits }).severity;
}

/** Both sides of every boundary of the home rules, as the reference table gives them. */
const SINGLE: Readonly<Record<SingleKind | 'glucose', readonly (readonly [number, Severity])[]>> = {
	pulse: [
		[40, 'red'],
		[41, 'orange'],
		[49, 'orange'],
		[50, 'yellow'],
		[54, 'yellow'],
		[55, 'none'],
		[100, 'none'],
		[101, 'yellow'],
		[110, 'yellow'],
		[111, 'orange'],
		[130, 'orange'],
		[131, 'red']
	],
	temperature: [
		[35, 'red'],
		[35.1, 'yellow'],
		[35.9, 'yellow'],
		[36, 'none'],
		[37.4, 'none'],
		[37.5, 'yellow'],
		[37.9, 'yellow'],
		[38, 'orange'],
		[39, 'orange'],
		[39.1, 'red']
	],
	respiration: [
		[8, 'red'],
		[9, 'yellow'],
		[11, 'yellow'],
		[12, 'none'],
		[20, 'none'],
		[21, 'orange'],
		[24, 'orange'],
		[25, 'red']
	],
	spo2: [
		[91, 'red'],
		[92, 'orange'],
		[93, 'orange'],
		[94, 'yellow'],
		[95, 'yellow'],
		[96, 'none'],
		[100, 'none']
	],
	glucose: [
		[53, 'red'],
		[54, 'orange'],
		[69, 'orange'],
		[70, 'none'],
		[249, 'none'],
		[250, 'yellow'],
		[299, 'yellow'],
		[300, 'orange'],
		[399, 'orange'],
		[400, 'red']
	],
	pain: [
		[0, 'none'],
		[3, 'none'],
		[4, 'yellow'],
		[6, 'yellow'],
		[7, 'orange'],
		[10, 'orange']
	],
	weight: [
		[30, 'none'],
		[150, 'none']
	]
};

const SYSTOLIC: readonly (readonly [number, Severity])[] = [
	[89, 'red'],
	[90, 'orange'],
	[99, 'orange'],
	[100, 'none'],
	[139, 'none'],
	[140, 'yellow'],
	[159, 'yellow'],
	[160, 'orange'],
	[179, 'orange'],
	[180, 'red']
];

const DIASTOLIC: readonly (readonly [number, Severity])[] = [
	[49, 'red'],
	[50, 'none'],
	[89, 'none'],
	[90, 'yellow'],
	[99, 'yellow'],
	[100, 'orange'],
	[119, 'orange'],
	[120, 'red']
];

describe('home rules', () => {
	for (const [kind, cases] of Object.entries(SINGLE)) {
		test.each(cases)(`${kind} %d is %s`, (value, severity) => {
			// The keys of SINGLE are kinds of one number.
			expect(severityOf({ kind: kind as SingleKind, value })).toBe(severity);
		});
	}

	test.each(SYSTOLIC)('systolic %d with a good diastolic is %s', (sys, severity) => {
		expect(severityOf(pressure(sys, 70))).toBe(severity);
	});

	test.each(DIASTOLIC)('diastolic %d with a good systolic is %s', (dia, severity) => {
		expect(severityOf(pressure(130, dia))).toBe(severity);
	});

	test('a blood pressure is as severe as the worse of both numbers, and says which', () => {
		expect(assessReading(pressure(165, 121))).toMatchObject({
			severity: 'red',
			rule: 'dbp_high',
			threshold: 120
		});
		expect(assessReading(pressure(165, 92)).findings.map((finding) => finding.rule)).toEqual([
			'sbp_high',
			'dbp_high'
		]);
	});

	test('a glucose meter that shows HI or LO is red', () => {
		expect(assessReading({ kind: 'glucose', value: 'HI' })).toMatchObject({
			severity: 'red',
			rule: 'glucose_meter_high',
			threshold: null
		});
		expect(severityOf({ kind: 'glucose', value: 'LO' })).toBe('red');
		const relaxed: PersonLimits = { glucose: { high: { red: null }, low: { red: null } } };
		expect(severityOf({ kind: 'glucose', value: 'HI' }, relaxed)).toBe('red');
	});

	test('with COPD only an oxygen saturation below 88 alarms', () => {
		expect(severityOf({ kind: 'spo2', value: 87 }, { copd: true })).toBe('red');
		expect(severityOf({ kind: 'spo2', value: 88 }, { copd: true })).toBe('none');
		expect(severityOf({ kind: 'spo2', value: 92 }, { copd: true })).toBe('none');
	});

	test('what is not a number is unreadable, never silently fine', () => {
		expect(assessReading(pressure(Number.NaN, 80))).toMatchObject({
			severity: 'none',
			rule: 'unreadable'
		});
		expect(assessReading({ kind: 'pulse', value: Number.POSITIVE_INFINITY }).rule).toBe(
			'unreadable'
		);
	});

	test('every rule names its source and waits for a clinician', () => {
		expect(HOME_RULES.status).toBe('to_be_confirmed_by_clinician');
		expect(HOME_RULES.effectiveFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/);
		expect(HOME_RULES.source).not.toBe('');
	});
});

describe("a person's own limits", () => {
	test('an own level goes before the home rule and is told as personal', () => {
		const limits: PersonLimits = { sbp: { high: { yellow: 150 } } };
		expect(severityOf(pressure(145, 80), limits)).toBe('none');
		expect(assessReading(pressure(150, 80), { limits }).findings[0]).toMatchObject({
			severity: 'yellow',
			threshold: 150,
			personal: true
		});
		expect(assessReading(pressure(160, 80), { limits }).findings[0]).toMatchObject({
			severity: 'orange',
			personal: false
		});
	});

	test('null switches a level off and leaves the others', () => {
		const limits: PersonLimits = { pulse: { low: { yellow: null, orange: null } } };
		expect(severityOf({ kind: 'pulse', value: 45 }, limits)).toBe('none');
		expect(severityOf({ kind: 'pulse', value: 40 }, limits)).toBe('red');
		expect(severityOf({ kind: 'pulse', value: 120 }, limits)).toBe('orange');
	});

	test('a stricter red covers the home levels above it', () => {
		const limits: PersonLimits = { sbp: { high: { red: 150 } } };
		expect(thresholdsFor('sbp', limits).high).toEqual({ red: 150, yellow: 140 });
		expect(severityOf(pressure(150, 80), limits)).toBe('red');
		expect(checkLimits(limits)).toEqual([]);
	});

	test('weight may have limits of its own though the home rule has none', () => {
		const limits: PersonLimits = { weight: { high: { orange: 62 } } };
		expect(severityOf({ kind: 'weight', value: 62 }, limits)).toBe('orange');
	});

	test('levels that contradict each other are found', () => {
		expect(checkLimits({ sbp: { high: { orange: 190 } } })).toEqual([
			{ code: 'out_of_order', metric: 'sbp', side: 'high' }
		]);
		expect(checkLimits({ pulse: { low: { orange: 30 } } })).toEqual([
			{ code: 'out_of_order', metric: 'pulse', side: 'low' }
		]);
		expect(checkLimits({ glucose: { low: { orange: 260 } } })).toEqual([
			{ code: 'sides_cross', metric: 'glucose' }
		]);
		expect(checkLimits({ copd: true })).toEqual([]);
	});
});

describe('properties', () => {
	const metric = fc.constantFrom(...METRICS.filter((each) => each !== 'sbp' && each !== 'dbp'));

	test('moving away from the middle never makes a reading milder', () => {
		const middles: Readonly<Record<string, number>> = {
			pulse: 75,
			temperature: 36.6,
			respiration: 16,
			spo2: 98,
			glucose: 110,
			weight: 60,
			pain: 0
		};
		fc.assert(
			fc.property(metric, fc.integer(), fc.nat(1000), fc.nat(1000), (kind, side, near, more) => {
				const direction = side < 0 ? -1 : 1;
				const middle = middles[kind] ?? 0;
				const at = (distance: number): Severity =>
					severityOf({ kind: kind as SingleKind, value: middle + (direction * distance) / 10 });
				expect(compareSeverity(at(near + more), at(near))).toBeGreaterThanOrEqual(0);
			})
		);
	});

	test('the finding that is told is true: the value lies beyond the threshold that it names', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 20, max: 300 }),
				fc.integer({ min: 10, max: 200 }),
				(sys, dia) => {
					for (const { rule, threshold } of assessReading(pressure(sys, dia)).findings) {
						const value = rule.startsWith('sbp') ? sys : dia;
						if (rule.endsWith('_high')) expect(value).toBeGreaterThanOrEqual(threshold ?? NaN);
						else expect(value).toBeLessThan(threshold ?? NaN);
					}
				}
			)
		);
	});

	test('assessing never throws, whatever was stored', () => {
		fc.assert(
			fc.property(metric, fc.double(), fc.object(), (kind, value, limits) => {
				expect(() => assessReading({ kind: kind as SingleKind, value }, { limits })).not.toThrow();
			})
		);
	});
});
