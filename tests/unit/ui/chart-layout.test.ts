import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pickTicks, textWidth, tickAnchor, timeDomain, valueDomain } from '#lib/ui/chart-layout.ts';

test('the value axis shows all values and every finite limit', () => {
	const [low, high] = valueDomain([120, 150], [{ from: 90, to: 140 }]);
	expect(low).toBeLessThan(90);
	expect(high).toBeGreaterThan(150);
});

test('a limit that is open to one side does not stretch the axis', () => {
	const [low, high] = valueDomain([95, 97], [{ from: null, to: 94 }]);
	expect(low).toBeGreaterThan(90);
	expect(high).toBeLessThan(100);
});

test('one single value and no value at all still give an axis', () => {
	const [low, high] = valueDomain([52.5], []);
	expect(high - low).toBeGreaterThan(1);
	expect(valueDomain([], [])).toEqual([0, 1]);
	expect(timeDomain([])).toEqual([0, 1]);
});

test('one single instant stands in the middle', () => {
	const [first, last] = timeDomain([1000]);
	expect((first + last) / 2).toBe(1000);
});

test('ticks keep first and last, never exceed their number, and never touch', () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 }),
			fc.integer({ min: 1, max: 12 }),
			(instants, maxCount) => {
				const ticks = pickTicks(instants, maxCount);
				expect(ticks.length).toBeLessThanOrEqual(maxCount);
				expect(ticks[ticks.length - 1]).toBe(Math.max(...instants));
				if (ticks.length < 2) return;
				expect(ticks[0]).toBe(Math.min(...instants));
				const stepMs = (Math.max(...instants) - Math.min(...instants)) / (maxCount - 1);
				ticks.slice(1).forEach((tick, index) => {
					expect(tick - (ticks[index] ?? tick)).toBeGreaterThanOrEqual(stepMs * 0.799);
				});
			}
		)
	);
});

test('no room means no ticks', () => {
	expect(pickTicks([1, 2, 3], 0)).toEqual([]);
	expect(pickTicks([], 4)).toEqual([]);
});

test('a Han character is taken as wider than a digit', () => {
	expect(textWidth('血壓', 10)).toBe(20);
	expect(textWidth('12', 10)).toBe(12);
});

test('the text of a tick stays within the picture, also where there is one tick alone at the right', () => {
	expect(tickAnchor(100, 60, 300)).toBe('middle');
	expect(tickAnchor(290, 60, 300)).toBe('end');
	expect(tickAnchor(10, 60, 300)).toBe('start');
});
