import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minutesToWait, secondsToWait, waitEndsAt } from '#lib/domain/measure-again.ts';
import { nextSteps } from '#lib/domain/vital-sign-steps.ts';
import type { Reading } from '#lib/domain/vital-sign-types.ts';
import { assessReading } from '#lib/domain/vital-signs.ts';
import { propertyOptions } from '../../fixtures/property.ts';

const SINCE = '2026-11-22T02:00:00.000Z';
const sinceMs = Date.parse(SINCE);

function minutesAfter(reading: Reading, context: { repeated?: boolean; symptoms?: boolean } = {}) {
	return minutesToWait(
		nextSteps(reading.kind, assessReading(reading), {
			repeated: context.repeated ?? false,
			symptoms: context.symptoms ?? false
		})
	);
}

test('five minutes of rest, a quarter of an hour after sugar, none with symptoms or the second time', () => {
	const high: Reading = { kind: 'blood_pressure', sys: 182, dia: 98 };
	expect(minutesAfter(high)).toBe(5);
	expect(minutesAfter(high, { repeated: true })).toBeNull();
	expect(minutesAfter(high, { symptoms: true })).toBeNull();
	expect(minutesAfter({ kind: 'glucose', value: 60 })).toBe(15);
	expect(minutesAfter({ kind: 'glucose', value: 60 }, { repeated: true })).toBe(15);
	expect(minutesAfter({ kind: 'pain', value: 8 })).toBeNull();
	expect(minutesAfter({ kind: 'pulse', value: 72 })).toBeNull();
});

test('the wait is an instant: it goes on while the phone is off', () => {
	const wait = { since: SINCE, minutes: 5 };
	expect(waitEndsAt(wait)).toBe('2026-11-22T02:05:00.000Z');
	expect(secondsToWait(wait, sinceMs)).toBe(300);
	expect(secondsToWait(wait, sinceMs + 299_001)).toBe(1);
	expect(secondsToWait(wait, sinceMs + 300_000)).toBe(0);
	expect(secondsToWait(wait, sinceMs + 86_400_000)).toBe(0);
});

test('whatever the clock says, between nothing and the whole wait is left, and never more later on', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 60 }),
			fc.integer({ min: -86_400_000, max: 86_400_000 }),
			fc.integer({ min: 0, max: 3_600_000 }),
			(minutes, offsetMs, laterMs) => {
				const wait = { since: SINCE, minutes };
				const left = secondsToWait(wait, sinceMs + offsetMs);
				expect(left).toBeGreaterThanOrEqual(0);
				expect(left).toBeLessThanOrEqual(minutes * 60);
				expect(secondsToWait(wait, sinceMs + offsetMs + laterMs)).toBeLessThanOrEqual(left);
			}
		),
		propertyOptions(200)
	);
});
