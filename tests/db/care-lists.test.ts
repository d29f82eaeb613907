/** The lists that a person's page keeps: whose copy an entry is, what two people change at once, and that what was stopped stays as it was. */
import { describe, expect, test } from 'vitest';
import { aRow, hoursFromNow, PEOPLE, type Person, type Row } from '../fixtures/db-world.ts';
import { Phone, type Intent, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

async function push(person: Person, name: string, args: Intent['args']): Promise<Result> {
	const [result] = await new Phone(db, person).push([{ name, args, at: hoursFromNow(0) }], {
		inside: true
	});
	return result!;
}

const LISTS = [
	['medication', 'case_medications', aRow.medication, 'nurse', '倪護理'],
	['device', 'case_devices', aRow.device, 'nurse', '倪護理'],
	['plan_code', 'case_plan_codes', aRow.planCode, 'manager', '梅個管']
] as const;

describe.each(LISTS)('%s', (word, table, make, author, authorName) => {
	async function add(fields: Record<string, unknown> = {}): Promise<Row> {
		const row = make(fields);
		expect(await push(author, `${word}.add`, { row })).toMatchObject({ verdict: 'ok' });
		return row;
	}
	const stored = async (id: string) =>
		(
			await db.sql(
				`select t.*, b.kind as bucket from public.${table} t
			join private.buckets b on b.id = t.bucket_id where t.id = $1`,
				[id]
			)
		)[0];
	const end = (person: Person, id: string, reason: string) =>
		push(person, `${word}.end`, { id, at: hoursFromNow(0), reason });

	test('stands in the bucket of the whole circle, under the name of who entered it, and runs', async () => {
		const { id } = await add({
			author_name: '院長',
			ended_at: hoursFromNow(-1),
			end_reason: '假',
			ended_by_name: '院長'
		});
		expect(await stored(id)).toMatchObject({
			bucket: 'case_circle',
			created_by: PEOPLE[author],
			author_name: authorName,
			ended_at: null,
			end_reason: null,
			ended_by_name: null
		});
	});

	test('is ended with a reason, and says by whom', async () => {
		const { id } = await add();
		expect(await end('manager', id, ' ')).toMatchObject({ code: 'reason_required' });
		expect(await end('manager', id, '回診停用')).toMatchObject({ verdict: 'ok' });
		expect(await stored(id)).toMatchObject({
			end_reason: '回診停用',
			ended_by_name: '梅個管',
			relevant_at: Infinity
		});
	});

	test('that was ended is not changed, nor ended again: what was read then stays to be read', async () => {
		const { id } = await add({ note: '原來的' });
		await end(author, id, '停用');
		const before = await stored(id);
		expect(
			await push(author, `${word}.patch`, { id, patch: { note: ['原來的', '改過的'] } })
		).toMatchObject({ verdict: 'rejected', code: 'wrong_state' });
		expect(await end('supervisor', id, '再停')).toMatchObject({ code: 'wrong_state' });
		expect(await stored(id)).toEqual(before);
	});

	test('is taken away by nobody, not by the owner of the database either', async () => {
		const { id } = await add();
		await db.exec('savepoint tried');
		await expect(db.sql(`delete from public.${table} where id = $1`, [id])).rejects.toMatchObject({
			message: 'append_only'
		});
		await db.exec('rollback to tried');
	});

	test('a changed value leaves its earlier one in the history of the staff', async () => {
		const { id } = await add({ note: '飯後' });
		await push(author, `${word}.patch`, { id, patch: { note: ['飯後', '飯前'] } });
		expect(
			await db.sql(
				`select field, kept, other, audience, author_name from public.record_history where row_id = $1`,
				[id]
			)
		).toEqual([
			{ field: 'note', kept: '飯前', other: '飯後', audience: 'staff', author_name: authorName }
		]);
	});

	test('of another case is not reached', async () => {
		const { id } = await add();
		expect(await end('outsider', id, '停')).toMatchObject({ verdict: 'rejected' });
		expect(await push('outsider', `${word}.add`, { row: make() })).toMatchObject({
			code: 'not_allowed'
		});
	});
});

test('of two doses entered at once the first stands, and the second waits for a person to decide', async () => {
	const row = aRow.medication({ dose: '1 顆' });
	await push('nurse', 'medication.add', { row });
	await push('nurse', 'medication.patch', { id: row.id, patch: { dose: ['1 顆', '2 顆'] } });
	const late = await push('manager', 'medication.patch', {
		id: row.id,
		patch: { dose: ['1 顆', '半顆'] }
	});
	expect(late).toMatchObject({ verdict: 'conflict', data: { fields: ['dose'] } });
	expect(await db.value(`select dose from public.case_medications where id = '${row.id}'`)).toBe(
		'2 顆'
	);
	const [proposal] = (late.data as { proposals: string[] }).proposals;
	await push('nurse', 'proposal.decide', { id: proposal, accept: true });
	expect(await db.value(`select dose from public.case_medications where id = '${row.id}'`)).toBe(
		'半顆'
	);
});

test('of two days of change entered at once the later entry stands: a day is no dose', async () => {
	const row = aRow.device();
	await push('nurse', 'device.add', { row });
	const patch = (day: string) => ({ id: row.id, patch: { change_due_on: ['2026-11-30', day] } });
	await push('nurse', 'device.patch', patch('2026-12-01'));
	expect(await push('manager', 'device.patch', patch('2026-12-02'))).toMatchObject({
		verdict: 'conflict'
	});
	expect(
		await db.value(`select change_due_on::text from public.case_devices where id = '${row.id}'`)
	).toBe('2026-12-02');
});

test.each([
	['medication.add', aRow.medication({ name: '  ' })],
	['medication.add', aRow.medication({ times: ['midnight'] })],
	['medication.add', aRow.medication({ starts_on: '2026-11-02', ends_on: '2026-11-01' })],
	['device.add', aRow.device({ kind: 'Tube 1' })],
	['device.add', aRow.device({ placed_on: '2026-11-02', change_due_on: '2026-11-01' })],
	['plan_code.add', aRow.planCode({ code: 'ZZ99' })],
	['plan_code.add', aRow.planCode({ units_month: 0 })],
	['plan_code.add', aRow.planCode({ units_month: null, times_week: null })],
	['plan_code.add', aRow.planCode({ valid_from: '2026-11-02', valid_until: '2026-11-01' })]
])('%s that cannot be is refused (%#)', async (name, row) => {
	const person = name === 'plan_code.add' ? 'manager' : 'nurse';
	expect(await push(person, name, { row })).toMatchObject({ verdict: 'rejected' });
});

test('an entry of the plan keeps its code: another service is another entry', async () => {
	const row = aRow.planCode();
	await push('manager', 'plan_code.add', { row });
	const patch = { id: row.id, patch: { code: ['BA07', 'BA01'] } };
	expect(await push('manager', 'plan_code.patch', patch)).toMatchObject({ code: 'unknown_field' });
	await db.exec('savepoint tried');
	const direct = db.sql(`update public.case_plan_codes set code = 'BA01' where id = $1`, [row.id]);
	await expect(direct).rejects.toMatchObject({ message: 'immutable' });
	await db.exec('rollback to tried');
});

test('of two amounts entered at once the later one stands, and the earlier one is kept in the history', async () => {
	const row = aRow.planCode({ units_month: 13 });
	await push('manager', 'plan_code.add', { row });
	const patch = (units: number) => ({ id: row.id, patch: { units_month: [13, units] } });
	await push('manager', 'plan_code.patch', patch(9));
	expect(await push('supervisor', 'plan_code.patch', patch(22))).toMatchObject({
		verdict: 'conflict',
		data: { fields: ['units_month'] }
	});
	expect(
		await db.value(`select units_month::text from public.case_plan_codes where id = '${row.id}'`)
	).toBe('22');
	expect(
		await db.sql(`select kept, other from public.record_history where row_id = $1 order by seq`, [
			row.id
		])
	).toEqual([
		{ kept: 9, other: 13 },
		{ kept: 22, other: 9 }
	]);
});
