/** The comparison with the server's sums: followed in memory, and counted in the store when that cannot be trusted any more. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBIndex, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi, type MockInstance } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import type { SyncRequest, SyncResponse } from '#lib/protocol/sync.ts';
import { readClient } from '#lib/sync/client-record.ts';
import { commitIntents } from '#lib/sync/commit.ts';
import { Cycle } from '#lib/sync/cycle.ts';
import { aPerson, NOW, NOW_MS } from '../../fixtures/builders.ts';

const HOUR_MS = 3_600_000;
const BUCKET = 1;
const me = aPerson();
const newId = () => crypto.randomUUID();

interface Task {
	readonly id: string;
	readonly seq: number;
	readonly relevant_at: string;
}

let db: LocalDb;
let nowMs: number;
let since: string;
let onServer: Map<string, Task>;
let gone: string[];
let page: number;
let cycle: Cycle;
let asked: number[];
let counts: MockInstance;

beforeEach(() => {
	db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
	nowMs = NOW_MS;
	since = '2026-08-24T16:00:00Z';
	onServer = new Map();
	gone = [];
	page = 100;
	asked = [];
	cycle = aCycle();
	counts = vi.spyOn(IDBIndex.prototype, 'openKeyCursor');
});
afterEach(() => {
	vi.restoreAllMocks();
	db.close();
});

function aCycle(): Cycle {
	const offline = { ok: false, kind: 'offline', retryAfterMs: null, code: null } as const;
	const traffic = { bytesSent: 1, bytesReceived: 1 };
	return new Cycle({
		db,
		clock: { nowMs: () => nowMs, setTimer: () => () => undefined },
		newId,
		onTraffic: () => undefined,
		port: {
			sync: (request) => Promise.resolve({ ok: true, value: answerTo(request), ...traffic }),
			history: () => Promise.resolve({ ...offline, ...traffic }),
			renewSession: () => Promise.resolve('renewed'),
			confirmWipe: () => Promise.resolve(),
			pokes: {
				follow: () => undefined,
				onPoke: () => () => undefined,
				live: () => false,
				stop: () => undefined
			}
		}
	});
}

/** One bucket of tasks, by number; figures as the real server gives them. */
function answerTo({ cursors, push, acked }: SyncRequest): SyncResponse {
	const cursor = cursors[BUCKET] ?? 0;
	asked.push(cursor);
	const news = [...onServer.values()].filter(({ seq }) => seq > cursor);
	const taken = news.sort((a, b) => a.seq - b.seq).slice(0, page);
	const inWindow = [...onServer.values()].filter(({ relevant_at }) => relevant_at >= since);
	const more = taken.length < news.length;
	const state = {
		seq: taken.at(-1)?.seq ?? Math.max(cursor, ...[...onServer.values()].map(({ seq }) => seq)),
		more,
		...(more ? {} : { live: inWindow.length, sum: inWindow.reduce((sum, { seq }) => sum + seq, 0) })
	};
	const buried = gone.splice(0);
	return {
		epoch: '00000000-0000-4000-8000-00000000000e',
		now: NOW,
		since,
		last_n: Math.max(acked, ...push.map(({ n }) => n)),
		results: push.map(({ n }) => ({ n, verdict: 'ok' })),
		buckets: { [BUCKET]: state },
		rows: taken.length > 0 ? { tasks: taken.map((task) => ({ ...task, bucket_id: BUCKET })) } : {},
		gone: buried.length > 0 ? { tasks: buried } : {},
		removed: []
	};
}

function serverWrites(id: string, seq: number, relevant_at = 'infinity'): void {
	onServer.set(id, { id, seq, relevant_at });
}

async function sync(): Promise<void> {
	asked.length = 0;
	counts.mockClear();
	for (;;) {
		const outcome = await cycle.run(new AbortController().signal);
		expect(outcome).toMatchObject({ kind: 'done' });
		if (outcome.kind !== 'done' || !outcome.again) return;
	}
}

const idsHere = async () => (await db.tasks.toArray()).map(({ id }) => id).sort();

async function whole(): Promise<void> {
	for (const seq of [1, 2, 3]) serverWrites(`t${seq}`, seq);
	await sync();
}

test('what was followed since the bucket was empty is not counted: new rows, changed ones, those outside the window, and those gone', async () => {
	page = 2;
	serverWrites('old', 4, '2020-01-01T00:00:00Z');
	await whole();
	expect(counts).not.toHaveBeenCalled();
	serverWrites('t2', 9);
	serverWrites('t5', 10);
	serverWrites('t3', 11, '2020-01-01T00:00:00Z');
	onServer.delete('t1');
	gone.push('t1');
	await sync();
	expect(counts).not.toHaveBeenCalled();
	expect(await idsHere()).toEqual(['old', 't2', 't3', 't5']);
	expect(asked).toEqual([4, 10]);
});

test('work that waits does not count, what the server has of it does', async () => {
	await whole();
	const args = { row: { id: 't9', case_id: 'c', title: '量血壓' } };
	const context = { db, me, nowMs, offsetMs: null, newMid: newId };
	await commitIntents(context, [{ name: 'task.create', args }], 0);
	serverWrites('t9', 12);
	await sync();
	serverWrites('t9', 13);
	await sync();
	expect(counts).not.toHaveBeenCalled();
	expect(await db.outbox.count()).toBe(0);
});

test('a row that the store has lost is missed at the first sync after a start, and six hours after the last count', async () => {
	await whole();
	await db.tasks.delete('t2');
	serverWrites('t4', 4);
	await sync();
	expect(await idsHere(), 'nothing has looked').toEqual(['t1', 't3', 't4']);
	nowMs += 7 * HOUR_MS;
	serverWrites('t5', 5);
	await sync();
	expect(await idsHere()).toEqual(['t1', 't2', 't3', 't4', 't5']);

	await db.tasks.delete('t3');
	await db.cursors.update(BUCKET, { refetchedAtMs: 0 });
	cycle = aCycle();
	serverWrites('t6', 6);
	await sync();
	expect(await idsHere()).toEqual(['t1', 't2', 't3', 't4', 't5', 't6']);
});

test('a clock that was set back does not put the count off', async () => {
	await whole();
	await db.tasks.delete('t2');
	nowMs -= HOUR_MS;
	serverWrites('t4', 4);
	await sync();
	expect(await idsHere()).toEqual(['t1', 't2', 't3', 't4']);
});

test('what was followed holds for the state and the window of which it was followed', async () => {
	await whole();
	await db.tasks.delete('t2');
	const client = await readClient(db);
	// Another tab has stored an answer meanwhile.
	if (client) await db.meta.put({ ...client, round: client.round + 1 });
	serverWrites('t4', 4);
	await sync();
	expect(await idsHere()).toEqual(['t1', 't2', 't3', 't4']);

	await db.cursors.update(BUCKET, { refetchedAtMs: 0 });
	await db.tasks.delete('t3');
	since = '2026-08-25T16:00:00Z';
	serverWrites('t5', 5);
	await sync();
	expect(await idsHere()).toEqual(['t1', 't2', 't3', 't4', 't5']);
});

test('rows that come twice while a bucket arrives count once', async () => {
	page = 2;
	for (const seq of [1, 2, 3]) serverWrites(`t${seq}`, seq);
	await cycle.run(new AbortController().signal);
	// The page after the one on its way brings a row that is here already.
	serverWrites('t1', 7);
	await sync();
	expect(counts).not.toHaveBeenCalled();
	expect(await idsHere()).toEqual(['t1', 't2', 't3']);
});
