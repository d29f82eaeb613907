/** Somebody leaves an organisation: what they lose, who may say so, and what stays on the record. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
	CASES,
	hoursFromNow,
	membershipOf,
	ORGS,
	PEOPLE,
	placeOf,
	type Person
} from '../fixtures/db-world.ts';
import { Phone, startDatabase } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

const ending = (person: Person, reason = '離職') => ({
	name: 'membership.end',
	args: { id: membershipOf(person), at: hoursFromNow(-30), reason }
});
async function end(by: Person, whom: Person, reason?: string): Promise<unknown> {
	const [result] = await new Phone(db, by).push([ending(whom, reason)], inside);
	return result;
}
async function endedAt(person: Person): Promise<Date | null> {
	return await db.value('select ended_at from public.memberships where id = $1', [
		membershipOf(person)
	]);
}
/** Beside 孫督導. */
async function aSecondSupervisor(person: Person): Promise<void> {
	await db.sql(`update public.memberships set role = 'supervisor' where id = $1`, [
		membershipOf(person)
	]);
}
async function join(fields: Record<string, unknown>): Promise<string> {
	const row = { id: randomUUID(), display_name: '?', ...fields };
	const table = 'case_id' in row ? 'case_members' : 'memberships';
	return await db.insert(table, row);
}
const placeEnds = async (id: string) =>
	await db.value<Date | null>('select ended_at from public.case_members where id = $1', [id]);

describe('a membership that ends', () => {
	test('takes every row of the organisation from sight at once, in a session that is open', async () => {
		const phone = new Phone(db, 'worker');
		await phone.pull(inside);
		expect(phone.of('cases')).not.toEqual([]);
		expect(await end('supervisor', 'worker')).toMatchObject({ verdict: 'ok' });
		for (const table of ['cases', 'case_members', 'memberships', 'organizations', 'visits']) {
			expect(await db.as('worker', `select id from public.${table}`), table).toEqual([]);
		}
		const [answer] = await phone.pull(inside);
		expect(answer?.removed).toHaveLength(3);
		expect(new Set([...phone.rows.values()].map(({ table }) => table))).toEqual(
			new Set(['profiles'])
		);
	});

	test('ends when the server hears of it, whatever the phone’s clock said', async () => {
		await end('supervisor', 'worker');
		expect(Math.abs(Date.now() - ((await endedAt('worker'))?.getTime() ?? 0))).toBeLessThan(60_000);
		await db.attempt(
			'supervisor',
			`update public.memberships set ended_at = 'infinity' where id = $1`,
			[membershipOf('nurse')]
		);
		expect((await endedAt('nurse'))?.getTime()).toBeLessThan(Date.now() + 60_000);
	});

	test('takes its person out of the circles of that organisation, whose cases their other one may not keep', async () => {
		await join({ org_id: ORGS.haixian, user_id: PEOPLE.worker, role: 'worker' });
		const elsewhere = await join({
			case_id: CASES.ahai,
			user_id: PEOPLE.worker,
			role: 'worker'
		});
		await end('supervisor', 'worker');
		expect(await placeEnds(placeOf('worker'))).not.toBeNull();
		expect(await placeEnds(elsewhere)).toBeNull();
		expect(await db.as('worker', 'select id from public.cases')).toEqual([{ id: CASES.ahai }]);
	});

	test('takes them out of another organisation’s circle in a role that nobody gives them any more; family they stay', async () => {
		await join({ org_id: ORGS.haixian, user_id: PEOPLE.nurse, role: 'worker' });
		const asNurse = await join({ case_id: CASES.ahai, user_id: PEOPLE.nurse, role: 'nurse' });
		await db.sql(
			'update public.case_members set ended_at = now() where case_id = $1 and user_id = $2',
			[CASES.atu, PEOPLE.nurse]
		);
		const asFamily = await join({ case_id: CASES.atu, user_id: PEOPLE.nurse, role: 'family' });
		await end('supervisor', 'nurse');
		expect(await placeEnds(asNurse)).not.toBeNull();
		expect(await placeEnds(asFamily)).toBeNull();
	});

	test('makes the invitations of its person worthless', async () => {
		const [row] = await db.as<{ answer: { token: string } }>(
			'manager',
			'select public.create_invitation($1::jsonb) as answer',
			[JSON.stringify({ case_id: CASES.ayue, role: 'family', display_name: '客人' })]
		);
		await end('supervisor', 'manager');
		expect(
			await db.attempt('outsider', 'select public.accept_invitation($1)', [row?.answer.token])
		).toMatchObject({ message: 'invitation_revoked' });
	});

	test('leaves who, when and why in the audit that supervisors read, and the reason nowhere else', async () => {
		await end('supervisor', 'worker', '帳號外流');
		const entries = await db.as(
			'supervisor',
			`select table_name, actor, changed, reason from public.audit_log where reason is not null order by id`
		);
		expect(entries).toEqual([
			{
				table_name: 'case_members',
				actor: PEOPLE.supervisor,
				changed: ['ended_at'],
				reason: '帳號外流'
			},
			{
				table_name: 'memberships',
				actor: PEOPLE.supervisor,
				changed: ['ended_at'],
				reason: '帳號外流'
			}
		]);
		const phone = new Phone(db, 'manager');
		await phone.pull(inside);
		expect(JSON.stringify([...phone.rows.values()])).not.toContain('帳號外流');
		await new Phone(db, 'supervisor').push(
			[{ name: 'case_member.end', args: { id: placeOf('family'), at: hoursFromNow(0) } }],
			inside
		);
		expect(
			await db.value('select reason from public.audit_log where row_id = $1 order by id desc', [
				placeOf('family')
			])
		).toBeNull();
	});

	test('needs a reason', async () => {
		expect(await end('supervisor', 'worker', ' ')).toMatchObject({
			verdict: 'rejected',
			code: 'reason_required'
		});
		expect(await endedAt('worker')).toBeNull();
	});

	test('ends once: a second supervisor who says the same is not refused, and changes nothing', async () => {
		await aSecondSupervisor('manager');
		await end('supervisor', 'worker');
		const before = await endedAt('worker');
		expect(await end('manager', 'worker')).toMatchObject({ verdict: 'ok' });
		expect(await endedAt('worker')).toEqual(before);
		expect(await end('nurse', 'former')).toMatchObject({ code: 'not_allowed' });
		expect(
			await db.attempt(
				'supervisor',
				'update public.memberships set ended_at = null where id = $1',
				[membershipOf('worker')]
			)
		).toMatchObject({ message: 'immutable' });
	});

	test.each<[Person, string]>([
		['worker', 'not_allowed'],
		['nurse', 'not_allowed'],
		['manager', 'not_allowed'],
		['family', 'not_found'],
		['outsider', 'not_found'],
		['former', 'not_found']
	])('is not for %s to end', async (by, code) => {
		expect(await end(by, 'outside')).toMatchObject({ verdict: 'rejected', code });
		expect(await endedAt('outside')).toBeNull();
	});
});

describe('an organisation keeps a supervisor', () => {
	test('the last one can neither end their own membership nor take another role', async () => {
		expect(await end('supervisor', 'supervisor')).toMatchObject({
			verdict: 'rejected',
			code: 'last_supervisor'
		});
		expect(
			await db.attempt('supervisor', `update public.memberships set role = 'nurse' where id = $1`, [
				membershipOf('supervisor')
			])
		).toMatchObject({ message: 'last_supervisor' });
	});

	test('one of two may leave', async () => {
		await aSecondSupervisor('manager');
		expect(await end('supervisor', 'supervisor')).toMatchObject({ verdict: 'ok' });
		expect(await end('manager', 'manager')).toMatchObject({ code: 'last_supervisor' });
	});
});

describe('two supervisors who end each other’s membership at the same moment', () => {
	const direct = (whom: Person) => ({
		text: 'update public.memberships set ended_at = now() where id = $1',
		params: [membershipOf(whom)]
	});
	const byPhone = (whom: Person) => {
		const mutation = { n: 1, mid: randomUUID(), at: hoursFromNow(0), base: 0, ...ending(whom) };
		const request = {
			v: 1,
			schema: 1,
			epoch: null,
			client: randomUUID(),
			acked: 0,
			cursors: {},
			push: [mutation]
		};
		return { text: 'select public.sync($1::jsonb)', params: [JSON.stringify(request)] };
	};

	test.each([
		['by direct writes', direct],
		['from their phones', byPhone]
	])('%s: one of them remains', async (_way, statement) => {
		const own = await startDatabase();
		const [first, second, owner] = await Promise.all([own.connect(), own.connect(), own.connect()]);
		await owner.sql(`update public.memberships set role = 'supervisor' where id = $1`, [
			membershipOf('manager')
		]);
		await first.exec('begin');
		const { text, params } = statement('manager');
		await first.as('supervisor', text, params);
		await second.exec('begin');
		const answer = statement('supervisor');
		const late = second
			.as('manager', answer.text, answer.params)
			.then(() => second.exec('commit'))
			.catch((error: unknown) => error);
		// The second one waits for the first: nothing tells but the lock itself.
		await expect
			.poll(async () => await owner.value(`select count(*)::int from pg_locks where not granted`))
			.toBeGreaterThan(0);
		await first.exec('commit');
		await late;
		await second.exec('rollback');
		expect(
			await owner.sql(
				`select user_id from public.memberships where org_id = $1 and role = 'supervisor' and ended_at is null`,
				[ORGS.shancheng]
			)
		).toEqual([{ user_id: PEOPLE.supervisor }]);
		await own.stop();
	});
});
