/** What gives way to the first screen must know whether the store still owes it an answer. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { isAwaitingReads, watch } from '#lib/db/watch.ts';

let db: LocalDb;

beforeEach(() => {
	db = new LocalDb('user', { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => db.close());

test('a read is awaited until its first answer', async () => {
	expect(isAwaitingReads()).toBe(false);
	let unwatch: () => void = () => undefined;
	const answered = new Promise((resolve, reject) => {
		unwatch = watch(() => db.visits.count(), resolve, reject);
	});
	expect(isAwaitingReads()).toBe(true);
	expect(await answered).toBe(0);
	expect(isAwaitingReads()).toBe(false);
	unwatch();
});

test('a read that fails is not awaited any more', async () => {
	const failed = new Promise((resolve, reject) => {
		watch(() => Promise.reject(new Error('unreadable')), reject, resolve);
	});
	expect(isAwaitingReads()).toBe(true);
	await failed;
	expect(isAwaitingReads()).toBe(false);
});

test('a screen that is left awaits nothing', () => {
	const unwatch = watch(
		() => db.visits.count(),
		() => undefined,
		() => undefined
	);
	expect(isAwaitingReads()).toBe(true);
	unwatch();
	expect(isAwaitingReads()).toBe(false);
});
