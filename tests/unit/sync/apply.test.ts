import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import type { SyncResponse } from '#lib/protocol/sync.ts';
import { syncRequestSchema, syncResponseSchema } from '#lib/protocol/sync.ts';
import type { Applied } from '#lib/sync/apply.ts';
import { applyResponse } from '#lib/sync/apply.ts';
import type { BuiltRequest } from '#lib/sync/build-request.ts';
import { buildRequest, nextReleaseInMs } from '#lib/sync/build-request.ts';
import type { Intent } from '#lib/sync/commit.ts';
import { commitIntents } from '#lib/sync/commit.ts';
import { verifyBuckets } from '#lib/sync/verify.ts';
import { anId, aPerson, NOW, NOW_MS } from '../../fixtures/builders.ts';

const me = aPerson();
const EPOCH = '00000000-0000-4000-8000-00000000000e';
const newUuid = () => crypto.randomUUID();
let db: LocalDb;

beforeEach(() => {
	db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => db.close());

function task(id: string, part: Record<string, unknown> = {}) {
	return {
		id,
		bucket_id: 1,
		seq: 10,
		relevant_at: 'infinity',
		case_id: 'c',
		title: '量血壓',
		status: 'open',
		received_at: '2026-11-22T00:00:00.123456+00:00',
		...part
	};
}

function answer(part: Partial<SyncResponse> = {}): SyncResponse {
	return v.parse(syncResponseSchema, {
		epoch: EPOCH,
		now: NOW,
		since: '2026-08-24T16:00:00.000Z',
		last_n: 0,
		...part
	});
}

const ask = (push = 50): Promise<BuiltRequest> =>
	buildRequest(db, NOW_MS, { push, rows: 1000 }, newUuid);

const apply = (
	request: BuiltRequest,
	part: Partial<SyncResponse>,
	verdictsOnly = false
): Promise<Applied> =>
	applyResponse(db, request, answer(part), {
		nowMs: NOW_MS,
		clockOffsetMs: 12,
		verdictsOnly,
		newId: newUuid
	});

async function commit(...intents: Intent[]): Promise<string[]> {
	return await commitIntents(
		{ db, me, nowMs: NOW_MS, offsetMs: null, newMid: newUuid },
		intents,
		0
	);
}

const whole = (bucket = 1, seq = 10) => ({ [bucket]: { seq, more: false } });

test('every request is what the protocol says', async () => {
	await commit({
		name: 'task.create',
		args: { row: { id: anId(), case_id: anId(), title: '換藥' } }
	});
	expect(v.is(syncRequestSchema, (await ask()).wire)).toBe(true);
});

test('rows arrive with nulls filled in and instants in one form; unknown columns, values and tables do no harm', async () => {
	const wire = { ...task('t1'), status: 'frozen', colour: 'blue' };
	await apply(await ask(), {
		rows: { tasks: [wire], hologram_rows: [{ id: 'h', bucket_id: 1, seq: 1 }] },
		buckets: whole()
	});
	expect(await db.tasks.get('t1')).toMatchObject({
		status: 'frozen',
		colour: 'blue',
		body: null,
		received_at: '2026-11-22T00:00:00.123Z'
	});
});

test('a pulled row with waiting work goes to the server copy, and the work is replayed over it', async () => {
	await apply(await ask(), { rows: { tasks: [task('t1')] }, buckets: whole() });
	await commit({ name: 'task.patch', args: { id: 't1', patch: { body: [null, '我的'] } } });
	await apply(await ask(0), {
		rows: { tasks: [task('t1', { seq: 11, title: '別人改的' })] },
		buckets: whole(1, 11)
	});
	expect(await db.tasks.get('t1')).toMatchObject({ title: '別人改的', body: '我的' });
	expect((await db.shadow.toArray())[0]?.row).toMatchObject({
		title: '別人改的',
		body: null,
		seq: 11
	});
});

test('an accepted intent stays in the view until the rows that follow from it have all arrived', async () => {
	await apply(await ask(), { rows: { tasks: [task('t1')] }, buckets: whole() });
	await commit({ name: 'task.patch', args: { id: 't1', patch: { body: [null, '我的'] } } });
	const results = [{ n: 1, verdict: 'ok' }];
	await apply(await ask(), { last_n: 1, results, buckets: { 1: { seq: 10, more: true } } });
	expect((await db.tasks.get('t1'))?.body).toBe('我的');
	expect((await db.outbox.toArray())[0]?.state).toBe('acked');
	await apply(await ask(), {
		last_n: 1,
		rows: { tasks: [task('t1', { seq: 12, body: '我的' })] },
		buckets: whole(1, 12)
	});
	expect(await db.outbox.count()).toBe(0);
	expect(await db.shadow.count()).toBe(0);
	expect((await db.journal.toArray())[0]).toMatchObject({
		outcome: 'acked',
		entry: { verdict: 'ok' }
	});
});

test.each([
	[{ verdict: 'rejected', code: 'not_allowed' }, 'rejected'],
	[{ verdict: 'blocked', code: 'depends_on_rejected', data: { n: 1 } }, 'blocked'],
	[{ verdict: 'dup', data: { verdict: 'rejected', code: 'not_allowed' } }, 'rejected'],
	[{ verdict: 'a_word_of_a_newer_server' }, 'a_word_of_a_newer_server']
])(
	'%j: the work leaves the view and waits in the tray with its reason',
	async (result, verdict) => {
		await apply(await ask(), { rows: { tasks: [task('t1')] }, buckets: whole() });
		await commit({ name: 'task.patch', args: { id: 't1', patch: { body: [null, '我的'] } } });
		await apply(await ask(), { last_n: 1, results: [{ n: 1, ...result }] });
		expect((await db.tasks.get('t1'))?.body).toBeNull();
		expect(await db.outbox.toArray()).toMatchObject([{ state: 'attention', verdict }]);
		expect(await db.shadow.count()).toBe(0);
	}
);

test('a conflict is no refusal: it is done, and the notice data is kept', async () => {
	await commit({ name: 'task.create', args: { row: { id: 't1', case_id: 'c', title: '一' } } });
	await apply(await ask(), {
		last_n: 1,
		results: [{ n: 1, verdict: 'conflict', data: { fields: ['title'] } }],
		buckets: whole()
	});
	expect((await db.journal.toArray())[0]?.entry).toMatchObject({
		verdict: 'conflict',
		data: { fields: ['title'] }
	});
});

test('a forked phone becomes a new client and keeps the identity of its intents', async () => {
	const [mid] = await commit({
		name: 'task.create',
		args: { row: { id: 't1', case_id: 'c', title: '一' } }
	});
	const before = await ask();
	await apply(before, { results: [{ n: 1, verdict: 'fork' }] });
	const after = await ask();
	expect(after.wire.client).not.toBe(before.wire.client);
	expect(after.wire.push).toMatchObject([{ n: 1, mid }]);
});

test('an answer to an older state of this phone brings verdicts, but neither rows nor cursors', async () => {
	await commit({ name: 'task.create', args: { row: { id: 't1', case_id: 'c', title: '一' } } });
	const early = await ask();
	await apply(await ask(0), { rows: { tasks: [task('t2', { seq: 20 })] }, buckets: whole(1, 20) });
	await apply(early, {
		last_n: 1,
		results: [{ n: 1, verdict: 'ok' }],
		rows: { tasks: [task('t2', { seq: 15 })] },
		buckets: whole(1, 15)
	});
	expect((await db.tasks.get('t2'))?.seq).toBe(20);
	expect((await db.cursors.get(1))?.cursor).toBe(20);
	expect((await db.outbox.toArray())[0]?.state).toBe('acked');
});

test('on a full phone the verdicts are stored and nothing else', async () => {
	await commit({ name: 'task.create', args: { row: { id: 't1', case_id: 'c', title: '一' } } });
	await apply(
		await ask(),
		{
			last_n: 1,
			results: [{ n: 1, verdict: 'ok' }],
			rows: { tasks: [task('t2')] },
			buckets: whole()
		},
		true
	);
	expect(await db.tasks.toArray()).toMatchObject([{ id: 't1' }]);
	expect(await db.cursors.count()).toBe(0);
	expect((await db.outbox.toArray())[0]?.state).toBe('acked');
});

test('a bucket that starts anew keeps its rows in sight until it is complete, and then drops those that did not come again', async () => {
	await apply(await ask(), { rows: { tasks: [task('stays'), task('goes')] }, buckets: whole() });
	await apply(await ask(), {
		rows: { tasks: [task('stays', { seq: 3 })] },
		buckets: { 1: { seq: -1, more: true, reset: true } }
	});
	expect(await db.tasks.count()).toBe(2);
	await apply(await ask(), { buckets: whole(1, 4) });
	expect((await db.tasks.toArray()).map(({ id, seq }) => [id, seq])).toEqual([['stays', 3]]);
});

test('a restored server gets back what it had acknowledged, under the same identity and in the old order', async () => {
	const [first] = await commit({
		name: 'task.create',
		args: { row: { id: 't1', case_id: 'c', title: '一' } }
	});
	await apply(await ask(), {
		last_n: 1,
		results: [{ n: 1, verdict: 'ok' }],
		rows: { tasks: [task('t1')] },
		buckets: whole()
	});
	const [second] = await commit({
		name: 'task.patch',
		args: { id: 't1', patch: { body: [null, '二'] } }
	});
	const applied = await apply(await ask(0), { epoch: newUuid() });
	expect(applied.requeued).toBe(true);
	expect((await ask()).wire.push.map(({ mid }) => mid)).toEqual([first, second]);
	expect((await ask()).wire.cursors).toEqual({ 1: 0 });
	expect(await db.tasks.get('t1')).toMatchObject({ title: '一', body: '二' });
});

test('a server that forgot without a new epoch is noticed by its last number', async () => {
	const [mid] = await commit({
		name: 'task.create',
		args: { row: { id: 't1', case_id: 'c', title: '一' } }
	});
	await apply(await ask(), { last_n: 1, results: [{ n: 1, verdict: 'ok' }], buckets: whole() });
	await apply(await ask(), { last_n: 0 });
	expect((await ask()).wire.push).toMatchObject([{ mid }]);
});

test('work that is sent again may be told to wait for what it rests on, for a week; then it is refused like any other', async () => {
	const [mid] = await commit({
		name: 'task_comment.add',
		args: { row: { id: 'k1', case_id: 'c', task_id: 't1', body: '好', audience: 'staff' } }
	});
	const first = await ask();
	expect(first.wire.push[0]).not.toHaveProperty('again');
	await apply(first, { last_n: 1, results: [{ n: 1, verdict: 'ok' }], buckets: whole() });
	await apply(await ask(0), { epoch: newUuid() });

	const again = await ask();
	expect(again.wire.push).toMatchObject([{ mid, again: true }]);
	const results = [{ n: again.wire.push[0]!.n, verdict: 'later', code: 'missing_reference' }];
	await apply(again, { results, buckets: whole() });
	expect((await ask()).wire).toMatchObject({ acked: 0, push: [] });
	expect(await nextReleaseInMs(db, NOW_MS)).toBe(10_000);
	expect(await db.task_comments.count()).toBe(1);

	const limits = { push: 50, rows: 1000 };
	const soon = await buildRequest(db, NOW_MS + 10_000, limits, newUuid);
	expect(soon.wire.push).toMatchObject([{ mid, again: true }]);
	const nowMs = NOW_MS + 3_600_000;
	await applyResponse(
		db,
		soon,
		answer({ results: [{ ...results[0]!, n: soon.wire.push[0]!.n }], buckets: whole() }),
		{ nowMs, clockOffsetMs: null, verdictsOnly: false, newId: newUuid }
	);
	expect(await nextReleaseInMs(db, nowMs), 'a long wait asks less often').toBe(45_000);
	const late = await buildRequest(db, NOW_MS + 8 * 86_400_000, limits, newUuid);
	expect(late.wire.push).toMatchObject([{ mid }]);
	expect(late.wire.push[0]).not.toHaveProperty('again');
});

test('what rests on work that may have to wait travels as patiently; what does not, does not', async () => {
	const plan = (row: { id: string; case_id: string; title: string }): Intent => ({
		name: 'task.create',
		args: { row }
	});
	const [first] = await commit(plan({ id: 't1', case_id: 'c', title: '一' }));
	await apply(await ask(), { last_n: 1, results: [{ n: 1, verdict: 'ok' }], buckets: whole() });
	await commit(plan({ id: 't2', case_id: 'c', title: '二' }));
	const [comment] = await commit({
		name: 'task_comment.add',
		args: { row: { id: 'k1', case_id: 'c', task_id: 't1', body: '好', audience: 'staff' } }
	});
	await apply(await ask(0), { epoch: newUuid() });
	expect((await ask()).wire.push).toEqual([
		expect.objectContaining({ mid: first, again: true }),
		expect.not.objectContaining({ again: true }),
		expect.objectContaining({ mid: comment, again: true })
	]);
});

test('acknowledged work is kept for thirty days', async () => {
	await commit({ name: 'task.create', args: { row: { id: 't1', case_id: 'c', title: '一' } } });
	await apply(await ask(), { last_n: 1, results: [{ n: 1, verdict: 'ok' }], buckets: whole() });
	const after = async (days: number) => {
		const nowMs = NOW_MS + days * 86_400_000;
		const request = await buildRequest(db, nowMs, { push: 50, rows: 1000 }, newUuid);
		const options = { nowMs, clockOffsetMs: null, verdictsOnly: false, newId: newUuid };
		await applyResponse(db, request, answer({ last_n: 1 }), options);
	};
	await after(29);
	expect(await db.journal.count()).toBe(1);
	await after(31);
	expect(await db.journal.count()).toBe(0);
});

test('a bucket whose sums differ is fetched again, once in six hours; what the server says counts, not what is replayed', async () => {
	await apply(await ask(), {
		rows: { tasks: [task('t1')] },
		buckets: { 1: { seq: 10, more: false } }
	});
	await commit({
		name: 'task.create',
		args: { row: { id: 't2', case_id: 'c', title: '只在這裡' } }
	});
	const claim = (live: number, sum: number) =>
		answer({ buckets: { 1: { seq: 10, more: false, live, sum } } });
	expect(await verifyBuckets(db, claim(1, 10), NOW_MS)).toEqual([]);
	expect(await verifyBuckets(db, claim(2, 19), NOW_MS)).toEqual([1]);
	await apply(await ask(0), { buckets: whole() });
	expect(await verifyBuckets(db, claim(2, 19), NOW_MS + 3_600_000)).toEqual([]);
	expect(await verifyBuckets(db, claim(2, 19), NOW_MS + 7 * 3_600_000)).toEqual([1]);
});

test('rows alone need not reach the disk before they count; verdicts, and rows over which somebody has worked, must', async () => {
	const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
	const durability = async (work: Promise<unknown>) => {
		await work;
		const writes = transactions.mock.calls.filter(([, mode]) => mode === 'readwrite');
		transactions.mockClear();
		return writes.map(([, , options]) => options?.durability);
	};
	const rows = { tasks: [task('t1')] };
	const request = await ask();
	transactions.mockClear();
	expect(await durability(apply(request, { rows, buckets: whole() }))).toEqual(['relaxed']);
	expect(await durability(ask())).toEqual(['strict']);
	const quiet = await ask();
	await commit({ name: 'task.create', args: { row: { id: 't2', case_id: 'c', title: '二' } } });
	transactions.mockClear();
	// It finds the server's copy of what was tapped meanwhile, leaves everything as it is, and the outbox is asked.
	expect(await durability(apply(quiet, { rows, buckets: whole(1, 11) }))).toEqual([
		'relaxed',
		'strict'
	]);
	expect(await db.tasks.get('t2')).toMatchObject({ title: '二' });
	const pushing = await ask();
	transactions.mockClear();
	const verdicts = { last_n: 1, results: [{ n: 1, verdict: 'ok' }] };
	expect(await durability(apply(pushing, verdicts))).toEqual(['strict']);
	transactions.mockRestore();
});

test('rows alone are those of the state from which they were asked, of this client, and of a server that has forgotten nothing', async () => {
	const first = await ask();
	await apply(first, { rows: { tasks: [task('t1')] }, buckets: whole() });
	await apply(first, { rows: { tasks: [task('t1', { seq: 3 })] }, buckets: whole(1, 3) });
	expect(await db.tasks.get('t1')).toMatchObject({ seq: 10 });
	expect(await db.cursors.get(1)).toMatchObject({ cursor: 10 });
	await commit({ name: 'task.create', args: { row: { id: 't2', case_id: 'c', title: '二' } } });
	await apply(await ask(), { last_n: 1, results: [{ n: 1, verdict: 'ok' }], buckets: whole() });
	const quiet = await ask();
	expect(quiet.quiet).toBe(true);
	await apply(quiet, { last_n: 0, buckets: whole() });
	expect(await db.outbox.count(), 'what it had acknowledged is sent again').toBe(1);
});

test('JSON of somebody else is no answer', () => {
	for (const strange of [{}, { status: 'ok' }, { epoch: EPOCH, now: NOW }, [], null, 'x'])
		expect(v.is(syncResponseSchema, strange)).toBe(false);
});
