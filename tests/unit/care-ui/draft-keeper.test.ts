import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadDraft } from '#lib/db/drafts.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { DraftKeeper } from '#lib/care-ui/draft-keeper.svelte.ts';

let db: LocalDb;
beforeEach(() => {
	db = new LocalDb('me', { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => db.close());

test('of many changes in a row the last one is kept', async () => {
	const keeper = new DraftKeeper(db, 'k');
	for (const name of ['林', '林阿', '林阿嬤']) keeper.keep({ name });
	await vi.waitFor(async () => expect(await loadDraft(db, 'k')).toEqual({ name: '林阿嬤' }));
	expect(keeper.state).toBe('saved');
});

test('a draft that was dropped while it was being written does not come back', async () => {
	const keeper = new DraftKeeper(db, 'k');
	keeper.keep({ name: '林' });
	keeper.keep({ name: '林阿' });
	await keeper.drop();
	expect(await loadDraft(db, 'k')).toBeUndefined();
	expect(keeper.state).toBe('nothing');
});

test('what is typed while the draft before it is being dropped stays', async () => {
	const keeper = new DraftKeeper(db, 'k');
	keeper.keep({ name: '林' });
	const dropping = keeper.drop();
	keeper.keep({ name: '王' });
	await dropping;
	await vi.waitFor(() => expect(keeper.state).toBe('saved'));
	expect(await loadDraft(db, 'k')).toEqual({ name: '王' });
});

test('says so when the phone cannot keep it, and keeps it again when it can', async () => {
	const keeper = new DraftKeeper(db, 'k');
	const put = vi.spyOn(db, 'inTransaction').mockRejectedValueOnce(new Error('full'));
	keeper.keep({ name: '林' });
	await vi.waitFor(() => expect(keeper.state).toBe('failed'));
	put.mockRestore();
	keeper.keep({ name: '林阿嬤' });
	await vi.waitFor(() => expect(keeper.state).toBe('saved'));
	expect(await loadDraft(db, 'k')).toEqual({ name: '林阿嬤' });
});
