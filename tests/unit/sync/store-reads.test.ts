/** How often one round trip asks the store: a request to IndexedDB costs a phone a good part of a millisecond, so it must not grow with the work. */
import 'fake-indexeddb/auto';
import { IDBCursor, IDBFactory, IDBIndex, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import type { SyncResponse } from '#lib/protocol/sync.ts';
import { syncResponseSchema } from '#lib/protocol/sync.ts';
import { applyResponse } from '#lib/sync/apply.ts';
import { buildRequest } from '#lib/sync/build-request.ts';
import { commitIntents } from '#lib/sync/commit.ts';
import { verifyBuckets } from '#lib/sync/verify.ts';
import { anId, aPerson, NOW, NOW_MS } from '../../fixtures/builders.ts';

const WRITES = ['put', 'add', 'delete'];
const READS = ['get', 'getAll', 'getAllKeys', 'count', 'openCursor', 'openKeyCursor'] as const;
const newId = () => crypto.randomUUID();
const me = aPerson();
let db: LocalDb;
let reads: number;
/** Times that the store was asked with nothing on its way, while the last answer was being stored. */
let turns: number;

beforeEach(() => {
	db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
	reads = 0;
	let onTheirWay = 0;
	const count = (thing: object, name: string) => {
		const real = Reflect.get(thing, name) as (...args: unknown[]) => IDBRequest | undefined;
		vi.spyOn(thing as Record<string, () => unknown>, name).mockImplementation(function (
			this: unknown,
			...args: unknown[]
		) {
			if (!WRITES.some((write) => write === name)) reads += 1;
			if (onTheirWay === 0) turns += 1;
			onTheirWay += 1;
			const request = real.apply(this, args);
			request?.addEventListener('success', () => (onTheirWay -= 1));
			return request;
		});
	};
	for (const name of [...READS, ...WRITES]) {
		count(IDBObjectStore.prototype, name);
		if (name in IDBIndex.prototype) count(IDBIndex.prototype, name);
	}
	// It answers through the request that opened the cursor.
	count(IDBCursor.prototype, 'continue');
});
afterEach(() => {
	vi.restoreAllMocks();
	db.close();
});

test('the answer to fifty intents asks the store no more often than the answer to five', async () => {
	const five = await readsOfRoundTrip(5);
	const fifty = await readsOfRoundTrip(50);
	expect(fifty - five).toBeLessThanOrEqual(5);
});

test('the answer to an intent is stored in five turns, so that a tap that comes meanwhile hardly waits', async () => {
	await readsOfRoundTrip(1);
	expect(turns).toBeGreaterThan(0);
	expect(turns).toBeLessThanOrEqual(5);
	await readsOfRoundTrip(50);
	expect(turns).toBeLessThanOrEqual(5);
});

test('comparing a bucket asks for its rows once a table, however many there are', async () => {
	const one = await readsOfComparing(1);
	const fifty = await readsOfComparing(50);
	expect(fifty).toBe(one);
});

/** Intents are saved, sent and answered; one of them was about a row that came back with the answer. */
async function readsOfRoundTrip(intents: number): Promise<number> {
	const ids = Array.from({ length: intents }, () => anId());
	const context = { db, me, nowMs: NOW_MS, offsetMs: null, newMid: newId };
	await commitIntents(
		context,
		ids.map((id) => ({
			name: 'task.create' as const,
			args: { row: { id, case_id: anId(), title: '換藥' } }
		})),
		0
	);
	reads = 0;
	const request = await buildRequest(db, NOW_MS, { push: 50, rows: 1000 }, newId);
	await apply(request, {
		last_n: Math.max(...request.wire.push.map(({ n }) => n)),
		results: request.wire.push.map(({ n }) => ({ n, verdict: 'ok' })),
		rows: { tasks: ids.map((id, index) => ({ id, bucket_id: 1, seq: index + 1 })) },
		buckets: { 1: { seq: intents, more: false } }
	});
	const turnsOfApplying = turns;
	expect(await db.outbox.count()).toBe(0);
	expect(await db.journal.count()).toBeGreaterThanOrEqual(intents);
	turns = turnsOfApplying;
	return reads;
}

/** A bucket that differs in nothing from what the server says. */
async function readsOfComparing(rows: number): Promise<number> {
	const all = Array.from({ length: rows }, (_, index) => index + 1);
	const sum = all.reduce((sofar, seq) => sofar + seq, 0);
	const whole = {
		rows: {
			tasks: all.map((seq) => ({ id: anId(), bucket_id: rows, seq, relevant_at: 'infinity' }))
		},
		buckets: { [rows]: { seq: rows, more: false, live: rows, sum } }
	};
	await apply(await buildRequest(db, NOW_MS, { push: 0, rows: 1000 }, newId), whole);
	reads = 0;
	expect(await verifyBuckets(db, answer(whole), NOW_MS)).toEqual([]);
	return reads;
}

function answer(part: Partial<SyncResponse>): SyncResponse {
	const epoch = '00000000-0000-4000-8000-00000000000e';
	return v.parse(syncResponseSchema, { epoch, now: NOW, since: NOW, last_n: 0, ...part });
}

async function apply(
	request: Awaited<ReturnType<typeof buildRequest>>,
	part: Partial<SyncResponse>
): Promise<void> {
	turns = 0;
	await applyResponse(db, request, answer(part), {
		nowMs: NOW_MS,
		clockOffsetMs: null,
		verdictsOnly: false,
		newId
	});
}
