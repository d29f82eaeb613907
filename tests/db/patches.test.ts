/** Edits that meet: nothing that somebody typed is ever dropped without a trace. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { aRow, CASES, PEOPLE } from '../fixtures/db-world.ts';
import { Phone, type Fields, type Result } from './harness.ts';
import { Random } from './random.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

async function patchCase(phone: Phone, patch: Fields): Promise<Result | undefined> {
	const intent = { name: 'case.patch', args: { id: CASES.ayue, patch } };
	const [result] = await phone.push([intent], inside);
	return result;
}
async function theCase(): Promise<Fields | undefined> {
	return (await db.sql('select * from public.cases where id = $1', [CASES.ayue]))[0];
}
async function history(): Promise<Fields[]> {
	return await db.sql(
		'select field, kept, other, kind, decision, author_name from public.record_history order by seq'
	);
}

test('what was seen still stands: it applies, and the earlier value is kept', async () => {
	expect(await patchCase(new Phone(db, 'nurse'), { note: [null, '重聽'] })).toEqual({
		n: 1,
		verdict: 'ok'
	});
	expect((await theCase())?.note).toBe('重聽');
	expect(await history()).toMatchObject([
		{ field: 'note', kept: '重聽', other: null, kind: 'overwritten', author_name: '倪護理' }
	]);
});

test('the new value stands already: no conflict, and nothing is written', async () => {
	await patchCase(new Phone(db, 'nurse'), { note: [null, '重聽'] });
	expect(await patchCase(new Phone(db, 'manager'), { note: ['別的', '重聽'] })).toMatchObject({
		verdict: 'ok'
	});
	expect(await history()).toHaveLength(1);
});

test('an everyday field in conflict: the later arrival stands, on that field alone, and both hear of it', async () => {
	await patchCase(new Phone(db, 'nurse'), { note: [null, '重聽'] });
	const result = await patchCase(new Phone(db, 'manager'), {
		note: [null, '左耳重聽'],
		village: [null, '松泉村']
	});
	expect(result).toMatchObject({ verdict: 'conflict', data: { fields: ['note'] } });
	expect(await theCase()).toMatchObject({ note: '左耳重聽', village: '松泉村' });
	expect(await history()).toContainEqual(
		expect.objectContaining({ field: 'note', kept: '左耳重聽', other: '重聽', kind: 'overwritten' })
	);
	const told = await db.sql(
		`select user_id, data from public.notices where kind = 'conflict' order by user_id`
	);
	expect(told).toMatchObject([
		{ user_id: PEOPLE.manager, data: { fields: ['note'] } },
		{ user_id: PEOPLE.nurse, data: { fields: ['note'] } }
	]);
});

test('a clinical field in conflict: the server’s value stays, ours waits for a person, who may accept it', async () => {
	await patchCase(new Phone(db, 'nurse'), { allergies: [[], ['盤尼西林']] });
	const result = await patchCase(new Phone(db, 'manager'), { allergies: [[], ['花生']] });
	expect(result).toMatchObject({ verdict: 'conflict', data: { fields: ['allergies'] } });
	expect((await theCase())?.allergies).toEqual(['盤尼西林']);
	const nurse = new Phone(db, 'nurse');
	await nurse.pull(inside);
	const proposal = nurse.of('record_history').find(({ kind }) => kind === 'proposal');
	expect(proposal).toMatchObject({ kept: ['盤尼西林'], other: ['花生'], relevant_at: 'infinity' });
	const decide = { name: 'proposal.decide', args: { id: proposal?.id, accept: true } };
	expect(await nurse.push([decide], inside)).toMatchObject([{ verdict: 'ok' }]);
	expect((await theCase())?.allergies).toEqual(['花生']);
	expect(await history()).toContainEqual(
		expect.objectContaining({ kind: 'overwritten', kept: ['花生'], other: ['盤尼西林'] })
	);
	expect(await new Phone(db, 'manager').push([decide], inside)).toMatchObject([
		{ verdict: 'rejected', code: 'wrong_state' }
	]);
});

test('a declined proposal changes nothing', async () => {
	await patchCase(new Phone(db, 'nurse'), { cms_level: [null, 4] });
	await patchCase(new Phone(db, 'manager'), { cms_level: [null, 6] });
	const id = await db.value(`select id from public.record_history where kind = 'proposal'`);
	await new Phone(db, 'nurse').push(
		[{ name: 'proposal.decide', args: { id, accept: false } }],
		inside
	);
	expect((await theCase())?.cms_level).toBe(4);
});

test('values are compared as what they are, not as they are written', async () => {
	const visit = await db.insert(
		'visits',
		aRow.visit({ starts_at: '2026-11-23T01:00:00Z', ends_at: '2026-11-23T02:00:00Z' })
	);
	const patch = { starts_at: ['2026-11-23T09:00:00.000+08:00', '2026-11-23T01:30:00.000Z'] };
	const [result] = await new Phone(db, 'manager').push(
		[{ name: 'visit.patch', args: { id: visit, patch } }],
		inside
	);
	expect(result?.verdict).toBe('ok');
});

test.each([
	['a column that is not to be edited', { org_id: [null, randomUUID()] }, 'unknown_field'],
	['something that is no pair', { note: 'x' }, 'invalid'],
	['a value of the wrong type', { born_on: [null, 'long ago'] }, 'invalid'],
	['a value that a rule forbids', { cms_level: [null, 99] }, 'invalid']
])('a patch with %s is refused whole', async (_what, patch, code) => {
	const result = await patchCase(new Phone(db, 'nurse'), { ...patch, village: [null, '竹林村'] });
	expect(result).toMatchObject({ verdict: 'rejected', code });
	expect((await theCase())?.village).toBeNull();
});

test('a removal loses to an edit that it did not know of, and wins over one that it did', async () => {
	const contact = await db.insert('case_contacts', aRow.contact());
	const worker = new Phone(db, 'worker');
	await worker.pull(inside);
	const seen = worker.of('case_contacts')[0]?.seq ?? 0;
	const edit = {
		name: 'case_contact.patch',
		args: { id: contact, patch: { phone: [null, '0900-000-111'] } }
	};
	await new Phone(db, 'nurse').push([edit], inside);
	const remove = (base: number) => ({ name: 'case_contact.remove', args: { id: contact }, base });
	expect(await worker.push([remove(seen)], inside)).toMatchObject([
		{ verdict: 'conflict', data: { fields: ['deleted_at'] } }
	]);
	expect(
		await db.value('select deleted_at from public.case_contacts where id = $1', [contact])
	).toBeNull();
	await worker.pull(inside);
	const now = await db.value<string>('select max(seq) from public.record_history');
	expect(await worker.push([remove(Number(now))], inside)).toMatchObject([{ verdict: 'ok' }]);
	// And an edit that did not know of the removal brings the contact back.
	const late = {
		name: 'case_contact.patch',
		args: { id: contact, patch: { relation: [null, '兒子'] } }
	};
	await new Phone(db, 'nurse').push([late], inside);
	expect(
		await db.value('select deleted_at from public.case_contacts where id = $1', [contact])
	).toBeNull();
});

test('a direct change past the phones leaves the same trace', async () => {
	await db.sql(`update public.cases set note = '後台改' where id = $1`, [CASES.ayue]);
	await db.as('nurse', `update public.cases set note = '直接改' where id = $1`, [CASES.ayue]);
	expect(await history()).toMatchObject([
		{ kept: '後台改', other: null, author_name: null },
		{ kept: '直接改', other: '後台改', author_name: '倪護理' }
	]);
});

test('traces of one mutation have the same ids when it is replayed after a restore', async () => {
	const phone = new Phone(db, 'nurse');
	const push = phone.numbered([
		{ name: 'case.patch', args: { id: CASES.ayue, patch: { note: [null, '重聽'] } } }
	]);
	await db.exec('savepoint before');
	await phone.sync({ ...inside, push });
	const first = await db.sql('select id from public.record_history');
	await db.exec('rollback to before');
	phone.ackedN = 0;
	await phone.sync({ ...inside, push });
	expect(await db.sql('select id from public.record_history')).toEqual(first);
});

test('whatever people write over each other, every value still stands somewhere', async () => {
	const random = Random.seeded('no silent overwrite');
	const fields = ['note', 'village', 'phone', 'allergies', 'conditions'] as const;
	const phones = (['nurse', 'manager', 'supervisor'] as const).map(
		(person) => new Phone(db, person)
	);
	const typed: unknown[] = [];
	for (const phone of phones) await phone.pull(inside);
	for (let i = 0; i < 60; i++) {
		const phone = random.pick(phones);
		if (random.chance(0.4)) await phone.pull(inside);
		const field = random.pick(fields);
		const isList = field === 'allergies' || field === 'conditions';
		const value = isList ? [`值${i}`] : `值${i}`;
		const seen = phone.of('cases').find(({ id }) => id === CASES.ayue)?.[field] ?? null;
		typed.push(value);
		// The answer is thrown away now and then, so that what this phone has seen grows old.
		const intent = {
			name: 'case.patch',
			args: { id: CASES.ayue, patch: { [field]: [seen, value] } }
		};
		const answer = await phone.sync({ ...inside, push: phone.numbered([intent]) });
		if (random.chance(0.5)) phone.apply(answer);
	}
	const found = JSON.stringify([await theCase(), await history()]);
	expect(
		typed.filter((value) => !found.includes(JSON.stringify(value))),
		random.label
	).toEqual([]);
});
