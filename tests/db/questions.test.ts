/** Questions to a profession: whom they reach, who answers, what nobody alters, and where they go when nobody answers in time. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, type Fields } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

async function say(person: Person, name: string, args: Fields): Promise<string> {
	const [result] = await new Phone(db, person).push([{ name, args }], inside);
	return result?.code ?? result?.verdict ?? '';
}
async function ask(person: Person = 'worker', fields: Fields = {}): Promise<string> {
	const row = aRow.question(fields);
	expect(await say(person, 'question.ask', { row })).toBe('ok');
	return String(row.id);
}
const answer = (person: Person, question_id: string) =>
	say(person, 'question_answer.add', {
		row: { id: randomUUID(), case_id: CASES.ayue, question_id, body: '先不要停，明天再量' }
	});
const questionOf = async (id: string) =>
	(await db.sql<Fields>('select * from public.questions where id = $1', [id]))[0] ?? {};
const nameOf = (id: unknown) =>
	Object.entries(PEOPLE).find(([, person]) => person === id)?.[0] ?? '?';
async function told(kind: string): Promise<string[]> {
	const rows = await db.sql<Fields>('select user_id from public.notices where kind = $1', [kind]);
	return rows.map(({ user_id }) => nameOf(user_id)).sort();
}
/** Its time passes, and the engine looks. */
async function passes(id: string): Promise<number> {
	await db.sql(
		`update public.questions set answer_due_at = now() - interval '1 minute' where id = $1`,
		[id]
	);
	return await db.value<number>('select private.hand_over_questions(50)');
}
/** Another of a role joins the circle. */
async function joins(person: Person, role: string): Promise<void> {
	await db.insert('case_members', {
		id: randomUUID(),
		case_id: CASES.ayue,
		user_id: PEOPLE[person],
		role,
		display_name: person
	});
}

describe('a question', () => {
	test('reaches one of the profession, who is told; the time to answer counts from its arrival', async () => {
		const id = await ask('worker', {
			answer_minutes: 240,
			status: 'answered',
			holder_id: PEOPLE.worker,
			answer_due_at: hoursFromNow(99),
			author_name: '別人'
		});
		expect(await questionOf(id)).toMatchObject({
			status: 'open',
			holder_id: PEOPLE.nurse,
			author_name: '王照服',
			audience: 'staff'
		});
		expect(
			await db.value(
				`select answer_due_at = now() + interval '4 hours' from public.questions where id = $1`,
				[id]
			)
		).toBe(true);
		expect(await told('question_asked')).toEqual(['nurse']);
	});

	test('goes to whoever is on duty, where the circle has more than one', async () => {
		await joins('outside', 'nurse');
		expect((await questionOf(await ask()))['holder_id']).toBe(PEOPLE.nurse);
		await db.insert('duty_shifts', {
			...aRow.shift({
				user_id: PEOPLE.outside,
				weekdays: [1, 2, 3, 4, 5, 6, 7],
				on_holidays: true
			}),
			starts_at_time: '00:00',
			ends_at_time: '00:00',
			user_name: 'outside'
		});
		expect((await questionOf(await ask()))['holder_id']).toBe(PEOPLE.outside);
	});

	test.each<[Person, string, string]>([
		['worker', 'pharmacist', 'nobody_to_ask'],
		['nurse', 'nurse', 'nobody_to_ask'],
		['family', 'nurse', 'not_allowed'],
		['outside', 'nurse', 'not_allowed']
	])('%s asks a %s: %s', async (person, asked_role, code) => {
		expect(await say(person, 'question.ask', { row: aRow.question({ asked_role }) })).toBe(code);
	});

	test('is never reworded, and withdrawn only by who asked, while it waits', async () => {
		const id = await ask();
		for (const person of ['worker', 'nurse', 'supervisor'] as const) {
			const change = `update public.questions set body = '別的' where id = $1`;
			const changed = await db.attempt(person, change, [id]);
			expect((await questionOf(id))['body'], JSON.stringify(changed)).toBe('血壓藥要不要先停？');
		}
		expect(
			await db.attempt('worker', `update public.questions set holder_id = null where id = $1`, [id])
		).toMatchObject({ code: '42501' });
		const both = `update public.questions set status = 'withdrawn', body = '別的' where id = $1`;
		expect(await db.attempt('worker', both, [id])).toMatchObject({ message: 'immutable' });
		expect(await say('supervisor', 'question.withdraw', { id })).toBe('not_allowed');
		expect(await say('worker', 'question.withdraw', { id })).toBe('ok');
		expect(await say('worker', 'question.withdraw', { id })).toBe('wrong_state');
		const answered = await ask();
		await answer('nurse', answered);
		expect(await say('worker', 'question.withdraw', { id: answered })).toBe('wrong_state');
	});
});

describe('an answer', () => {
	test('by anybody else settles it; who asked is told, and what they add tells whoever holds it', async () => {
		const id = await ask();
		expect(await answer('worker', id)).toBe('ok');
		expect((await questionOf(id))['status'], 'adding to one’s own is no answer').toBe('open');
		expect(await told('question_answered')).toEqual(['nurse']);
		expect(await answer('therapist', id)).toBe('ok');
		expect((await questionOf(id))['status']).toBe('answered');
		expect(await told('question_answered')).toEqual(['nurse', 'nurse', 'worker']);
	});

	test('is of the person that the question is about', async () => {
		const id = await ask();
		const row = { id: randomUUID(), case_id: CASES.atu, question_id: id, body: '好' };
		expect(await say('supervisor', 'question_answer.add', { row })).not.toBe('ok');
	});
});

describe('when nobody answers in time', () => {
	test('it goes to another of the profession, then to who manages the care, and then supervisors hear of it', async () => {
		await joins('outside', 'nurse');
		const id = await ask();
		expect(await passes(id)).toBe(1);
		expect(await questionOf(id)).toMatchObject({
			status: 'open',
			holder_id: PEOPLE.outside,
			handed_on: [{ from_id: PEOPLE.nurse, to_id: PEOPLE.outside }]
		});
		expect(
			await db.value(`select answer_due_at > now() from public.questions where id = $1`, [id])
		).toBe(true);
		expect(await told('question_handed')).toEqual(['worker']);
		await passes(id);
		expect((await questionOf(id))['holder_id']).toBe(PEOPLE.manager);
		await passes(id);
		expect(await questionOf(id)).toMatchObject({ status: 'unanswered' });
		expect(await told('question_unanswered')).toEqual(['supervisor', 'worker']);
		expect(await passes(id), 'once').toBe(0);
		expect(await answer('nurse', id), 'a late answer counts').toBe('ok');
		expect((await questionOf(id))['status']).toBe('answered');
	});

	test('it goes to nobody while it was answered, and never to who asked', async () => {
		const id = await ask();
		await answer('nurse', id);
		expect(await passes(id)).toBe(0);
		const own = await ask('manager');
		await passes(own);
		expect((await questionOf(own))['status']).toBe('unanswered');
	});

	test('nor to somebody of a profession who cannot see the person', async () => {
		await db.sql(
			`update public.case_members set ended_at = now() where case_id = $1 and user_id = $2`,
			[CASES.ayue, PEOPLE.former]
		);
		await joins('former', 'nurse');
		const id = await ask();
		await passes(id);
		expect((await questionOf(id))['holder_id']).toBe(PEOPLE.manager);
	});
});

test('the family sees neither question nor answer', async () => {
	const id = await ask();
	await answer('nurse', id);
	for (const table of ['questions', 'question_answers'])
		expect(await db.as('family', `select id from public.${table}`)).toEqual([]);
});
