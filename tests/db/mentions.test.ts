/** Mentions: only who sees the words is meant by them and told of them, once. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aRow, CASES, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, type Fields } from './harness.ts';
import { written } from './mutation-args.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };
const { worker, nurse, family, outsider, supervisor } = PEOPLE;

async function push(person: Person, name: string, row: Fields): Promise<void> {
	const [result] = await new Phone(db, person).push([{ name, args: { row } }], inside);
	expect(result).toMatchObject({ verdict: 'ok' });
}
async function send(person: Person, fields: Fields): Promise<string> {
	const row = aRow.message(fields);
	await push(person, 'message.send', row);
	return row.id;
}
const meant = (table: 'messages' | 'task_comments', id: string) =>
	db.value<string[]>(`select mentions from public.${table} where id = $1`, [id]);
const told = async (subject: string) => {
	const rows = await db.sql<{ user_id: string; data: Fields }>(
		`select user_id, data from public.notices where kind = 'mentioned' and subject_id = $1 order by user_id`,
		[subject]
	);
	return rows;
};

describe('in a message', () => {
	test('those who see the thread are told, with who wrote it and where; not its author', async () => {
		const id = await send('worker', { mentions: [nurse, worker, family, supervisor] });
		expect((await meant('messages', id)).toSorted()).toEqual(
			[nurse, family, supervisor].toSorted()
		);
		const notices = await told(id);
		expect(notices.map(({ user_id }) => user_id)).toEqual([nurse, family, supervisor].toSorted());
		expect(notices[0]?.data).toEqual({ author_name: expect.any(String), thread: 'circle' });
	});

	test('the family is not meant by what staff say among themselves, nor anybody outside', async () => {
		const id = await send('worker', { audience: 'staff', mentions: [nurse, family, outsider] });
		expect(await meant('messages', id)).toEqual([nurse]);
		expect((await told(id)).map(({ user_id }) => user_id)).toEqual([nurse]);
	});

	test('the family means whom it likes in the thread of the circle', async () => {
		const id = await send('family', { mentions: [nurse] });
		expect((await told(id)).map(({ user_id }) => user_id)).toEqual([nurse]);
	});

	test('a correction tells only whom no earlier word has named', async () => {
		const first = await send('worker', { mentions: [nurse] });
		const second = await send('worker', { corrects_id: first, mentions: [nurse, family] });
		expect((await told(second)).map(({ user_id }) => user_id)).toEqual([family]);
		const third = await send('worker', { corrects_id: first, mentions: [family] });
		expect(await meant('messages', third)).toEqual([family]);
		expect(await told(third)).toEqual([]);
	});

	test('an announcement means everybody and names nobody', async () => {
		const id = randomUUID();
		await push('supervisor', 'message.send', aRow.announcement({ id, mentions: [worker] }));
		expect(await meant('messages', id)).toEqual([]);
	});

	test('however often a phone names somebody, they are meant once', async () => {
		const id = await send('worker', { mentions: Array.from({ length: 30 }, () => nurse) });
		expect(await meant('messages', id)).toEqual([nurse]);
	});

	test('what a seed brings tells nobody', async () => {
		const id = await db.insert('messages', written(aRow.message({ mentions: [nurse] })));
		expect(await meant('messages', id)).toEqual([nurse]);
		expect(await told(id)).toEqual([]);
	});
});

describe('in a comment on a task', () => {
	async function comment(audience: 'circle' | 'staff', mentions: readonly string[]) {
		const task_id = await db.insert('tasks', written(aRow.task({ audience })));
		const id = randomUUID();
		const row = { id, case_id: CASES.ayue, task_id, body: '請看', mentions };
		await push('worker', 'task_comment.add', row);
		return { id, task_id };
	}

	test('those who see the task are told, and led to the task', async () => {
		const { id, task_id } = await comment('staff', [nurse, family, worker]);
		expect(await meant('task_comments', id)).toEqual([nurse]);
		expect(await told(task_id)).toEqual([
			{ user_id: nurse, data: { author_name: expect.any(String), comment_id: id } }
		]);
	});

	test('on a task of the whole circle the family, too', async () => {
		const { task_id } = await comment('circle', [family]);
		expect((await told(task_id)).map(({ user_id }) => user_id)).toEqual([family]);
	});
});

test('who keeps mentions off their phone is not rung, and sees them in the app', async () => {
	await db.sql(`update public.profiles set silent_groups = '{mentions}' where id = $1`, [nurse]);
	const id = await send('worker', { mentions: [nurse, supervisor] });
	const rung = await db.sql(
		`select user_id from private.deliveries where kind = 'notice' and about = 'mentions' order by user_id`
	);
	expect(rung).not.toContainEqual({ user_id: nurse });
	expect(await told(id)).toHaveLength(2);
});
