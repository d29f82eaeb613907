/** Turned off by hand stays off for that person; "not now" lasts a fortnight. */
import { expect, test } from 'vitest';
import { isHintDue, isTurnedOff, postponeHint, setTurnedOff } from '#lib/app/notice-wish.ts';
import { memoryStorage } from './memory-storage.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-11-23T10:00:00Z');

test('turned off by hand, by whom, and on again', () => {
	const storage = memoryStorage();
	expect(isTurnedOff('a', storage)).toBe(false);
	setTurnedOff('a', true, storage);
	expect([isTurnedOff('a', storage), isTurnedOff('b', storage)]).toEqual([true, false]);
	setTurnedOff('a', false, storage);
	expect(isTurnedOff('a', storage)).toBe(false);
	expect(storage.length).toBe(0);
});

test('"not now" lasts a fortnight, also by a clock that was set back', () => {
	const storage = memoryStorage();
	expect(isHintDue(NOW_MS, storage)).toBe(true);
	postponeHint(NOW_MS, storage);
	expect(isHintDue(NOW_MS + 14 * DAY_MS - 1, storage)).toBe(false);
	expect(isHintDue(NOW_MS + 14 * DAY_MS, storage)).toBe(true);
	expect(isHintDue(NOW_MS - 14 * DAY_MS, storage)).toBe(true);
});
