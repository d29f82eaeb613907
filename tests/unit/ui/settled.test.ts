/** What is typed counts once it stands still. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { typing } from './typed.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first value at once, a later one after a pause, those between never', async () => {
	const field = typing('血');
	expect(field.still()).toBe('血');
	field.type('血壓');
	await vi.advanceTimersByTimeAsync(199);
	field.type('血壓偏');
	await vi.advanceTimersByTimeAsync(199);
	expect(field.still()).toBe('血');
	await vi.advanceTimersByTimeAsync(1);
	expect(field.still()).toBe('血壓偏');
	field.stop();
});

test('typed and taken back it is what it was, and nothing waits when the screen is gone', async () => {
	const field = typing('血');
	field.type('血壓');
	field.type('血');
	await vi.advanceTimersByTimeAsync(500);
	expect(field.still()).toBe('血');
	field.type('藥');
	field.stop();
	expect(vi.getTimerCount()).toBe(0);
});
