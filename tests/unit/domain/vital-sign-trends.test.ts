import { describe, expect, test } from 'vitest';
import { addDays, instantAt } from '#lib/domain/taiwan-dates.ts';
import { lastWeightKg, sevenDayMean } from '#lib/domain/vital-sign-trends.ts';
import type { Assessment, PastReading, PersonLimits } from '#lib/domain/vital-sign-types.ts';
import { assessReading } from '#lib/domain/vital-signs.ts';

const TODAY = '2026-11-22';

function pressureOn(daysAgo: number, sys: number, dia: number): PastReading {
	return {
		reading: { kind: 'blood_pressure', sys, dia },
		takenAt: instantAt(addDays(TODAY, -daysAgo), '09:00')
	};
}

function weightOn(daysAgo: number, value: number): PastReading {
	return {
		reading: { kind: 'weight', value },
		takenAt: instantAt(addDays(TODAY, -daysAgo), '09:00')
	};
}

function assess(
	current: PastReading,
	history: readonly PastReading[],
	limits: PersonLimits = {}
): Assessment {
	return assessReading(current.reading, { takenAt: current.takenAt, history, limits });
}

describe('7-day mean of the blood pressure', () => {
	test('a mean of 130 or 80 over three days is yellow, though each reading alone is fine', () => {
		const history = [pressureOn(1, 130, 70), pressureOn(2, 130, 70)];
		expect(assess(pressureOn(0, 130, 70), history)).toMatchObject({
			severity: 'yellow',
			rule: 'sbp_mean_high',
			threshold: 130
		});
		const diastolic = [pressureOn(3, 120, 80), pressureOn(6, 120, 80)];
		expect(assess(pressureOn(0, 120, 80), diastolic).rule).toBe('dbp_mean_high');
	});

	test('a mean just below is fine', () => {
		const history = [pressureOn(1, 130, 79), pressureOn(2, 129, 79)];
		expect(assess(pressureOn(0, 130, 80), history).severity).toBe('none');
	});

	test('two days are too few, however many readings', () => {
		const history = [pressureOn(1, 139, 85), pressureOn(1, 139, 85), pressureOn(0, 139, 85)];
		expect(assess(pressureOn(0, 139, 85), history).severity).toBe('none');
	});

	test('the window is seven Taipei days: the seventh counts, the eighth does not', () => {
		const inside = [pressureOn(1, 139, 70), pressureOn(6, 139, 70)];
		expect(sevenDayMean(pressureOn(0, 139, 70), inside)?.days).toBe(3);
		const outside = [pressureOn(1, 139, 70), pressureOn(7, 139, 70)];
		expect(sevenDayMean(pressureOn(0, 139, 70), outside)).toBeNull();
	});

	test('a later reading than the one judged is left out', () => {
		const history = [pressureOn(1, 130, 70), pressureOn(-1, 139, 70)];
		expect(sevenDayMean(pressureOn(0, 130, 70), history)).toBeNull();
	});

	test('a single reading that is worse goes before the mean', () => {
		const history = [pressureOn(1, 150, 70), pressureOn(2, 150, 70)];
		expect(assess(pressureOn(0, 182, 70), history)).toMatchObject({
			severity: 'red',
			rule: 'sbp_high'
		});
	});
});

describe('weight', () => {
	test('5 % lost in a month is orange, just less is not', () => {
		expect(assess(weightOn(0, 57), [weightOn(31, 60)])).toMatchObject({
			severity: 'orange',
			rule: 'weight_loss_month',
			threshold: 5
		});
		expect(assess(weightOn(0, 57.1), [weightOn(31, 60)]).severity).toBe('none');
	});

	test('5 % lost in a year is yellow', () => {
		expect(assess(weightOn(0, 57), [weightOn(32, 60)])).toMatchObject({
			severity: 'yellow',
			rule: 'weight_loss_year'
		});
		expect(assess(weightOn(0, 57), [weightOn(367, 60)]).severity).toBe('none');
	});

	test('2 kg in three days is orange for a heart-failure patient only', () => {
		const limits: PersonLimits = { heartFailure: true };
		expect(assess(weightOn(0, 62), [weightOn(3, 60)], limits)).toMatchObject({
			severity: 'orange',
			rule: 'weight_gain_heart_failure'
		});
		expect(assess(weightOn(0, 61.9), [weightOn(3, 60)], limits).severity).toBe('none');
		expect(assess(weightOn(0, 62), [weightOn(4, 60)], limits).severity).toBe('none');
		expect(assess(weightOn(0, 62), [weightOn(3, 60)]).severity).toBe('none');
	});

	test('a slow loss in steps is seen against the highest weight of the window', () => {
		const history = [weightOn(7, 58), weightOn(14, 59), weightOn(28, 60)];
		expect(assess(weightOn(0, 57), history).rule).toBe('weight_loss_month');
	});

	test('without any earlier weight nothing is said', () => {
		expect(assess(weightOn(0, 40), []).findings).toEqual([]);
		expect(assess(weightOn(0, 40), [weightOn(-2, 60)]).findings).toEqual([]);
	});

	test('the last weight is the newest one before the instant', () => {
		const history = [weightOn(9, 61), weightOn(2, 60), weightOn(-1, 99)];
		expect(lastWeightKg(instantAt(TODAY, '09:00'), history)).toBe(60);
		expect(lastWeightKg(instantAt(TODAY, '09:00'), [])).toBeNull();
	});
});
