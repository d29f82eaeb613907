/** A message and what goes with it: stored together, in the thread's audience, and words that stand for none. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { partsOfMessages } from '#lib/db/queries/photos.ts';
import { sendMessage } from '#lib/features/messages/actions.ts';
import { aPerson } from '../../fixtures/builders.ts';
import { aWorkspace } from '../../fixtures/unit-workspace.ts';

const me = aPerson();
const PICTURE = {
	full: new Uint8Array(3000).fill(7),
	thumb: new Uint8Array(300).fill(9),
	width: 1600,
	height: 1200
};
const VOICE = {
	bytes: new Uint8Array(800).fill(1),
	mime: 'audio/webm',
	durationMs: 34_900
} as const;
let db: LocalDb;

beforeEach(() => {
	db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => {
	db.close();
});

const workspace = () => aWorkspace(db, me);
const place = { caseId: 'lin', thread: 'staff' } as const;
const blank = {
	text: ' ',
	mentions: [],
	replyToId: null,
	correctsId: null,
	pictures: [],
	voice: null
};

test('photos and a voice note wait sealed beside their message, which goes first, and are for the staff as it is', async () => {
	await sendMessage(workspace(), place, {
		...blank,
		text: '浴室地板 ',
		pictures: [PICTURE],
		voice: VOICE
	});
	const entries = await db.outbox.orderBy('order').toArray();
	expect(entries.map(({ mutation }) => mutation.name)).toEqual([
		'message.send',
		'attachment.add',
		'attachment.add'
	]);
	const [message] = await db.messages.toArray();
	expect(message).toMatchObject({ body: '浴室地板', audience: 'staff' });
	const parts = await partsOfMessages(db, [message?.id ?? '']);
	expect(parts.get(message?.id ?? '')).toMatchObject([
		{ row: { kind: 'photo', audience: 'staff' }, upload: { totalBytes: 3300 } },
		{
			row: { kind: 'voice', mime: 'audio/webm', duration_ms: 34_900, audience: 'staff' },
			upload: { totalBytes: 800, onlyFull: true }
		}
	]);
	expect(await db.blobs.count()).toBe(3);
});

test('where nothing was written, what goes with it is said in its place', async () => {
	await sendMessage(workspace(), place, { ...blank, voice: VOICE });
	await sendMessage(workspace(), place, { ...blank, pictures: [PICTURE, PICTURE] });
	const bodies = (await db.messages.toArray()).map(({ body }) => body).sort();
	expect(bodies).toEqual(['照片 2 張', '語音 0:34']);
});
