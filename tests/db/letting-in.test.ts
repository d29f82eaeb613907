/** Invitations and imported lists: who gets in, how often, and that nothing comes in by halves. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CASES, ORGS, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, type Fields } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

async function rpc<T = Fields>(person: Person, name: string, argument: unknown): Promise<T> {
	const isText = typeof argument === 'string';
	const [row] = await db.as<{ answer: T }>(
		person,
		`select public.${name}($1::${isText ? 'text' : 'jsonb'}) as answer`,
		[isText ? argument : JSON.stringify(argument)]
	);
	if (row === undefined) throw new Error(`${name} answered nothing`);
	return row.answer;
}
async function refusal(person: Person, name: string, argument: unknown): Promise<unknown> {
	await db.exec('savepoint refusal');
	const error: unknown = await rpc(person, name, argument).catch((reason: unknown) => reason);
	await db.exec('rollback to refusal');
	return error;
}
async function invite(person: Person, fields: Fields): Promise<string> {
	const request = { org_id: ORGS.shancheng, display_name: '新人', ...fields };
	return (await rpc<{ token: string }>(person, 'create_invitation', request)).token;
}
async function aStranger(): Promise<string> {
	return await db.value(`insert into auth.users (email) values ($1) returning id`, [
		`${randomUUID()}@test.connect10.tw`
	]);
}
async function acceptAs(user: string, token: string): Promise<void> {
	await db.sql(`select set_config('request.jwt.claims', $1, true)`, [
		JSON.stringify({ sub: user, role: 'authenticated' })
	]);
	await db.exec('set local role authenticated');
	await db.sql('select public.accept_invitation($1)', [token]);
	await db.exec('set local role none');
	await db.exec(`select set_config('request.jwt.claims', '', true)`);
}

describe('an invitation', () => {
	test('lets a stranger into the organisation, once', async () => {
		const token = await invite('supervisor', { role: 'nurse' });
		const user = await aStranger();
		await acceptAs(user, token);
		expect(
			await db.sql('select role, display_name from public.memberships where user_id = $1', [user])
		).toEqual([{ role: 'nurse', display_name: '新人' }]);
		expect(await db.value('select display_name from public.profiles where id = $1', [user])).toBe(
			'新人'
		);
		expect(await refusal('outsider', 'accept_invitation', token)).toMatchObject({
			code: 'PT410',
			message: 'invitation_used'
		});
	});

	test('of a care manager opens one circle and no organisation', async () => {
		const token = await invite('manager', {
			role: 'family',
			case_id: CASES.ayue,
			relation: '兒子'
		});
		const user = await aStranger();
		await acceptAs(user, token);
		expect(
			await db.sql('select role, relation from public.case_members where user_id = $1', [user])
		).toEqual([{ role: 'family', relation: '兒子' }]);
		expect(await db.sql('select 1 from public.memberships where user_id = $1', [user])).toEqual([]);
		const staffToken = await invite('manager', { role: 'nurse', case_id: CASES.ayue });
		expect(
			await acceptAs(await aStranger(), staffToken).catch((error: unknown) => error)
		).toMatchObject({ message: 'not_in_this_role' });
	});

	test('keeps only a hash of its token', async () => {
		const token = await invite('supervisor', { role: 'nurse' });
		expect(JSON.stringify(await db.sql('select * from public.invitations'))).not.toContain(token);
		expect(token).toMatch(/^[0-9a-f]{64}$/);
	});

	test.each([
		['unknown', `select 1`, 'PT404', 'invitation_unknown'],
		[
			'expired',
			`update public.invitations set expires_at = now() - interval '1 minute'`,
			'PT410',
			'invitation_expired'
		],
		['revoked', `update public.invitations set revoked_at = now()`, 'PT410', 'invitation_revoked']
	])('that is %s is refused', async (state, change, code, message) => {
		const token = await invite('supervisor', { role: 'nurse' });
		await db.exec(change);
		expect(
			await refusal('outsider', 'accept_invitation', state === 'unknown' ? 'x' : token)
		).toMatchObject({ code, message });
	});

	test.each<[Person, Fields]>([
		['nurse', { role: 'worker' }],
		['manager', { role: 'nurse' }],
		['manager', { role: 'family', case_id: CASES.ahai }],
		['worker', { role: 'family', case_id: CASES.ayue }],
		['outsider', { role: 'nurse' }],
		['outsider', { role: 'family', case_id: CASES.ayue }]
	])('is not for %s to make: %o', async (person, fields) => {
		const request = { org_id: ORGS.shancheng, display_name: '新人', ...fields };
		expect(await refusal(person, 'create_invitation', request)).toMatchObject({ code: '42501' });
	});

	test('cannot make a supervisor of somebody in a circle, nor a role that does not exist', async () => {
		for (const role of ['supervisor', 'king']) {
			const request = { org_id: ORGS.shancheng, case_id: CASES.ayue, display_name: '新人', role };
			expect(await refusal('supervisor', 'create_invitation', request)).toMatchObject({
				code: 'PT400'
			});
		}
	});
});

describe('an imported list', () => {
	const person = (fields: Fields = {}) => ({
		name: '張阿公',
		nationalId: 'A123456789',
		bornOn: '1940-05-01',
		cmsLevel: 4,
		allergies: ['海鮮'],
		conditions: [],
		contacts: [{ name: '張小姐', relation: '女兒', phone: '0900-000-123' }],
		...fields
	});
	const list = (...rows: Fields[]) => ({ org_id: ORGS.shancheng, rows });

	test('becomes cases with details and contacts', async () => {
		const answer = await rpc<{ imported: number; rows: { case_id: string }[] }>(
			'supervisor',
			'import_cases',
			list(person(), person({ name: '李阿嬤', nationalId: null, contacts: [] }))
		);
		expect(answer).toMatchObject({
			imported: 2,
			rows: [
				{ row: 0, result: 'imported' },
				{ row: 1, result: 'imported' }
			]
		});
		const id = answer.rows[0]?.case_id;
		expect(
			await db.sql('select name, cms_level, allergies from public.cases where id = $1', [id])
		).toEqual([{ name: '張阿公', cms_level: 4, allergies: ['海鮮'] }]);
		expect(
			await db.value('select national_id from public.case_staff_details where case_id = $1', [id])
		).toBe('A123456789');
		expect(
			await db.sql('select name, is_primary from public.case_contacts where case_id = $1', [id])
		).toEqual([{ name: '張小姐', is_primary: true }]);
		expect(
			await db.value(
				`select count(*)::int from public.audit_log where operation = 'import' and actor = $1`,
				[PEOPLE.supervisor]
			)
		).toBe(1);
	});

	test('with somebody who is there already brings in nobody, unless they are to be left out', async () => {
		await rpc('supervisor', 'import_cases', list(person()));
		const again = list(
			person({ name: '別名' }),
			person({ name: '新人', nationalId: null, bornOn: null })
		);
		expect(await rpc('supervisor', 'import_cases', again)).toMatchObject({
			imported: 0,
			rows: [{ result: 'known' }, { result: 'not_imported' }]
		});
		expect(await rpc('supervisor', 'import_cases', { ...again, skip_known: true })).toMatchObject({
			imported: 1,
			rows: [{ result: 'known' }, { result: 'imported' }]
		});
	});

	test('with bad rows brings in nothing, and names each with its column', async () => {
		const before = await db.value('select count(*)::int from public.cases');
		const vague = { nationalId: null, bornOn: null, phone: null, address: null };
		const rows = [
			person(),
			person({ ...vague, name: '壞級', cmsLevel: 99 }),
			person({ ...vague, name: null }),
			person({ ...vague, name: '壞日', admittedOn: '昨天' }),
			person({ ...vague, name: '壞生日', bornOn: '1940-13-01' })
		];
		expect(await rpc('supervisor', 'import_cases', list(...rows))).toMatchObject({
			imported: 0,
			rows: [
				{ row: 0, result: 'not_imported', column: null, case_id: null },
				{ row: 1, result: 'refused', column: 'cms_level' },
				{ row: 2, result: 'refused', column: 'name' },
				{ row: 3, result: 'refused', column: null },
				{ row: 4, result: 'refused', column: null }
			]
		});
		expect(await db.value('select count(*)::int from public.cases')).toBe(before);
		expect(
			await db.value(`select count(*)::int from public.audit_log where operation = 'import'`)
		).toBe(0);
	});

	test('gives everybody a place for what staff note, ID number or not', async () => {
		const { rows } = await rpc<{ rows: { case_id: string }[] }>(
			'supervisor',
			'import_cases',
			list(person({ nationalId: null }))
		);
		const patch = {
			name: 'case_staff_details.patch',
			args: { id: rows[0]?.case_id, patch: { household_note: [null, '三樓'] } }
		};
		expect(await new Phone(db, 'supervisor').push([patch], { inside: true })).toMatchObject([
			{ verdict: 'ok' }
		]);
	});

	test.each([
		['the same telephone, written otherwise', { phone: '08 123-4567' }, 'alike'],
		['the same address, written otherwise', { address: '臺東縣 山城村1號' }, 'alike'],
		['another telephone and address', { phone: '08-999-0000', address: '別處' }, 'imported'],
		['nothing to compare', {}, 'imported'],
		['the same telephone but another name', { name: '李阿嬤', phone: '08-1234567' }, 'imported']
	])('without ID number and birthday, with %s: %s', async (_what, fields, result) => {
		const stored = { phone: '08-1234567', address: '台東縣山城村1號', contacts: [] };
		await rpc('supervisor', 'import_cases', list(person({ ...stored })));
		const vague = { nationalId: null, bornOn: null, phone: null, address: null, contacts: [] };
		expect(
			await rpc('supervisor', 'import_cases', list(person({ ...vague, ...fields })))
		).toMatchObject({ rows: [{ result }] });
	});

	test('two of one name and telephone with different birthdays are two people', async () => {
		const phone = '08-1234567';
		await rpc('supervisor', 'import_cases', list(person({ phone, nationalId: null })));
		expect(
			await rpc(
				'supervisor',
				'import_cases',
				list(person({ phone, nationalId: null, bornOn: '1965-01-01' }))
			)
		).toMatchObject({ rows: [{ result: 'imported' }] });
	});

	test('is for who opens cases in that organisation', async () => {
		for (const someone of ['nurse', 'worker', 'family', 'outsider'] as const) {
			expect(await refusal(someone, 'import_cases', list(person())), someone).toMatchObject({
				code: '42501'
			});
		}
	});
});
