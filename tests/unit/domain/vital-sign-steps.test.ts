import { expect, test } from 'vitest';
import { nextSteps } from '#lib/domain/vital-sign-steps.ts';
import type { Reading } from '#lib/domain/vital-sign-types.ts';
import { assessReading } from '#lib/domain/vital-signs.ts';

function steps(reading: Reading, context: { repeated?: boolean; symptoms?: boolean } = {}) {
	return nextSteps(reading.kind, assessReading(reading), {
		repeated: context.repeated ?? false,
		symptoms: context.symptoms ?? false
	});
}

const HIGH: Reading = { kind: 'blood_pressure', sys: 190, dia: 100 };

test('red with symptoms is 119 at once, without waiting to measure again', () => {
	expect(steps(HIGH, { symptoms: true })[0]).toBe('call_119');
	expect(steps(HIGH, { symptoms: true })).not.toContain('rest_5_min_measure_again');
});

test('red without symptoms is measured again, then the nurse hears within 15 minutes', () => {
	expect(steps(HIGH)).toEqual([
		'rest_5_min_measure_again',
		'call_nurse_within_15_min',
		'tell_family_and_care_manager'
	]);
	expect(steps(HIGH, { repeated: true })).not.toContain('rest_5_min_measure_again');
});

test('low sugar gets sugar first, but nothing by mouth when the person may be drowsy', () => {
	const low: Reading = { kind: 'glucose', value: 50 };
	expect(steps(low)[0]).toBe('sugar_15_g_measure_again_in_15_min');
	expect(steps(low, { symptoms: true })).not.toContain('sugar_15_g_measure_again_in_15_min');
	expect(steps({ kind: 'glucose', value: 'LO' })[0]).toBe('sugar_15_g_measure_again_in_15_min');
	expect(steps({ kind: 'glucose', value: 'HI' })).not.toContain(
		'sugar_15_g_measure_again_in_15_min'
	);
});

test('an abnormal value is told to family and care manager, as BA03 asks; a good one asks nothing', () => {
	expect(steps({ kind: 'temperature', value: 38.2 })).toContain('tell_family_and_care_manager');
	expect(steps({ kind: 'temperature', value: 37.6 })).toEqual(['note_and_watch']);
	expect(steps({ kind: 'temperature', value: 36.6 })).toEqual([]);
});

test('pain is not measured again after a rest', () => {
	expect(steps({ kind: 'pain', value: 8 })).toEqual(['tell_family_and_care_manager']);
});
