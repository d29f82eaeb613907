/** A task that somebody was asked to take: until when they answer, what happens when they do not, and through whose hands it goes. */
import { describe, expect, test } from 'vitest';
import { aRow, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, type Fields } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

async function say(person: Person, name: string, args: Fields): Promise<string> {
	const [result] = await new Phone(db, person).push([{ name, args }], inside);
	return result?.code ?? result?.verdict ?? '';
}
async function offer(fields: Fields = {}): Promise<string> {
	const row = aRow.task({ assignee_id: PEOPLE.worker, reply_minutes: 120, ...fields });
	expect(await say('nurse', 'task.create', { row })).toBe('ok');
	return String(row.id);
}
const step = (person: Person, name: string, id: string, more: Fields = {}) =>
	say(person, `task.${name}`, { id, at: hoursFromNow(0), ...more });
const give = (person: Person, id: string, to: Person, note: string | null = '那天請假') =>
	step(person, 'give', id, { to_id: PEOPLE[to], to_name: '?', reply_minutes: 30, note });
const taskOf = async (id: string) =>
	(await db.sql<Fields>('select * from public.tasks where id = $1', [id]))[0] ?? {};
const statusOf = async (id: string) => (await taskOf(id))['status'];
/** Its time passes: the offer was made hours ago. */
async function pass(id: string): Promise<void> {
	await db.sql(
		`update public.tasks set reply_due_at = now() - interval '1 minute', received_at = now() - interval '3 hours' where id = $1`,
		[id]
	);
}
const tick = () => db.value<number>('select private.expire_tasks(50)');
async function told(kind: string): Promise<string[]> {
	const rows = await db.sql<{ user_id: string }>(
		'select user_id from public.notices where kind = $1',
		[kind]
	);
	return rows
		.map(({ user_id }) => Object.entries(PEOPLE).find(([, id]) => id === user_id)?.[0] ?? '?')
		.sort();
}

describe('the time to answer', () => {
	test('counts from the arrival, whatever the phone says, and only where somebody else is asked', async () => {
		const id = await offer({ reply_due_at: hoursFromNow(99), answered_at: hoursFromNow(-1) });
		const of = (what: string) => db.value(`select ${what} from public.tasks where id = $1`, [id]);
		expect(await of(`reply_due_at = now() + interval '2 hours' and answered_at is null`)).toBe(
			true
		);
		const own = await offer({ assignee_id: PEOPLE.nurse });
		const anyone = await offer({ assignee_id: null });
		for (const free of [own, anyone]) expect((await taskOf(free))['reply_due_at']).toBeNull();
	});

	test('passes once: author and supervisors are told once, however often the engine looks', async () => {
		const id = await offer();
		expect(await tick()).toBe(0);
		await pass(id);
		expect(await tick()).toBe(1);
		expect(await tick()).toBe(0);
		expect(await statusOf(id)).toBe('expired');
		expect((await taskOf(id))['relevant_at']).toBe(Infinity);
		expect(await told('task_expired')).toEqual(['nurse', 'supervisor']);
	});

	test('passes for nobody who has answered, and by nobody’s hand', async () => {
		const id = await offer();
		expect(await step('worker', 'accept', id)).toBe('ok');
		await pass(id);
		expect(await tick()).toBe(0);
		const other = await offer();
		const written = await db.attempt(
			'supervisor',
			`update public.tasks set status = 'expired' where id = $1`,
			[other]
		);
		expect(written).toMatchObject({ message: 'wrong_state' });
	});

	test('is not lengthened by who is asked, but by who asks', async () => {
		const id = await offer({ reply_minutes: 30 });
		const longer = { id, patch: { reply_minutes: [30, 240] } };
		expect(await say('worker', 'task.patch', longer)).toBe('not_allowed');
		expect(await say('nurse', 'task.patch', longer)).toBe('ok');
		expect(
			await db.value(
				`select reply_due_at = now() + interval '4 hours' from public.tasks where id = $1`,
				[id]
			)
		).toBe(true);
	});

	test('an engine’s round does it', async () => {
		const id = await offer();
		await pass(id);
		await db.sql(`select private.engine_tick('{}')`);
		expect(await statusOf(id)).toBe('expired');
	});
});

describe('an answer that comes late', () => {
	test('counts by when it was given, never before the offer nor after its arrival', async () => {
		const answered = async (at: string) => {
			const id = await offer();
			await pass(id);
			await tick();
			expect(await say('worker', 'task.accept', { id, at })).toBe('ok');
			return await db.value(
				`select array[status, case when answered_at <= reply_due_at then 'in time' else 'late' end,
				  case when answered_at between reply_due_at - interval '2 hours' and now() then 'sane' else 'odd' end] from public.tasks where id = $1`,
				[id]
			);
		};
		expect(await answered(hoursFromNow(-1))).toEqual(['accepted', 'in time', 'sane']);
		expect(await answered(hoursFromNow(0))).toEqual(['accepted', 'late', 'sane']);
		expect(await answered(hoursFromNow(-50))).toEqual(['accepted', 'in time', 'sane']);
		expect(await answered(hoursFromNow(5))).toEqual(['accepted', 'late', 'sane']);
	});

	test('finds it taken by a colleague, or asked of one, and is told so', async () => {
		const taken = await offer();
		await pass(taken);
		await tick();
		expect(await step('therapist', 'accept', taken)).toBe('ok');
		expect(await taskOf(taken)).toMatchObject({
			assignee_id: PEOPLE.therapist,
			handed_on: [{ to_name: '譚治療' }]
		});
		expect(await step('worker', 'accept', taken)).toBe('taken');
		const asked = await offer();
		await pass(asked);
		await tick();
		expect(await give('nurse', asked, 'social', null)).toBe('ok');
		expect(await step('worker', 'accept', asked)).toBe('taken');
		expect(await statusOf(asked)).toBe('open');
	});

	test('the family does not take what was asked of somebody else', async () => {
		const id = await offer({ audience: 'circle' });
		await pass(id);
		await tick();
		expect(await step('family', 'accept', id)).toBe('not_allowed');
	});
});

describe('through whose hands', () => {
	test('the holder hands it on with a word; the chain names each, and a new time runs', async () => {
		const id = await offer();
		await step('worker', 'accept', id);
		expect(await give('worker', id, 'therapist')).toBe('ok');
		expect(await give('therapist', id, 'social', '不是我的專業')).toBe('ok');
		const task = await taskOf(id);
		expect(task).toMatchObject({
			status: 'open',
			assignee_id: PEOPLE.social,
			reply_minutes: 30,
			answered_at: null
		});
		const names = (task['handed_on'] as Fields[]).map(({ from_name, to_name, note }) => [
			from_name,
			to_name,
			note
		]);
		expect(names).toEqual([
			[expect.any(String), names[1]?.[0], '那天請假'],
			[names[0]?.[1], expect.any(String), '不是我的專業']
		]);
		expect(await told('task_offered')).toEqual(['social', 'therapist', 'worker']);
	});

	test('asked again, the same person is told again', async () => {
		const id = await offer();
		await pass(id);
		await tick();
		expect(await give('nurse', id, 'worker', null)).toBe('ok');
		expect(await told('task_offered')).toEqual(['worker', 'worker']);
		await pass(id);
		await db.sql(
			`update public.tasks set reply_due_at = reply_due_at - interval '1 second' where id = $1`,
			[id]
		);
		expect(await tick()).toBe(1);
		expect(await told('task_expired')).toEqual(['nurse', 'nurse', 'supervisor', 'supervisor']);
	});

	test('never to who cannot see it, not by who does not hold it, not once it is done', async () => {
		const id = await offer();
		expect(await give('worker', id, 'outside')).toBe('assignee_cannot_see_it');
		expect(await give('worker', id, 'family')).toBe('assignee_cannot_see_it');
		expect(await give('therapist', id, 'social')).toBe('taken');
		expect(await give('family', id, 'social')).toBe('not_found');
		const circle = await offer({ audience: 'circle' });
		expect(await give('worker', circle, 'family')).toBe('ok');
		await step('worker', 'finish', id);
		expect(await give('manager', id, 'social')).toBe('wrong_state');
	});

	test('the chain is the server’s: nobody writes or shortens it', async () => {
		const id = await offer();
		await give('worker', id, 'therapist');
		const before = (await taskOf(id))['handed_on'];
		await db.attempt(
			'nurse',
			`update public.tasks set handed_on = '[]', body = 'x' where id = $1`,
			[id]
		);
		expect((await taskOf(id))['handed_on']).toEqual(before);
		const forged = await db.attempt(
			'manager',
			`update public.tasks set handed_on = handed_on || '[{}]', status = 'done' where id = $1`,
			[id]
		);
		expect(forged).toMatchObject({ message: 'wrong_state' });
	});
});
