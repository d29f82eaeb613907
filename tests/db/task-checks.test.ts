/** Ticks of the steps of a task: who ticks, what the server writes of them, and that several phones' ticks stand side by side. */
import { expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, type Fields, type Intent, type Result } from './harness.ts';
import { written } from './mutation-args.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const STEPS = ['確認藥袋', '量血壓'];

const aTask = async (fields: Fields = {}): Promise<string> =>
	await db.insert('tasks', written(aRow.task({ steps: STEPS, ...fields })));
async function send(person: Person, name: Intent['name'], args: Intent['args']): Promise<Result> {
	const intent = { name, args, at: hoursFromNow(0) };
	const [result] = await new Phone(db, person).push([intent], { inside: true });
	return result!;
}
const tick = (person: Person, fields: Fields) =>
	send(person, 'task_check.add', { row: aRow.check(fields) });

test('ticks of several people stand side by side; name and audience are the server\u2019s', async () => {
	const task_id = await aTask();
	const others = { task_id, audience: 'circle', author_name: '別人' };
	expect((await tick('worker', { ...others, step: STEPS[0]! })).verdict).toBe('ok');
	expect((await tick('nurse', { task_id, step: STEPS[1]! })).verdict).toBe('ok');
	expect((await tick('nurse', { task_id, step: STEPS[0]!, done: false })).verdict).toBe('ok');
	const rows = await db.sql(
		`select step, done, audience, author_name, created_by from public.task_checks where task_id = $1 order by seq`,
		[task_id]
	);
	expect(rows.map(({ step, done, created_by }) => [step, done, created_by])).toEqual([
		['確認藥袋', true, PEOPLE.worker],
		['量血壓', true, PEOPLE.nurse],
		['確認藥袋', false, PEOPLE.nurse]
	]);
	expect(rows[0]).toMatchObject({ audience: 'staff' });
	expect(rows[0]?.author_name).not.toBe('別人');
});

test.each<[Person, Fields, string]>([
	['family', { audience: 'circle' }, 'rejected'],
	['family', { audience: 'staff', assignee_id: PEOPLE.family }, 'rejected'],
	['family', { audience: 'circle', assignee_id: PEOPLE.family }, 'ok'],
	['outside', { audience: 'circle' }, 'rejected'],
	['therapist', {}, 'ok']
])('%s, of %o: %s', async (person, fields, verdict) => {
	const task_id = await aTask(fields);
	expect((await tick(person, { task_id })).verdict).toBe(verdict);
});

test('not of another person\u2019s task', async () => {
	const task_id = await aTask({ case_id: CASES.atu });
	expect((await tick('supervisor', { task_id })).verdict).toBe('rejected');
});

test.each([
	['too many', Array.from({ length: 21 }, (_, index) => `第${index}步`)],
	['too long', ['字'.repeat(121)]],
	['empty', ['']],
	['the same twice', ['量血壓', '量血壓']]
])('steps that are %s are refused', async (_what, steps) => {
	const sent = await send('nurse', 'task.create', { row: aRow.task({ steps }) });
	expect(sent.verdict).toBe('rejected');
});

// Also of a task that is still for anyone: that nobody holds it does not make everybody its author.
test('who may edit a task changes its steps, and what stood there is kept', async () => {
	const id = await aTask({ created_by: PEOPLE.nurse });
	const patch = { steps: [STEPS, ['量血壓', '寫紀錄']] };
	expect((await send('therapist', 'task.patch', { id, patch })).verdict).toBe('rejected');
	expect((await send('nurse', 'task.patch', { id, patch })).verdict).toBe('ok');
	const [task] = await db.sql(`select steps from public.tasks where id = $1`, [id]);
	expect(task?.steps).toEqual(['量血壓', '寫紀錄']);
	const [before] = await db.sql(
		`select other from public.record_history where row_id = $1 and field = 'steps'`,
		[id]
	);
	expect(before?.other).toEqual(STEPS);
});
