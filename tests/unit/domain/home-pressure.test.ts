import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	HOME_SERIES,
	isRunning,
	latestHomeSeries,
	SLOT_CONTEXT,
	type PressureReading,
	type Slot
} from '#lib/domain/home-pressure.ts';
import { addDays, instantAt } from '#lib/domain/taiwan-dates.ts';
import { propertyOptions } from '../../fixtures/property.ts';

const START = '2026-11-16';
let made = 0;

function reading(
	dayNumber: number,
	time: string,
	{ sys = 120, dia = 70, slot }: { sys?: number; dia?: number; slot?: Slot } = {}
): PressureReading {
	made += 1;
	const takenAt = instantAt(addDays(START, dayNumber - 1), time);
	return { id: `r${made}`, takenAt, sys, dia, context: slot ? SLOT_CONTEXT[slot] : null };
}

const begin = () => reading(1, '07:00', { slot: 'morning' });

describe('a 722 series', () => {
	test('is begun by the first reading entered for one; others alone make none', () => {
		expect(latestHomeSeries([])).toBeNull();
		expect(latestHomeSeries([reading(1, '07:00')])).toBeNull();
		expect(latestHomeSeries([begin()])).toMatchObject({
			startsOn: START,
			endsOn: '2026-11-22',
			missing: 27,
			mean: null
		});
	});

	test('a blood pressure of a visit in its mornings and evenings belongs to it, one of the afternoon does not', () => {
		const series = latestHomeSeries([
			begin(),
			reading(2, '09:30'),
			reading(2, '14:00'),
			reading(2, '18:00'),
			reading(3, '16:30', { slot: 'evening' }),
			reading(8, '07:00')
		]);
		const counts = series?.days.map(({ slots }) => slots.map(({ readings }) => readings.length));
		expect(counts?.slice(0, 4)).toEqual([
			[1, 0],
			[1, 1],
			[0, 1],
			[0, 0]
		]);
		expect(series?.missing).toBe(24);
	});

	test('of three readings the two that were entered for it count', () => {
		const series = latestHomeSeries([
			begin(),
			reading(2, '06:30', { sys: 190 }),
			reading(2, '07:00', { sys: 121, slot: 'morning' }),
			reading(2, '07:01', { sys: 122, slot: 'morning' })
		]);
		expect(series?.days[1]?.slots[0]?.readings.map(({ sys }) => sys)).toEqual([121, 122]);
	});

	test('seven days later a reading begins the next one; within them it belongs to this one', () => {
		const last = reading(7, '20:00', { slot: 'evening' });
		expect(latestHomeSeries([begin(), last])?.startsOn).toBe(START);
		const next = reading(8, '07:00', { slot: 'morning' });
		expect(latestHomeSeries([next, begin(), last])?.startsOn).toBe('2026-11-23');
	});

	test('runs from its first day to its seventh', () => {
		const series = latestHomeSeries([begin()]);
		if (!series) throw new Error('a series was begun');
		expect(
			['2026-11-15', START, '2026-11-22', '2026-11-23'].map((day) => isRunning(series, day))
		).toEqual([false, true, true, false]);
	});
});

describe('its mean', () => {
	const days = (values: readonly number[], dia = 70) =>
		values.map((sys, index) => reading(index + 2, '07:00', { sys, dia }));

	test('leaves out the first day and needs three others', () => {
		const first = reading(1, '07:00', { sys: 200, slot: 'morning' });
		expect(latestHomeSeries([first, ...days([120, 120])])?.mean).toBeNull();
		expect(latestHomeSeries([first, ...days([120, 122, 124])])?.mean).toEqual({
			sys: 122,
			dia: 70,
			isHigh: false,
			readings: 3
		});
	});

	test('is high from 130 or 80 on, and what is below is not shown as the limit', () => {
		const mean = (values: readonly number[], dia?: number) =>
			latestHomeSeries([begin(), ...days(values, dia)])?.mean;
		expect(mean([130, 130, 130])).toMatchObject({ sys: 130, isHigh: true });
		expect(mean([130, 130, 129])).toMatchObject({ sys: 129, isHigh: false });
		expect(mean([110, 110, 110], 80)).toMatchObject({ dia: 80, isHigh: true });
	});
});

const anyReading = fc.record({
	id: fc.uuid(),
	takenAt: fc
		.integer({ min: -3 * 1440, max: 12 * 1440 })
		.map((minutes) =>
			new Date(Date.parse(instantAt(START, '00:00')) + minutes * 60_000).toISOString()
		),
	sys: fc.integer({ min: 90, max: 200 }),
	dia: fc.integer({ min: 40, max: 89 }),
	context: fc.constantFrom(null, SLOT_CONTEXT.morning, SLOT_CONTEXT.evening)
});
const anyReadings = fc.uniqueArray(anyReading, { selector: ({ id }) => id, maxLength: 60 });

test('whatever was measured: the same in every order, counted once, and the mean lies among its readings', () => {
	fc.assert(
		fc.property(anyReadings, fc.infiniteStream(fc.nat()), (readings, numbers) => {
			const series = latestHomeSeries(readings);
			const shuffled = readings
				.map((one) => ({ one, key: numbers.next().value }))
				.sort((a, b) => a.key - b.key)
				.map(({ one }) => one);
			expect(latestHomeSeries(shuffled)).toEqual(series);
			if (series === null) return;
			const slots = series.days.flatMap((day) => day.slots);
			const counted = slots.flatMap((slot) => slot.readings);
			const whole = HOME_SERIES.days * 2 * HOME_SERIES.readingsEach;
			expect(series.missing + counted.length).toBe(whole);
			expect(new Set(counted.map(({ id }) => id)).size).toBe(counted.length);
			expect(slots.every(({ readings: two, missing }) => two.length <= 2 && missing >= 0)).toBe(
				true
			);
			if (series.mean === null) return;
			const later = series.days.slice(1).flatMap((day) => day.slots.flatMap((s) => s.readings));
			const values = later.map(({ sys }) => sys);
			expect(series.mean.sys).toBeGreaterThanOrEqual(Math.min(...values));
			expect(series.mean.sys).toBeLessThanOrEqual(Math.max(...values));
			expect(series.mean.isHigh).toBe(series.mean.sys >= 130 || series.mean.dia >= 80);
		}),
		propertyOptions(300)
	);
});

test('readings of the first day, of afternoons and of other weeks change no mean', () => {
	const others = fc.uniqueArray(
		fc.record({
			id: fc.uuid(),
			takenAt: fc.constantFrom(
				instantAt(START, '08:00'),
				instantAt(addDays(START, 2), '15:00'),
				instantAt(addDays(START, 3), '03:00'),
				instantAt(addDays(START, -4), '08:00'),
				instantAt(addDays(START, 7), '08:00')
			),
			sys: fc.integer({ min: 90, max: 200 }),
			dia: fc.integer({ min: 40, max: 89 }),
			context: fc.constant(null)
		}),
		{ selector: ({ id }) => id, maxLength: 10 }
	);
	const standing = [
		begin(),
		...[2, 3, 4, 5].map((day) => reading(day, '20:00', { sys: 128 + day, dia: 75 }))
	];
	const mean = latestHomeSeries(standing)?.mean;
	fc.assert(
		fc.property(others, (more) => {
			expect(latestHomeSeries([...standing, ...more])?.mean).toEqual(mean);
		}),
		propertyOptions(200)
	);
});
