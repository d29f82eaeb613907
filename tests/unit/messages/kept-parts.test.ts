/** What was recorded and pictured for a message and not sent: there again after a restart, sealed, and gone when it is sent or thrown away. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveDraft } from '#lib/db/drafts.ts';
import { dropFullCopies } from '#lib/db/file-copies.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { KeptParts } from '#lib/features/messages/kept-parts.ts';
import { anId } from '../../fixtures/builders.ts';

const KEY = 'message-parts:x:circle';
let db: LocalDb;
beforeEach(() => {
	db = new LocalDb(anId(), { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => {
	db.close();
});
const bytes = (...values: number[]) => new Uint8Array(values);
const picture = (value: number) => ({
	full: bytes(value, 1, 1, 1),
	thumb: bytes(value, 2),
	width: 30,
	height: 20
});
const voice = { bytes: bytes(9, 9, 9), mime: 'audio/webm', durationMs: 1200 } as const;
const opened = () => new KeptParts(db, KEY, anId);

test('it is there again after a restart, and nothing of it can be read in the store', async () => {
	await opened().keep({ pictures: [picture(5), picture(6)], voice });
	expect(await opened().load()).toEqual({ pictures: [picture(5), picture(6)], voice });
	const stored = await db.blobs.toArray();
	expect(stored).toHaveLength(5);
	for (const { sealed } of stored)
		expect(Buffer.from(sealed).includes(Buffer.from(voice.bytes))).toBe(false);
});

test('what was taken away, sent or thrown away leaves no bytes behind; what stays is not written again', async () => {
	const parts = opened();
	const [first, second] = [picture(5), picture(6)];
	await parts.keep({ pictures: [first, second], voice });
	const before = (await db.blobs.toArray()).map(({ id }) => id);
	await parts.keep({ pictures: [second], voice: null });
	const after = (await db.blobs.toArray()).map(({ id }) => id);
	expect(after).toHaveLength(2);
	expect(before).toEqual(expect.arrayContaining(after));
	expect(await opened().load()).toEqual({ pictures: [second], voice: null });
	await parts.keep({ pictures: [], voice: null });
	expect([await db.blobs.count(), await db.drafts.count()]).toEqual([0, 0]);
});

test('what was restored is taken away with all of its bytes', async () => {
	await opened().keep({ pictures: [picture(5)], voice });
	const again = opened();
	const found = await again.load();
	await again.keep({ pictures: found.pictures, voice: null });
	expect(await db.blobs.count()).toBe(2);
	await again.keep({ pictures: [], voice: null });
	expect(await db.blobs.count()).toBe(0);
});

test('room is not made of what nobody else has', async () => {
	await opened().keep({ pictures: [picture(5)], voice });
	await dropFullCopies(db);
	expect(await opened().load()).toEqual({ pictures: [picture(5)], voice });
});

test('bytes that are gone, or a draft of another shape, are as if there were none', async () => {
	await opened().keep({ pictures: [picture(5)], voice });
	await db.blobs.clear();
	expect(await opened().load()).toEqual({ pictures: [], voice: null });
	for (const odd of [3, { pictures: 'x', voice: {} }, { pictures: [{ full: 1 }] }]) {
		await saveDraft(db, KEY, odd);
		expect(await opened().load()).toEqual({ pictures: [], voice: null });
	}
});
