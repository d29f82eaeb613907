/** Hand-over notes 交班: whose words they are, whom they correct, who hears of them, and that the family never does. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Callers } from './hand-over.ts';
import { Phone, type Fields, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

async function write(
	person: Person,
	fields: Fields = {},
	at = hoursFromNow(0)
): Promise<Result & { id: string }> {
	const row = aRow.handover(fields);
	const [result] = await new Phone(db, person).push(
		[{ name: 'handover_note.add', args: { row }, at }],
		inside
	);
	return { ...result!, id: row.id };
}

describe('a hand-over note', () => {
	test('stands in the bucket of the staff under the name that the circle knows, whatever the phone says', async () => {
		const { id, verdict } = await write('worker', {
			author_name: '院長',
			created_by: PEOPLE.nurse
		});
		expect(verdict).toBe('ok');
		expect(
			await db.sql(
				`select n.author_name, n.created_by, n.audience, b.kind from public.handover_notes n
				join private.buckets b on b.id = n.bucket_id where n.id = $1`,
				[id]
			)
		).toEqual([
			{ author_name: '王照服', created_by: PEOPLE.worker, audience: 'staff', kind: 'case_staff' }
		]);
	});

	test.each([
		['for the family', { audience: 'circle' }],
		['that says nothing', { situation: ' \n' }],
		['of a time that ends before it begins', { covers_until: hoursFromNow(-9) }]
	])('%s is refused', async (_, fields) => {
		expect(await write('worker', fields)).toMatchObject({ verdict: 'rejected' });
	});

	test('is corrected by its author or who answers for the case, in the same case only', async () => {
		const { id } = await write('worker');
		expect(await write('nurse', { corrects_id: id })).toMatchObject({ code: 'not_allowed' });
		for (const person of ['worker', 'manager', 'supervisor'] as const)
			expect(await write(person, { corrects_id: id }), person).toMatchObject({ verdict: 'ok' });
		expect(
			await write('supervisor', { corrects_id: id, case_id: CASES.atu }),
			'another case'
		).toMatchObject({ code: 'missing_reference' });
		expect(await write('worker', { corrects_id: randomUUID() })).toMatchObject({
			verdict: 'rejected'
		});
	});

	test('is never worded anew, not by the owner of the database either', async () => {
		const { id } = await write('worker');
		await db.exec('savepoint tried');
		await expect(
			db.sql(`update public.handover_notes set situation = '沒事' where id = $1`, [id])
		).rejects.toMatchObject({ message: 'append_only' });
		await db.exec('rollback to tried');
	});

	test('is told to whoever works in the circle but its author; not to the family, nor to who only supervises', async () => {
		const { id } = await write('worker');
		const told = await db.sql(
			`select user_id, case_id, data from public.notices where kind = 'handover_note' and subject_id = $1 order by user_id`,
			[id]
		);
		const people = (['manager', 'nurse', 'therapist', 'social'] as const).map(
			(person) => PEOPLE[person]
		);
		expect(told.map(({ user_id }) => user_id)).toEqual([...people].sort());
		expect(told[0]).toMatchObject({ case_id: CASES.ayue, data: { author_name: '王照服' } });
	});

	test('of somebody who left the case meanwhile still comes in, and who answers now is told', async () => {
		await new Callers(db).move();
		const { id, verdict } = await write('worker', {}, hoursFromNow(-2));
		expect(verdict).toBe('ok');
		expect(await write('worker', {}, hoursFromNow(1)), 'written afterwards').toMatchObject({
			verdict: 'rejected'
		});
		expect(
			await db.sql(
				`select user_id from public.notices where kind = 'late_work' and subject_id = $1`,
				[id]
			)
		).toEqual([{ user_id: PEOPLE.outsider }]);
	});
});
