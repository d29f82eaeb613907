import { describe, expect, test } from 'vitest';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { MeasurementRow } from '#lib/domain/rows.ts';
import {
	incidentOf,
	NO_VITALS,
	previousOf,
	readTakes,
	readVitals,
	typedOf,
	withTyped,
	type Take
} from '#lib/features/visits/vitals-form.ts';

const CONTEXT = { limits: {}, earlier: [], takes: [], takenAt: '2026-11-22T02:00:00.000Z' };
const read = (typed: Partial<typeof NO_VITALS>, limits = {}) =>
	readVitals({ ...NO_VITALS, ...typed }, { ...CONTEXT, limits });

describe('vital signs as they are typed', () => {
	test('empty fields are not readings', () => {
		expect(read({})).toEqual({ readings: [], incompletePressure: false });
	});

	test('a blood pressure needs both numbers', () => {
		expect(read({ sys: '128' })).toMatchObject({ readings: [], incompletePressure: true });
		expect(read({ dia: '70' }).incompletePressure).toBe(true);
		expect(read({ sys: '128', dia: '70' }).incompletePressure).toBe(false);
	});

	test('a red pressure is red at once', () => {
		const [pressure] = read({ sys: '185', dia: '95' }).readings;
		expect(pressure?.assessment.severity).toBe('red');
		expect(pressure?.check.verdict).toBe('ok');
	});

	test("this person's own limits go before the home rules", () => {
		const typed = { sys: '162', dia: '80' };
		expect(read(typed).readings[0]?.assessment.severity).toBe('orange');
		const wider = { sbp: { high: { yellow: 150, orange: 170, red: 190 } } };
		expect(read(typed, wider).readings[0]?.assessment.severity).toBe('yellow');
	});

	test.each(['abc', '12a', '-5', '1e3', '12.'])(
		'%s is refused as no number, not dropped',
		(text) => {
			expect(read({ pulse: text }).readings[0]?.check.verdict).toBe('reject');
		}
	);

	test('an impossible value is refused', () => {
		expect(read({ pulse: '300' }).readings[0]?.check).toMatchObject({
			verdict: 'reject',
			problems: [{ metric: 'pulse', code: 'too_high', limit: 250 }]
		});
	});

	test.each(['HI', 'hi', 'Lo'])('a glucose meter may show %s', (text) => {
		const [glucose] = read({ glucose: text }).readings;
		expect(glucose?.reading).toEqual({ kind: 'glucose', value: text.toUpperCase() });
		expect(glucose?.assessment.severity).toBe('red');
	});
});

test('the value in grey is the newest of its kind', () => {
	const row = (part: Partial<MeasurementRow>) => ({ ...blankRow('measurements'), ...part });
	const earlier = [
		row({ id: 'c', kind: 'weight', value: 50 }),
		row({ id: 'b', kind: 'pulse', value: 80 }),
		row({ id: 'a', kind: 'pulse', value: 60 })
	];
	expect(previousOf(earlier, 'pulse')?.id).toBe('b');
	expect(previousOf(earlier, 'spo2')).toBeNull();
});

describe('a reading that stands already', () => {
	const take = (part: Partial<Take>): Take => ({
		id: 't1',
		kind: 'blood_pressure',
		typed: '182/98',
		takenAt: '2026-11-22T02:00:00.000Z',
		wait: null,
		...part
	});

	test('is judged as the first of its kind, and what is typed after it as a repeated one', () => {
		const takes = [take({}), take({ id: 't2', kind: 'pulse', typed: '112' })];
		const [pressure, pulse] = readTakes(takes, CONTEXT);
		expect(pressure?.read).toMatchObject({
			reading: { kind: 'blood_pressure', sys: 182, dia: 98 },
			assessment: { severity: 'red' },
			repeated: false
		});
		expect(pulse?.read.repeated).toBe(false);
		const typed = { ...NO_VITALS, sys: '150', dia: '88', spo2: '97' };
		const next = readVitals(typed, { ...CONTEXT, takes });
		expect(next.readings.map(({ repeated }) => repeated)).toEqual([true, false]);
	});

	test('the third is repeated too', () => {
		const takes = [take({}), take({ id: 't2' })];
		expect(readTakes(takes, CONTEXT).map(({ read: { repeated } }) => repeated)).toEqual([
			false,
			true
		]);
	});

	test('what another release left unreadable is no reading', () => {
		expect(readTakes([take({ typed: '182' }), take({ typed: 'x/y' })], CONTEXT)).toEqual([]);
	});

	test.each([
		['blood_pressure', '182/98'],
		['glucose', 'HI'],
		['temperature', '36.5']
	] as const)('%s goes out of its fields and back as it was typed', (kind, typed) => {
		const filled = withTyped(NO_VITALS, kind, typed);
		expect(typedOf(filled, kind)).toBe(typed);
		expect(withTyped(filled, kind, '')).toEqual(NO_VITALS);
		expect(typedOf(NO_VITALS, kind)).toBe('');
	});
});

test.each([
	[{ sys: '185', dia: '95' }, 'BPABN'],
	[{ sys: '130', dia: '45' }, 'BPABN'],
	[{ temperature: '39.5' }, 'FEVER'],
	[{ temperature: '34.9' }, 'OTHER'],
	[{ glucose: '50' }, 'HYPOG'],
	[{ glucose: 'LO' }, 'HYPOG'],
	[{ glucose: '450' }, 'OTHER'],
	[{ spo2: '88' }, 'OTHER']
])('%o is reported as %s', (typed, incident) => {
	const [reading] = read(typed).readings;
	expect(reading?.assessment.severity).toBe('red');
	expect(reading && incidentOf(reading)).toBe(incident);
});
