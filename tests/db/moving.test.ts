/** A case goes to another organisation: who may do that, and what each side sees before and after. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
	aRow,
	CASES,
	hoursFromNow,
	membershipOf,
	ORGS,
	PEOPLE,
	type Person
} from '../fixtures/db-world.ts';
import { Callers } from './hand-over.ts';
import { Phone, type Fields } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const callers = new Callers(db);
const inside = { inside: true };

const sees = async (person: Person): Promise<boolean> =>
	(await db.as(person, 'select 1 from public.cases where id = $1', [CASES.ayue])).length > 0;
const circle = async (): Promise<string[]> =>
	(
		await db.sql<{ user_id: string }>(
			'select user_id from public.case_members where case_id = $1 and ended_at is null order by 1',
			[CASES.ayue]
		)
	).map(({ user_id }) => user_id);

describe('a hand-over', () => {
	test('gives the case, all of it, to the supervisors of the other organisation and takes it from those of this one', async () => {
		const visit = await db.insert('visits', aRow.visit());
		const restricted = await db.insert(
			'emergencies',
			aRow.emergency({ audience: 'restricted', recorded_at: hoursFromNow(-1) })
		);
		expect([await sees('supervisor'), await sees('outsider')]).toEqual([true, false]);
		const before = new Phone(db, 'supervisor');
		await before.pull(inside);
		await callers.move();
		expect([await sees('supervisor'), await sees('outsider')]).toEqual([false, true]);
		const after = new Phone(db, 'outsider');
		await after.pull(inside);
		expect([...after.rows.values()].map(({ id }) => id)).toEqual(
			expect.arrayContaining([visit, restricted, CASES.ayue])
		);
		const [answer] = await before.pull(inside);
		expect(answer?.removed).toHaveLength(3);
		expect([...before.rows.values()].filter((row) => row['case_id'] === CASES.ayue)).toEqual(
			before.of('notices')
		);
	});

	test('ends the places of who was there for the leaving organisation; family stays, and colleagues of others', async () => {
		const guest = await db.insert('case_members', {
			id: randomUUID(),
			case_id: CASES.ayue,
			user_id: PEOPLE.outsider,
			role: 'nurse',
			display_name: '海線護理'
		});
		// Works for both.
		await db.insert('memberships', {
			id: randomUUID(),
			org_id: ORGS.haixian,
			user_id: PEOPLE.nurse,
			role: 'nurse',
			display_name: '倪護理'
		});
		await callers.move();
		expect(await circle()).toEqual(
			[PEOPLE.nurse, PEOPLE.former, PEOPLE.outsider, PEOPLE.family].sort()
		);
		expect(
			await db.value('select ended_at from public.case_members where id = $1', [guest])
		).toBeNull();
		expect([await sees('family'), await sees('worker'), await sees('manager')]).toEqual([
			true,
			false,
			false
		]);
		expect(
			await db.as('worker', 'select 1 from public.case_members where case_id = $1', [CASES.ayue])
		).toEqual([]);
	});

	test('leaves each row with who wrote it, and says in the history and in the audit of both what happened', async () => {
		const record = await db.insert('visit_records', {
			...aRow.record(),
			author_name: '王照服',
			created_by: PEOPLE.worker,
			recorded_at: hoursFromNow(-2)
		});
		await callers.move();
		expect(
			await db.sql('select created_by, author_name from public.visit_records where id = $1', [
				record
			])
		).toEqual([{ created_by: PEOPLE.worker, author_name: '王照服' }]);
		expect(
			await db.as(
				'outsider',
				`select other, kept, author_name from public.record_history where row_id = $1 and field = 'organization'`,
				[CASES.ayue]
			)
		).toEqual([{ other: '山城', kept: '海線', author_name: '區督導' }]);
		for (const person of ['supervisor', 'outsider'] as const)
			expect(
				await db.as(person, `select actor from public.audit_log where operation = 'hand_over'`),
				person
			).toEqual([{ actor: PEOPLE.outsider }]);
		expect(
			await db.sql(
				`select distinct reason from public.audit_log where table_name = 'case_members' and changed = array['ended_at']`
			)
		).toEqual([{ reason: 'case_moved' }]);
	});

	test('is told to both sides and to everybody of the circle, but not to who accepted', async () => {
		await callers.move();
		const told = await db.sql<{ user_id: string; data: Fields }>(
			`select user_id, data from public.notices where kind = 'case_moved' order by user_id`
		);
		expect(told.map(({ user_id }) => user_id)).toEqual(
			(
				[
					'supervisor',
					'manager',
					'nurse',
					'therapist',
					'social',
					'worker',
					'former',
					'family'
				] as const
			).map((person) => PEOPLE[person])
		);
		expect(told[0]?.data).toEqual({ case_name: '阿月', from: '山城', to: '海線' });
	});

	test('wakes the phones of those who lose the case and of those who get it', async () => {
		await callers.move();
		const topics = await db.sql<{ topic: string }>('select distinct topic from realtime.messages');
		expect(topics.map(({ topic }) => topic)).toEqual(
			expect.arrayContaining([
				...(['supervisor', 'worker', 'nurse', 'family'] as const).map(
					(name) => `user:${PEOPLE[name]}`
				),
				`supervise:${ORGS.haixian}`
			])
		);
	});

	test('makes every link to the case worthless that was given away before', async () => {
		const invitation = await callers.rpc<{ token: string }>('manager', 'create_invitation', {
			case_id: CASES.ayue,
			role: 'family',
			display_name: '客人'
		});
		const other = await callers.offer();
		await callers.move();
		expect(await callers.refusal('outside', 'accept_invitation', invitation.token)).toMatchObject({
			message: 'invitation_revoked'
		});
		expect(
			await callers.refusal('outsider', 'accept_handover', {
				token: other.token,
				org_id: ORGS.haixian
			})
		).toMatchObject({ message: 'handover_revoked' });
	});

	test('may go back the same way', async () => {
		await callers.move();
		const back = await callers.rpc<{ token: string }>('outsider', 'create_handover', {
			case_id: CASES.ayue
		});
		await callers.accept(back.token, 'supervisor', ORGS.shancheng);
		expect([await sees('supervisor'), await sees('outsider')]).toEqual([true, false]);
		expect(await circle()).toEqual([PEOPLE.former, PEOPLE.family]);
	});
});

describe('nobody can push a case onto an organisation, nor take one', () => {
	const OTHERS = [
		'manager',
		'nurse',
		'worker',
		'social',
		'family',
		'outside',
		'outsider',
		'removed',
		'former'
	] as const;

	test.each(OTHERS)('%s cannot offer the case, nor see or withdraw an offer', async (person) => {
		const { id } = await callers.offer();
		expect(await callers.refusal(person, 'create_handover', { case_id: CASES.ayue })).toMatchObject(
			{
				message: 'not_allowed'
			}
		);
		expect(await callers.refusal(person, 'open_handovers', CASES.ayue)).toMatchObject({
			message: 'not_allowed'
		});
		expect(await callers.refusal(person, 'revoke_handover', id)).toMatchObject({
			message: 'not_found'
		});
	});

	test.each(OTHERS.filter((person) => person !== 'outsider'))(
		'%s cannot look at an offer, nor accept it for either side',
		async (person) => {
			const { token } = await callers.offer();
			expect(await callers.refusal(person, 'preview_handover', token)).toMatchObject({
				message: 'not_allowed'
			});
			for (const org_id of Object.values(ORGS))
				expect(await callers.refusal(person, 'accept_handover', { token, org_id })).toMatchObject({
					message: 'not_allowed'
				});
			expect(await sees('supervisor')).toBe(true);
		}
	);

	test('the supervisor of the present organisation alone cannot move it anywhere', async () => {
		const { token } = await callers.offer();
		expect(
			await callers.refusal('supervisor', 'accept_handover', { token, org_id: ORGS.shancheng })
		).toMatchObject({ message: 'same_organization' });
		expect(
			await callers.refusal('supervisor', 'accept_handover', { token, org_id: ORGS.haixian })
		).toMatchObject({ message: 'not_allowed' });
	});

	test.each(['supervisor', 'manager', 'nurse', 'outsider'] as const)(
		'%s cannot write the organisation of a case',
		async (person) => {
			await db.attempt(person, 'update public.cases set org_id = $1', [ORGS.haixian]);
			expect(await db.value('select org_id from public.cases where id = $1', [CASES.ayue])).toBe(
				ORGS.shancheng
			);
		}
	);

	test('the receiving supervisor sees what is offered and by whom, and nothing of the case yet', async () => {
		const { token } = await callers.offer();
		expect(await callers.rpc('outsider', 'preview_handover', token)).toMatchObject({
			case_name: '阿月',
			from_org_id: ORGS.shancheng,
			from_org_name: '山城',
			author_name: '孫督導'
		});
		expect(await sees('outsider')).toBe(false);
	});

	test('a link serves once', async () => {
		const { token } = await callers.offer();
		await callers.accept(token);
		expect(
			await callers.refusal('outsider', 'accept_handover', { token, org_id: ORGS.haixian })
		).toMatchObject({ code: 'PT410', message: 'handover_used' });
	});

	test.each([
		[
			'expired',
			`update private.handovers set expires_at = now() - interval '1 minute'`,
			'handover_expired'
		],
		['withdrawn', 'update private.handovers set revoked_at = now()', 'handover_revoked'],
		[
			'of a supervisor who has left',
			`update public.memberships set role = 'nurse' where id = '${membershipOf('supervisor')}'`,
			'handover_revoked'
		],
		['unknown', `update private.handovers set token_hash = 'x'`, 'handover_unknown']
	])('a link that is %s is refused', async (_state, change, message) => {
		const { token } = await callers.offer();
		await db.exec(change);
		expect(await callers.refusal('outsider', 'preview_handover', token)).toMatchObject({ message });
		expect(
			await callers.refusal('outsider', 'accept_handover', { token, org_id: ORGS.haixian })
		).toMatchObject({ message });
	});

	test('an offer is listed for the supervisor, and withdrawn', async () => {
		const { id, token } = await callers.offer();
		expect(await callers.rpc('supervisor', 'open_handovers', CASES.ayue)).toMatchObject([{ id }]);
		await callers.rpc('supervisor', 'revoke_handover', id);
		expect(await callers.rpc('supervisor', 'open_handovers', CASES.ayue)).toEqual([]);
		expect(await callers.refusal('outsider', 'preview_handover', token)).toMatchObject({
			message: 'handover_revoked'
		});
		expect(JSON.stringify(await db.sql('select * from private.handovers'))).not.toContain(token);
	});
});
