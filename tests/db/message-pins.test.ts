/** Messages that a thread keeps at hand: who pins, what the server writes of them, and that there are five at most. */
import { expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, type Person, type Row } from '../fixtures/db-world.ts';
import { Phone, type Fields, type Result } from './harness.ts';
import { written } from './mutation-args.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

const aMessage = async (fields: Fields = {}): Promise<Row> => {
	const row = written(aRow.message({ audience: 'staff', ...fields }));
	await db.insert('messages', row);
	return row;
};
async function pin(person: Person, fields: Fields): Promise<Result> {
	const [result] = await new Phone(db, person).push(
		[{ name: 'message_pin.add', args: { row: aRow.pin(fields) }, at: hoursFromNow(0) }],
		{ inside: true }
	);
	return result!;
}
const pinsOf = (message_id: string) =>
	db.sql(
		`select p.author_name, p.said_by, p.excerpt, p.audience, p.pinned from public.message_pins p where p.message_id = $1 order by p.seq`,
		[message_id]
	);

test('staff pin; audience, words and names are the server\u2019s, whatever the phone says', async () => {
	const { id } = await aMessage({ body: '字'.repeat(600), author_name: '王照服' });
	expect(
		(await pin('nurse', { message_id: id, audience: 'circle', said_by: '別人', excerpt: '別的' }))
			.verdict
	).toBe('ok');
	const [row] = await pinsOf(id);
	expect(row).toMatchObject({ said_by: '王照服', excerpt: '字'.repeat(500), audience: 'staff' });
	expect(row?.author_name).not.toBe('系統');
});

test.each<[Person, Fields, string]>([
	['family', { audience: 'circle' }, 'rejected'],
	['family', { audience: 'staff' }, 'rejected'],
	['outside', { audience: 'circle' }, 'rejected'],
	['therapist', { audience: 'circle' }, 'ok']
])('%s, of %o: %s', async (person, fields, verdict) => {
	const { id } = await aMessage(fields);
	expect((await pin(person, { message_id: id })).verdict).toBe(verdict);
});

test('of another person\u2019s thread, or an announcement, nothing is pinned', async () => {
	const { id } = await aMessage({ case_id: CASES.atu });
	expect((await pin('supervisor', { message_id: id })).verdict).toBe('rejected');
});

test('five a thread: a sixth is refused until one is taken down, and the other thread counts for itself', async () => {
	const messages = [];
	for (let i = 0; i < 6; i++) messages.push(await aMessage());
	const [first, ...rest] = messages.map(({ id }) => id);
	for (const message_id of [first, ...rest.slice(0, 4)])
		expect((await pin('worker', { message_id })).verdict).toBe('ok');
	const sixth = rest[4]!;
	expect(await pin('nurse', { message_id: sixth })).toMatchObject({
		verdict: 'rejected',
		code: 'too_many_pins'
	});
	expect((await pin('nurse', { message_id: first })).verdict, 'one that is pinned already').toBe(
		'ok'
	);
	const { id: circle } = await aMessage({ audience: 'circle' });
	expect((await pin('nurse', { message_id: circle })).verdict).toBe('ok');
	expect((await pin('nurse', { message_id: first, pinned: false })).verdict).toBe('ok');
	expect((await pin('nurse', { message_id: sixth })).verdict).toBe('ok');
	expect((await pinsOf(first!)).map(({ pinned }) => pinned)).toEqual([true, true, false]);
});
