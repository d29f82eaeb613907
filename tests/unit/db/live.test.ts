/** What a screen shows follows the store and what the person has chosen on the screen. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { SvelteMap } from 'svelte/reactivity';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { live } from '#lib/db/live.svelte.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { watchRune } from './watch-rune.svelte.ts';

let db: LocalDb;
/** As a screen's state, e.g. the day that it shows. */
let chosen: SvelteMap<'key', string>;
let asked: string[];

beforeEach(async () => {
	db = new LocalDb('user', { indexedDB: new IDBFactory(), IDBKeyRange });
	await db.drafts.bulkPut(
		['a', 'b'].map((key) => ({ key, value: `draft ${key}`, savedAt: '2026-11-22T01:00:00.000Z' }))
	);
	chosen = new SvelteMap([['key', 'a']]);
	asked = [];
});
afterEach(() => db.close());

async function draftOf(key: string): Promise<unknown> {
	asked.push(key);
	return (await db.drafts.get(key))?.value;
}

test('it asks anew when the state that it read has changed, and again when rows have', async () => {
	const draft = live(() => draftOf(chosen.get('key') ?? ''));
	const seen: unknown[] = [];
	const watching = watchRune(
		() => draft.current,
		(value) => seen.push(value)
	);
	await watching.until(() => seen.at(-1) === 'draft a');
	chosen.set('key', 'b');
	await watching.until(() => seen.at(-1) === 'draft b');
	await db.drafts.update('b', { value: 'changed' });
	await watching.until(() => seen.at(-1) === 'changed');
	expect(seen).toEqual([undefined, 'draft a', 'draft b', 'changed']);
	expect(asked).toEqual(['a', 'b', 'b']);
	watching.stop();
});

test('a query that throws before it reads is an error of the store, until what it read changes', async () => {
	const draft = live(() => {
		if (chosen.get('key') === 'a') throw new Error('unreadable');
		return draftOf('b');
	});
	const seen: unknown[] = [];
	const watching = watchRune(
		() => [draft.error?.kind, draft.current],
		(value) => seen.push(value)
	);
	await watching.until(() => draft.error !== null);
	chosen.set('key', 'b');
	await watching.until(() => draft.current === 'draft b');
	expect(seen).toEqual([
		[undefined, undefined],
		['unexpected', undefined],
		[undefined, 'draft b']
	]);
	watching.stop();
});
