import { expect, test } from 'vitest';
import { nextRovingIndex } from '#lib/ui/roving.ts';

const none = [false, false, false];

test('arrows move by one and wrap at both ends', () => {
	expect(nextRovingIndex('ArrowRight', 0, none)).toBe(1);
	expect(nextRovingIndex('ArrowDown', 2, none)).toBe(0);
	expect(nextRovingIndex('ArrowLeft', 0, none)).toBe(2);
	expect(nextRovingIndex('ArrowUp', 1, none)).toBe(0);
});

test('Home and End reach the first and last that are enabled', () => {
	expect(nextRovingIndex('Home', 2, [true, false, false])).toBe(1);
	expect(nextRovingIndex('End', 0, [false, false, true])).toBe(1);
});

test('disabled ones are skipped', () => {
	expect(nextRovingIndex('ArrowRight', 0, [false, true, false])).toBe(2);
	expect(nextRovingIndex('ArrowLeft', 2, [false, true, false])).toBe(0);
});

test('other keys do not move, and nothing enabled means nowhere to go', () => {
	expect(nextRovingIndex('a', 0, none)).toBeNull();
	expect(nextRovingIndex('ArrowRight', 0, [true, true])).toBeNull();
	expect(nextRovingIndex('ArrowRight', -1, [])).toBeNull();
});

test('from nowhere, the first arrow enters at the matching end', () => {
	expect(nextRovingIndex('ArrowDown', -1, none)).toBe(0);
});
