/** The number beside "messages": what somebody has not read, and how little is read to keep it. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UnreadCount } from '#lib/app/unread-count.svelte.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { uuidV7 } from '#lib/domain/ids.ts';
import { anId, aRow, NOW, NOW_MS } from '../../fixtures/builders.ts';
import { watchRune } from '../db/watch-rune.svelte.ts';

const ME = anId();
const COLLEAGUE = anId();
const CASE = anId();
const EARLIER = '2026-11-22T00:30:00.000Z';

let db: LocalDb;
let rowsRead: number;

beforeEach(() => {
	db = new LocalDb(ME, { indexedDB: new IDBFactory(), IDBKeyRange });
	rowsRead = 0;
	db.messages.hook('reading', (row) => {
		rowsRead += 1;
		return row;
	});
});
afterEach(() => db.close());

function message(part: Parameters<typeof aRow<'messages'>>[1] = {}) {
	return aRow('messages', { case_id: CASE, audience: 'circle', created_by: COLLEAGUE, ...part });
}

/** As a phone makes them, some milliseconds after the count began. */
function freshId(afterMs: number): string {
	return uuidV7(NOW_MS + afterMs, new Uint8Array(10));
}

function watchCount() {
	const unread = new UnreadCount(db, ME, NOW_MS);
	const seen: number[] = [];
	const watching = watchRune(
		() => unread.current,
		(count) => seen.push(count)
	);
	return { ...watching, seen };
}

test('messages of others in threads count until they are read; own ones, deleted ones and announcements do not', async () => {
	await db.messages.bulkPut([
		message(),
		message({ received_at: EARLIER }),
		message({ audience: 'staff' }),
		message({ created_by: ME }),
		message({ deleted_at: NOW }),
		message({ case_id: null, org_id: anId(), audience: 'organization' })
	]);
	await db.message_reads.put(
		aRow('message_reads', {
			case_id: CASE,
			audience: 'circle',
			user_id: ME,
			read_through: EARLIER
		})
	);
	const count = watchCount();
	await count.until(() => count.seen.at(-1) === 2);
	await db.message_reads.toCollection().modify({ read_through: NOW });
	await count.until(() => count.seen.at(-1) === 1);
	expect(count.seen).toEqual([0, 2, 1]);
	count.stop();
});

test('what is written from now on is counted without reading the others again', async () => {
	await db.messages.bulkPut(Array.from({ length: 50 }, () => message()));
	const count = watchCount();
	await count.until(() => count.seen.at(-1) === 50);
	rowsRead = 0;
	await db.messages.put(message({ id: freshId(10) }));
	await count.until(() => count.seen.at(-1) === 51);
	expect(rowsRead).toBe(1);
	count.stop();
});

test('an old message that arrives late counts, too', async () => {
	const count = watchCount();
	await db.messages.put(message({ id: freshId(-3_600_000) }));
	await count.until(() => count.seen.at(-1) === 1);
	await db.messages.put(message({ id: 'ffffffff-0000-4000-8000-000000000000' }));
	await count.until(() => count.seen.at(-1) === 2);
	expect(count.seen).toEqual([0, 1, 2]);
	count.stop();
});
