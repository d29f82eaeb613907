import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dropDraft, loadDraft, saveDraft } from '#lib/db/drafts.ts';
import { live } from '#lib/db/live.svelte.ts';
import { deleteLocalDb, LocalDb } from '#lib/db/local-db.ts';
import { tallyBuckets } from '#lib/db/bucket-rows.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import { toStorageError } from '#lib/db/storage-error.ts';
import { watchRune } from './watch-rune.svelte.ts';
import { aTask, aVisit } from '../../fixtures/builders.ts';

let db: LocalDb;
let factory: IDBFactory;

beforeEach(() => {
	factory = new IDBFactory();
	db = new LocalDb('user', { indexedDB: factory, IDBKeyRange });
});
afterEach(() => db.close());

test('there is a table for each synced table, with the index that counts a bucket', () => {
	for (const table of TABLE_NAMES)
		expect(db.rows(table).schema.indexes.map(({ name }) => name)).toContain(
			'[bucket_id+relevant_at+seq]'
		);
});

test('a draft survives the page, and is gone when it is dropped', async () => {
	await saveDraft(db, 'visit:1', { note: '午餐吃一半' });
	db.close();
	db = new LocalDb('user', { indexedDB: factory, IDBKeyRange });
	expect(await loadDraft(db, 'visit:1')).toEqual({ note: '午餐吃一半' });
	await dropDraft(db, 'visit:1');
	expect(await loadDraft(db, 'visit:1')).toBeUndefined();
});

test('a bucket is counted by what its rows are about', async () => {
	await db.visits.bulkPut([
		aVisit({ bucket_id: 4, seq: 5, relevant_at: '2026-01-01T00:00:00.000Z' }),
		aVisit({ bucket_id: 4, seq: 6, relevant_at: '2026-11-01T00:00:00.000Z' }),
		aVisit({ bucket_id: 4, seq: 7, relevant_at: 'infinity' }),
		aVisit({ bucket_id: 5, seq: 8 })
	]);
	const tallies = await db.inTransaction(
		'r',
		TABLE_NAMES,
		async (tx) => await tallyBuckets(tx, [4, 6], '2026-08-24T16:00:00.000Z')
	);
	expect([...tallies]).toEqual([[4, { live: 2, sum: 13 }]]);
});

test('a live query shows what is written later, and stops with its reader', async () => {
	const tasks = live(() => db.tasks.toArray());
	const seen: (number | undefined)[] = [];
	const reader = watchRune(
		() => tasks.current?.length,
		(count) => seen.push(count)
	);
	await reader.until(() => seen.at(-1) === 0);
	await db.tasks.put(aTask());
	await reader.until(() => seen.at(-1) === 1);
	expect(seen).toEqual([undefined, 0, 1]);
	reader.stop();
	await db.tasks.put(aTask());
	flushSync();
	expect(seen).toEqual([undefined, 0, 1]);
});

test('a live query that fails says what went wrong', async () => {
	const broken = live(() => Promise.reject(new DOMException('full', 'QuotaExceededError')));
	const seen: (string | undefined)[] = [];
	const reader = watchRune(
		() => broken.error?.kind,
		(kind) => seen.push(kind)
	);
	await reader.until(() => seen.includes('quota'));
	reader.stop();
});

test('what the browser throws is told apart by what helps', () => {
	const kind = (thrown: unknown) => toStorageError(thrown).kind;
	expect(kind(new DOMException('', 'QuotaExceededError'))).toBe('quota');
	expect(kind({ name: 'AbortError', inner: { name: 'QuotaExceededError' } })).toBe('quota');
	expect(kind({ name: 'BulkError', failures: [{ name: 'QuotaExceededError' }] })).toBe('quota');
	expect(
		kind({
			name: 'UnknownError',
			message: 'Connection to Indexed Database server lost. Refresh the page'
		})
	).toBe('closed');
	expect(kind(new Error('boom'))).toBe('unexpected');
});

test('a newer release in another tab closes this store and says so', async () => {
	let outdated = false;
	const old = new LocalDb('shared', {
		indexedDB: factory,
		IDBKeyRange,
		onOutdated: () => (outdated = true)
	});
	await old.open();
	await deleteLocalDb('shared', { indexedDB: factory, IDBKeyRange });
	expect(outdated).toBe(true);
	expect(old.isOpen()).toBe(false);
});
