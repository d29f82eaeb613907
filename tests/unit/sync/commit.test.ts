import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import type { OutboxEntry } from '#lib/db/records.ts';
import { buildRequest, nextReleaseInMs } from '#lib/sync/build-request.ts';
import type { Intent } from '#lib/sync/commit.ts';
import { commitIntents } from '#lib/sync/commit.ts';
import { attentionTray, dismissIntent, resendIntent, retractIntents } from '#lib/sync/outbox.ts';
import { pendingIds, recordState } from '#lib/sync/record-state.ts';
import { rebuildView } from '#lib/sync/view.ts';
import { StorageFaults } from '../../sync/support/storage-faults.ts';
import { aCase, aCaseMember, anId, aPerson, aTask, NOW_MS } from '../../fixtures/builders.ts';

const me = aPerson();
const storage = new StorageFaults();
let db: LocalDb;

beforeEach(() => {
	db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
	storage.attach(db);
});
afterEach(() => {
	storage.heal();
	db.close();
});

async function commit(intents: Intent[], holdMs = 0): Promise<string[]> {
	return await commitIntents(
		{ db, me, nowMs: NOW_MS, offsetMs: 40, newMid: anId },
		intents,
		holdMs
	);
}

function taskNote(id: string, body: string): Intent {
	return { name: 'task.patch', args: { id, patch: { body: [null, body] } } };
}

async function pushed(nowMs = NOW_MS): Promise<string[]> {
	const { wire } = await buildRequest(db, nowMs, { push: 50, rows: 100 }, anId);
	return wire.push.map(({ mid }) => mid);
}

async function refuse(mid: string): Promise<void> {
	await db.outbox
		.where('mid')
		.equals(mid)
		.modify({ state: 'attention', verdict: 'rejected', code: 'not_allowed', n: 1 });
	await db.inTransaction('rw', ['outbox', 'shadow', 'tasks', 'task_comments'], (tx) =>
		rebuildView(tx)
	);
}

test('rows, outbox entry and the copy of what the server had are stored together', async () => {
	const task = aTask({ seq: 7 });
	await db.tasks.put(task);
	const [mid] = await commit([
		{ name: 'task.finish', args: { id: task.id, at: '2026-11-22T01:00:00.000Z' } }
	]);
	expect(await db.tasks.get(task.id)).toMatchObject({ status: 'done', seq: 7 });
	expect(await db.shadow.toArray()).toEqual([{ table: 'tasks', id: task.id, row: task }]);
	expect(await db.outbox.toArray()).toMatchObject([
		{ mid, n: null, state: 'pending', base: 7, offsetMs: 40 }
	]);
});

test('what is saved is flushed to the disk before a screen says so', async () => {
	const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
	await commit([taskNote(anId(), '量血壓')]);
	const writes = transactions.mock.calls.filter(([, mode]) => mode === 'readwrite');
	expect(writes.map(([, , options]) => options)).toEqual([{ durability: 'strict' }]);
	transactions.mockRestore();
});

test('when the phone is full nothing is stored and the screen is told so', async () => {
	const task = aTask();
	await db.tasks.put(task);
	for (let writes = 0; writes < 3; writes++) {
		storage.failAfter(writes, 'disk_full');
		await expect(
			commit([{ name: 'task.finish', args: { id: task.id, at: '' } }])
		).rejects.toMatchObject({ kind: 'quota' });
		expect(await db.tasks.get(task.id)).toEqual(task);
		expect((await db.outbox.count()) + (await db.shadow.count())).toBe(0);
	}
});

test('a connection that iOS has dropped is opened again, and the intent is stored once', async () => {
	const task = aTask();
	await db.tasks.put(task);
	storage.failAfter(1, 'connection_lost');
	await commit([{ name: 'task.finish', args: { id: task.id, at: '' } }]);
	expect(await db.outbox.count()).toBe(1);
});

test('an intent that was stored before the connection died is stored once', async () => {
	const transaction = db.transaction.bind(db) as (...args: unknown[]) => Promise<unknown>;
	const dying = async (...args: unknown[]) => {
		await transaction(...args);
		throw new DOMException('the connection is gone', 'InvalidStateError');
	};
	// Dexie's overloads are more than a stand-in can have.
	vi.spyOn(db, 'transaction').mockImplementationOnce(dying as never);
	await commit([taskNote(anId(), '量血壓')]);
	expect(await db.outbox.count()).toBe(1);
});

test('several intents are stored in order, all or none', async () => {
	const id = anId();
	const create: Intent = {
		name: 'task.create',
		args: { row: { id, case_id: anId(), title: '換藥' } }
	};
	storage.failAfter(4, 'disk_full');
	await expect(commit([create, taskNote(id, '右腿')])).rejects.toMatchObject({ kind: 'quota' });
	expect(await db.tasks.count()).toBe(0);
	await commit([create, taskNote(id, '右腿')]);
	expect(await db.tasks.get(id)).toMatchObject({ title: '換藥', body: '右腿' });
});

test('what a form changes after saving does not reach the outbox', async () => {
	const row = { id: anId(), case_id: anId(), title: '量血壓' };
	await commit([{ name: 'task.create', args: { row } }]);
	row.title = '別的';
	const [entry] = await db.outbox.toArray();
	expect(entry?.mutation.args).toMatchObject({ row: { title: '量血壓' } });
});

test('a message carries the role that its author has towards that care recipient', async () => {
	const aCaseRow = aCase();
	await db.cases.put(aCaseRow);
	await db.case_members.put(
		aCaseMember({ case_id: aCaseRow.id, user_id: me.userId, role: 'nurse' })
	);
	const id = anId();
	await commit([
		{
			name: 'message.send',
			args: { row: { id, case_id: aCaseRow.id, audience: 'circle', body: '好' } }
		}
	]);
	expect(await db.messages.get(id)).toMatchObject({ author_role: 'nurse' });
});

test('undo takes the intent and its effect away, until it has a number to travel under', async () => {
	const task = aTask();
	await db.tasks.put(task);
	const [mid] = await commit([taskNote(task.id, '一')], 10_000);
	expect(await retractIntents(db, [mid!])).toBe(true);
	expect(await db.tasks.get(task.id)).toEqual(task);
	expect(await db.shadow.count()).toBe(0);
	const [sent] = await commit([taskNote(task.id, '二')]);
	await pushed();
	expect(await retractIntents(db, [sent!])).toBe(false);
	expect((await db.tasks.get(task.id))?.body).toBe('二');
});

test('a new row is not undone under what was built on it', async () => {
	const id = anId();
	const [create] = await commit(
		[{ name: 'task.create', args: { row: { id, case_id: anId(), title: '換藥' } } }],
		10_000
	);
	await commit([taskNote(id, '右腿')]);
	expect(await retractIntents(db, [create!])).toBe(false);
});

test('a held intent holds back only what needs it', async () => {
	const caseId = anId();
	const held = aTask({ case_id: caseId });
	const other = aTask({ case_id: caseId });
	await db.tasks.bulkPut([held, other]);
	const [first] = await commit([taskNote(held.id, '等')], 10_000);
	const [second] = await commit([taskNote(held.id, '也等')]);
	const [free] = await commit([taskNote(other.id, '不等')]);
	const [report] = await commit([
		{
			name: 'emergency.report',
			args: { row: { id: anId(), case_id: caseId, incident_type: 'FALL', severity: 'red' } }
		}
	]);
	expect(await pushed()).toEqual([free, report]);
	expect(await nextReleaseInMs(db, NOW_MS)).toBe(10_000);
	expect(await pushed(NOW_MS + 10_000)).toEqual([free, report, first, second]);
});

test('a clock that jumps ends a hold instead of prolonging it', async () => {
	const task = aTask();
	await db.tasks.put(task);
	const [mid] = await commit([taskNote(task.id, '等')], 10_000);
	expect(await pushed(NOW_MS - 86_400_000)).toEqual([mid]);
});

test('a phone that has never had an answer asks for little, so that Today is there soon; after that for as much as it may', async () => {
	const limits = { push: 50, rows: 1000 };
	expect((await buildRequest(db, NOW_MS, limits, anId)).wire.limit).toBe(300);
	expect((await buildRequest(db, NOW_MS, { ...limits, rows: 100 }, anId)).wire.limit).toBe(100);
	await db.meta.toCollection().modify((record) => void Object.assign(record, { epoch: 'e1' }));
	expect((await buildRequest(db, NOW_MS, limits, anId)).wire.limit).toBe(1000);
});

test('numbers are given in order and kept, and a batch never passes its limit', async () => {
	const task = aTask();
	await db.tasks.put(task);
	await commit(Array.from({ length: 60 }, (_, i) => taskNote(task.id, String(i))));
	const first = await buildRequest(db, NOW_MS, { push: 500, rows: 100 }, anId);
	expect(first.wire.push.map(({ n }) => n)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
	expect(first.left).toBe(10);
	const again = await buildRequest(db, NOW_MS, { push: 50, rows: 100 }, anId);
	expect(again.wire.push).toEqual(first.wire.push);
});

test('a refused intent leaves the view, keeps its words, and is sent again under a new identity with those it blocked', async () => {
	const id = anId();
	const [create] = await commit([
		{ name: 'task.create', args: { row: { id, case_id: anId(), title: '' } } }
	]);
	const [comment] = await commit([
		{
			name: 'task_comment.add',
			args: { row: { id: anId(), case_id: anId(), task_id: id, body: '好' } }
		}
	]);
	await refuse(create!);
	await db.outbox
		.where('mid')
		.equals(comment!)
		.modify({ state: 'attention', verdict: 'blocked', n: 2 });
	expect(await db.tasks.get(id)).toBeUndefined();
	expect((await attentionTray(db)).map(({ mid }) => mid)).toEqual([create, comment]);
	const before = (await attentionTray(db))[0]!.mutation.args;
	await resendIntent(
		db,
		create!,
		{ ...before, row: { id, case_id: anId(), title: '有標題了' } },
		NOW_MS,
		anId
	);
	expect(await db.tasks.get(id)).toMatchObject({ title: '有標題了' });
	const entries: OutboxEntry[] = await db.outbox.orderBy('order').toArray();
	expect(entries.map(({ mutation, state, n }) => [mutation.name, state, n])).toEqual([
		['task.create', 'pending', null],
		['task_comment.add', 'pending', null]
	]);
	expect(entries.map(({ mid }) => mid)).not.toContain(create);
	expect((await db.journal.get(create!))?.outcome).toBe('resent');
});

test('an intent that the server never answered keeps its identity when it is sent again', async () => {
	const task = aTask();
	await db.tasks.put(task);
	const [mid] = await commit([taskNote(task.id, '一')]);
	await db.outbox
		.where('mid')
		.equals(mid!)
		.modify({ state: 'attention', code: 'server_error', n: 4 });
	await resendIntent(db, mid!, undefined, NOW_MS, anId);
	expect(await pushed()).toEqual([mid]);
});

test('giving up keeps the words in the journal', async () => {
	const task = aTask();
	await db.tasks.put(task);
	const [mid] = await commit([taskNote(task.id, '長長的紀錄')]);
	await dismissIntent(db, mid!, NOW_MS);
	expect(await db.outbox.count(), 'only what was refused can be given up').toBe(1);
	await refuse(mid!);
	await dismissIntent(db, mid!, NOW_MS);
	expect(await db.outbox.count()).toBe(0);
	expect(JSON.stringify(await db.journal.get(mid!))).toContain('長長的紀錄');
});

test('a record says how far it has come', async () => {
	const received = aTask();
	const edited = aTask();
	const refused = aTask();
	await db.tasks.bulkPut([received, edited, refused]);
	const fresh = anId();
	await commit([
		taskNote(edited.id, '一'),
		{ name: 'task.create', args: { row: { id: fresh, case_id: anId(), title: '新' } } }
	]);
	const [mid] = await commit([taskNote(refused.id, '一')]);
	await refuse(mid!);
	const ids = await pendingIds(db);
	const states = await Promise.all(
		[received.id, edited.id, fresh, refused.id].map(async (id) =>
			recordState((await db.tasks.get(id))!, ids)
		)
	);
	expect(states).toEqual(['received', 'sending', 'on_phone', 'attention']);
});
