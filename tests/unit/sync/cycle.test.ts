import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import type { FailureKind, RemoteAnswer } from '#lib/protocol/answers.ts';
import type { SyncRequest, SyncResponse } from '#lib/protocol/sync.ts';
import { readClient } from '#lib/sync/client-record.ts';
import { commitIntents } from '#lib/sync/commit.ts';
import type { CycleOutcome } from '#lib/sync/cycle.ts';
import { Cycle } from '#lib/sync/cycle.ts';
import { retrySetAside } from '#lib/sync/set-aside.ts';
import { StorageFaults } from '../../sync/support/storage-faults.ts';
import { anId, aPerson, NOW, NOW_MS } from '../../fixtures/builders.ts';

const me = aPerson();
const traffic = { bytesSent: 1, bytesReceived: 1 };
const storage = new StorageFaults();
let db: LocalDb;
let requests: SyncRequest[];
let answer: (request: SyncRequest) => RemoteAnswer<SyncResponse>;
let session: 'renewed' | 'ended' | 'unreachable';
let nowMs: number;
let cycle: Cycle;

beforeEach(() => {
	db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
	storage.attach(db);
	requests = [];
	answer = allDone;
	session = 'renewed';
	nowMs = NOW_MS;
	cycle = new Cycle({
		db,
		clock: { nowMs: () => nowMs, setTimer: () => () => undefined },
		newId: () => crypto.randomUUID(),
		onTraffic: () => undefined,
		port: {
			sync: (request) => {
				requests.push(request);
				return Promise.resolve(answer(request));
			},
			history: () => Promise.resolve(failure('offline')),
			renewSession: () => Promise.resolve(session),
			confirmWipe: () => Promise.resolve(),
			pokes: {
				follow: () => undefined,
				onPoke: () => () => undefined,
				live: () => false,
				stop: () => undefined
			}
		}
	});
});
afterEach(() => {
	storage.heal();
	db.close();
});

function failure(kind: FailureKind, retryAfterMs: number | null = null): RemoteAnswer<never> {
	return { ok: false, kind, retryAfterMs, code: null, ...traffic };
}

function success(part: Partial<SyncResponse>): RemoteAnswer<SyncResponse> {
	const value = {
		epoch: '00000000-0000-4000-8000-00000000000e',
		now: NOW,
		last_n: 0,
		results: [],
		buckets: {},
		rows: {},
		gone: {},
		removed: [],
		...part
	};
	return { ok: true, value, ...traffic };
}

function allDone({ push, acked }: SyncRequest): RemoteAnswer<SyncResponse> {
	return success({
		last_n: Math.max(acked, ...push.map(({ n }) => n)),
		results: push.map(({ n }) => ({ n, verdict: 'ok' }))
	});
}

async function tap(count: number, holdMs = 0): Promise<string[]> {
	const intents = Array.from(
		{ length: count },
		() =>
			({
				name: 'message.send',
				args: { row: { id: anId(), case_id: 'c', audience: 'circle', body: '好' } }
			}) as const
	);
	return await commitIntents(
		{ db, me, nowMs: NOW_MS, offsetMs: null, newMid: () => crypto.randomUUID() },
		intents,
		holdMs
	);
}

const round = (): Promise<CycleOutcome> => cycle.run(new AbortController().signal);
const sizes = () => requests.map(({ push }) => push.length);

test.each<FailureKind>([
	'offline',
	'garbled',
	'rate_limited',
	'unavailable',
	'forbidden',
	'upgrade_required'
])('%s: nothing is applied, nothing is lost, the same is sent again', async (kind) => {
	await tap(3);
	answer = () => failure(kind, 5000);
	expect(await round()).toEqual({ kind: 'failed', problem: kind, retryAfterMs: 5000 });
	answer = allDone;
	expect(await round()).toMatchObject({ kind: 'done', again: false });
	expect(requests[1]?.push).toEqual(requests[0]?.push);
	expect(await db.outbox.count()).toBe(0);
});

test('an intent whose time to undo ends while the server answers goes out next, not at the next poll', async () => {
	await tap(1, 1000);
	answer = (request) => {
		nowMs += 3000;
		return allDone(request);
	};
	expect(await round()).toMatchObject({ kind: 'done', again: false, releaseInMs: 0 });
	expect(await round()).toMatchObject({ kind: 'done', releaseInMs: null });
	expect(sizes()).toEqual([0, 1]);
});

test('an expired token is renewed once; the person is asked only when that is refused', async () => {
	await tap(1);
	answer = (request) => (requests.length === 1 ? failure('unauthenticated') : allDone(request));
	expect((await round()).kind).toBe('done');
	answer = () => failure('unauthenticated');
	expect((await round()).kind).toBe('signed_out');
	session = 'unreachable';
	expect(await round()).toMatchObject({ kind: 'failed', problem: 'offline' });
	session = 'ended';
	expect((await round()).kind).toBe('signed_out');
});

test.each<FailureKind>(['too_large', 'timeout', 'server'])(
	'%s: the batch is halved, and grows again after a success',
	async (kind) => {
		await tap(50);
		answer = ({ push }) => (push.length > 7 ? failure(kind) : allDone(requests.at(-1)!));
		let outcome = await round();
		for (let i = 0; i < 30 && !(outcome.kind === 'done' && !outcome.again); i++)
			outcome = await round();
		expect(sizes().slice(0, 4)).toEqual([50, 25, 13, 7]);
		expect(await db.outbox.count()).toBe(0);
	}
);

test('one mutation that brings the server down each time steps aside with a reason; all others go through', async () => {
	const mids = await tap(6);
	const poison = mids[2]!;
	answer = (request) =>
		request.push.some(({ mid }) => mid === poison) ? failure('server') : allDone(request);
	for (let i = 0; i < 60; i++) await round();
	expect(await db.outbox.toArray()).toMatchObject([
		{ mid: poison, state: 'attention', code: 'server_error' }
	]);
	answer = allDone;
	await retrySetAside(db);
	await round();
	expect(await db.outbox.count()).toBe(0);
});

test('a server that is down for everybody is no mutation’s fault', async () => {
	await tap(3);
	answer = () => failure('server');
	for (let i = 0; i < 40; i++) await round();
	expect((await db.outbox.toArray()).map(({ state }) => state)).toEqual([
		'pending',
		'pending',
		'pending'
	]);
	answer = allDone;
	for (let i = 0; i < 6; i++) await round();
	expect(await db.outbox.count()).toBe(0);
});

test('an answer that promises more but brings nothing is a failure, not a loop', async () => {
	answer = () => success({ buckets: { 1: { seq: 0, more: true } } });
	await round();
	expect(await round()).toEqual({ kind: 'failed', problem: 'server', retryAfterMs: null });
	answer = () => success({});
	await tap(1);
	await db.cursors.clear();
	expect((await round()).kind, 'an unanswered intent stays').toBe('done');
	expect(await db.outbox.count()).toBe(1);
});

/** Pages of one task each; the server answers by the cursor that it is told. */
function inPages({ cursors }: SyncRequest, pages = 3): RemoteAnswer<SyncResponse> {
	const seq = (cursors['1'] ?? 0) + 1;
	const row = { id: `t${seq}`, bucket_id: 1, seq, relevant_at: 'infinity' };
	return success({ rows: { tasks: [row] }, buckets: { 1: { seq, more: seq < pages } } });
}
const asked = () => requests.map(({ cursors }) => cursors['1'] ?? 0);

test('the next page is asked for while the last is being stored, and no page twice', async () => {
	answer = inPages;
	await round();
	expect(asked(), 'one page is stored, the next is on its way').toEqual([0, 1]);
	expect(await db.tasks.count()).toBe(1);
	await round();
	expect(await round()).toMatchObject({ kind: 'done', again: false });
	expect(asked()).toEqual([0, 1, 2]);
	expect((await db.tasks.toArray()).map(({ id }) => id)).toEqual(['t1', 't2', 't3']);
});

test.each([
	['at once brings a larger one', 500, [300, 2000, 2000, 2000]],
	['slowly does not', 700, [300, 1000, 1000, 1000]]
])('a page that comes %s', async (_, tookMs, limits) => {
	answer = (request) => {
		nowMs += tookMs;
		return inPages(request, 4);
	};
	let outcome = await round();
	while (outcome.kind === 'done' && outcome.again) outcome = await round();
	expect(requests.map(({ limit }) => limit)).toEqual(limits);
});

test('what is tapped during a long pull travels with the page after the one that is on its way', async () => {
	answer = inPages;
	await round();
	await tap(1);
	expect(await round()).toMatchObject({ kind: 'done', again: true });
	answer = allDone;
	await round();
	expect(asked()).toEqual([0, 1, 2]);
	expect(sizes()).toEqual([0, 0, 1]);
	expect(await db.tasks.count()).toBe(2);
});

test('a page that was asked for ahead counts only over the state that was foreseen', async () => {
	answer = inPages;
	await round();
	// Another tab has gone on: the bucket is fetched from its beginning.
	await db.cursors.update(1, { cursor: 0 });
	await round();
	expect(asked()).toEqual([0, 1, 0, 1]);
	// It has stored an answer that moved no cursor.
	const client = await readClient(db);
	if (client) await db.meta.put({ ...client, round: 99 });
	await round();
	expect(asked()).toEqual([0, 1, 0, 1, 1, 2]);
});

test('a page whose request was cancelled is asked for again', async () => {
	answer = inPages;
	const stop = new AbortController();
	await cycle.run(stop.signal);
	stop.abort();
	await round();
	expect(asked()).toEqual([0, 1, 1, 2]);
});

test('on a full phone verdicts are kept, and rows are fetched again after ten minutes', async () => {
	await tap(1);
	const row = { id: 't', bucket_id: 1, seq: 1, relevant_at: 'infinity' };
	answer = (request) => {
		const done = allDone(request);
		return done.ok
			? {
					...done,
					value: { ...done.value, rows: { tasks: [row] }, buckets: { 1: { seq: 1, more: false } } }
				}
			: done;
	};
	await db.open();
	storage.failAfter(4, 'disk_full');
	const outcome = await round();
	expect(storage.pending).toBe(false);
	expect(outcome).toMatchObject({ kind: 'done', problem: 'quota' });
	expect((await db.outbox.toArray())[0]?.state).toBe('acked');
	expect(await db.tasks.count()).toBe(0);
	nowMs += 11 * 60_000;
	expect(await round()).toMatchObject({ problem: null });
	expect(await db.tasks.count()).toBe(1);
	expect(await db.outbox.count()).toBe(0);
});

test('a full phone gives back at once what the server has forgotten, which takes nothing new before', async () => {
	await tap(1);
	answer = (request) => {
		const done = allDone(request);
		const row = { id: 't', bucket_id: 1, seq: 1, relevant_at: 'infinity' };
		const brought = { rows: { tasks: [row] }, buckets: { 1: { seq: 1, more: false } } };
		return done.ok ? { ...done, value: { ...done.value, ...brought } } : done;
	};
	await db.open();
	storage.failAfter(4, 'disk_full');
	expect(await round()).toMatchObject({ problem: 'quota' });
	storage.heal();
	const told = (await readClient(db))?.ackedN;
	await tap(1);
	const backup = () => success({ last_n: 0 });
	answer = backup;
	await round();
	expect(requests.at(-1)?.acked).toBe(told);
	const waiting = (await db.outbox.toArray()).map(({ state, n }) => ({ state, n }));
	expect(waiting).toEqual([
		{ state: 'pending', n: null },
		{ state: 'pending', n: null }
	]);
});

test('a server that forgets what it was just given back is not sent it without pause', async () => {
	await tap(2);
	answer = allDone;
	await round();
	await tap(1);
	// What it is told does not count with it: its number stays behind what it had said.
	answer = ({ push }) =>
		success({ last_n: 1, results: push.map(({ n }) => ({ n, verdict: 'dup' })) });
	const minutesLater = async (minutes: number) => {
		nowMs += minutes * 60_000;
		return await round();
	};
	expect(await round(), 'once is a restore').toMatchObject({ kind: 'done', again: true });
	expect(await minutesLater(1)).toEqual({ kind: 'failed', problem: 'server', retryAfterMs: null });
	expect(await minutesLater(1)).toMatchObject({ kind: 'failed' });
	expect(await minutesLater(3), 'long ago').toMatchObject({ kind: 'done', again: true });
	answer = allDone;
	await minutesLater(0);
	expect(await db.outbox.count()).toBe(0);
});

test('the clock offset is measured from the middle of the exchange, and not when a clock jumps', async () => {
	answer = () => {
		nowMs += 2000;
		return success({ now: new Date(NOW_MS - 60_000 + 1000).toISOString() });
	};
	await round();
	expect((await readClient(db))?.clockOffsetMs).toBe(60_000);
	answer = () => {
		nowMs -= 86_400_000;
		return success({});
	};
	await round();
	expect((await readClient(db))?.clockOffsetMs).toBe(60_000);
});

test('a wipe is told with the client that it is for', async () => {
	answer = () => success({ wipe: true });
	expect(await round()).toEqual({ kind: 'wiped', clientId: requests[0]?.client });
});
