import { expect, test } from 'vitest';
import { engineState } from '#lib/features/dashboard/engine-state.ts';

const askedAt = '2026-11-23T02:10:00.000Z';
const state = (tickedAt: string | null, oldestDueAt: string | null = null) =>
	engineState({ askedAt, tickedAt, oldestDueAt });

test('one that looked within the minute is well, one that did not stands still', () => {
	expect(state('2026-11-23T02:09:00.000Z')).toBe('ok');
	expect(state('2026-11-23T02:08:59.999Z')).toBe('still');
	expect(state(null)).toBe('never');
});

test('one that looks and does not do what is due stands still too', () => {
	expect(state(askedAt, '2026-11-23T02:20:00.000Z')).toBe('ok');
	expect(state(askedAt, '2026-11-23T02:08:00.000Z')).toBe('still');
});
