/** The server hears once a day that this browser holds data, and once that it does not. */
import { beforeEach, expect, test } from 'vitest';
import { HeldMark } from '#lib/app/held-mark.ts';
import { memoryStorage } from './memory-storage.ts';

let storage: Storage;
let told: boolean[];
let answer: () => Promise<boolean>;

beforeEach(() => {
	storage = memoryStorage();
	told = [];
	answer = () => Promise.resolve(true);
});

const mark = () =>
	new HeldMark({
		storage,
		tell: (holds) => {
			told.push(holds);
			return answer();
		}
	});

test('is told once a day, however often this phone syncs or starts', async () => {
	await mark().renew('2026-11-22');
	await mark().renew('2026-11-22');
	expect(told).toEqual([true]);
	await mark().renew('2026-11-23');
	expect(told).toEqual([true, true]);
});

test.each<[string, () => Promise<boolean>]>([
	['refused', () => Promise.resolve(false)],
	['not heard', () => Promise.reject(new TypeError('no network'))]
])('what was %s is told again after the next sync', async (_, failing) => {
	answer = failing;
	await mark().renew('2026-11-22');
	answer = () => Promise.resolve(true);
	await mark().renew('2026-11-22');
	await mark().renew('2026-11-22');
	expect(told).toEqual([true, true]);
});

test('does not ask again while it waits for the answer', async () => {
	const { promise, resolve } = Promise.withResolvers<boolean>();
	answer = () => promise;
	const one = mark();
	const first = one.renew('2026-11-22');
	await one.renew('2026-11-22');
	resolve(true);
	await first;
	expect(told).toEqual([true]);
});

test('who signs in on the day on which everything was erased is counted again', async () => {
	await mark().renew('2026-11-22');
	await mark().clear();
	await mark().renew('2026-11-22');
	expect(told).toEqual([true, false, true]);
});

test('erasing is in nobody’s way without a network', async () => {
	answer = () => Promise.reject(new TypeError('no network'));
	await expect(mark().clear()).resolves.toBeUndefined();
});
