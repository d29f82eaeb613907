/** Where a task comes from: said once, by whom it may be said, and never altered. */
import { expect, test } from 'vitest';
import { aRow, hoursFromNow, type Person } from '../fixtures/db-world.ts';
import { Phone, type Fields, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const ORIGIN = '0199a000-0000-7000-8000-00000000a110';

async function create(person: Person, fields: Fields): Promise<Result & { id: string }> {
	const row = aRow.task(fields);
	const [result] = await new Phone(db, person).push([{ name: 'task.create', args: { row } }], {
		inside: true
	});
	return { ...result!, id: String(row.id) };
}
const sourceOf = (id: string) =>
	db.value(`select array[source, source_id::text] from public.tasks where id = $1`, [id]);

test.each(['template', 'question'])('a person says that a %s made it', async (source) => {
	const { verdict, id } = await create('nurse', { source, source_id: ORIGIN });
	expect(verdict).toBe('ok');
	expect(await sourceOf(id)).toEqual([source, ORIGIN]);
});

test.each(['rule', 'recurrence'])('only the engine says that a %s made it', async (source) => {
	const said = await create('supervisor', { source, source_id: ORIGIN });
	expect(said).toMatchObject({ verdict: 'rejected', code: 'not_allowed' });
	const id = await db.insert(
		'tasks',
		aRow.task({ source, source_id: ORIGIN, author_name: '系統', recorded_at: hoursFromNow(0) })
	);
	expect(await sourceOf(id)).toEqual([source, ORIGIN]);
});

test('a phone of an earlier release, which does not know the column, writes it freely', async () => {
	const { verdict, id } = await create('nurse', {});
	expect(verdict).toBe('ok');
	expect(await sourceOf(id)).toEqual([null, null]);
});

test.each([
	['of a sort that nobody knows', { source: 'whim', source_id: ORIGIN }],
	['that is named without its sort', { source: null, source_id: ORIGIN }]
])('an origin %s is refused', async (_, fields) => {
	expect((await create('nurse', fields)).verdict).toBe('rejected');
});

test.each([
	['source', `'question'`],
	['source', 'null'],
	['source_id', 'gen_random_uuid()'],
	['source_id', 'null']
])('nobody alters it, the engine neither: %s = %s', async (column, value) => {
	const { id } = await create('nurse', { source: 'template', source_id: ORIGIN });
	const change = `update public.tasks set ${column} = ${value} where id = $1`;
	expect(await db.attempt('nurse', change, [id])).toMatchObject({ message: 'immutable' });
	expect(await sourceOf(id)).toEqual(['template', ORIGIN]);
	await expect(db.sql(change, [id])).rejects.toThrow('immutable');
});
