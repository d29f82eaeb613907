/** What people did before they left a case still comes in; what is refused about a case waits for those who answer for it. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Callers } from './hand-over.ts';
import { Phone, type Fields, type Intent, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const callers = new Callers(db);
const inside = { inside: true };

/** What a phone that had no signal sends after the hand-over. */
async function late(person: Person, ...intents: Intent[]): Promise<Result[]> {
	return await new Phone(db, person).push(intents, inside);
}
const ago = (hours: number) => ({ at: hoursFromNow(-hours) });
const aRecord = (visit: string | null = null): Intent => ({
	name: 'visit_record.add',
	args: { row: { ...aRow.record(), ...(visit ? { visit_id: visit } : {}) } }
});

describe('work of somebody who has left the case', () => {
	test('that was done before is accepted, by whom and when it was done, and those who answer now are told', async () => {
		const visit = await db.insert('visits', aRow.visit());
		const task = await db.insert('tasks', {
			...aRow.task(),
			author_name: '倪護理',
			recorded_at: hoursFromNow(-9)
		});
		await callers.move();
		const results = await late(
			'worker',
			{ ...aRecord(visit), ...ago(3) },
			{
				name: 'measurement.add',
				args: { row: aRow.measurement({ measured_at: hoursFromNow(-3) }) },
				...ago(3)
			},
			{ name: 'emergency.report', args: { row: aRow.emergency() }, ...ago(2) },
			{
				name: 'task_comment.add',
				args: { row: { id: randomUUID(), case_id: CASES.ayue, task_id: task, body: '已量' } },
				...ago(2)
			},
			{ name: 'message.send', args: { row: aRow.message() }, ...ago(1) }
		);
		expect(results.map(({ verdict }) => verdict)).toEqual(Array(5).fill('ok'));
		expect(
			await db.as(
				'outsider',
				'select author_name, created_by from public.visit_records where visit_id = $1',
				[visit]
			)
		).toEqual([{ author_name: '王照服', created_by: PEOPLE.worker }]);
		expect(
			await db.sql(
				`select user_id, subject_table, data from public.notices where kind = 'late_work' order by subject_table`
			)
		).toEqual(
			['measurements', 'messages', 'task_comments', 'visit_records'].map((subject_table) => ({
				user_id: PEOPLE.outsider,
				subject_table,
				data: { author_name: '王照服' }
			}))
		);
	});

	test('widens nobody’s sight: nothing of the case can be read, not even what was just added', async () => {
		await callers.move();
		const phone = new Phone(db, 'worker');
		const answer = await phone.sync({
			push: phone.numbered([{ ...aRecord(), ...ago(3) }]),
			...inside
		});
		expect(answer.results).toMatchObject([{ verdict: 'ok' }]);
		const sent = Object.values(answer.rows).flat();
		expect(
			sent.filter((row) => row['case_id'] === CASES.ayue && row['kind'] !== 'case_moved')
		).toEqual([]);
		for (const table of ['visit_records', 'cases', 'case_members', 'messages'])
			expect(await db.as('worker', `select 1 from public.${table}`), table).toEqual([]);
	});

	test('of the supervisor who gave the case away, too', async () => {
		await callers.move();
		expect(await late('supervisor', { ...aRecord(), ...ago(1) })).toMatchObject([
			{ verdict: 'ok' }
		]);
		expect(await late('supervisor', { ...aRecord(), at: hoursFromNow(1) })).toMatchObject([
			{ verdict: 'rejected', code: 'access_ended' }
		]);
	});

	const longAgo = `set local session_replication_role = replica; update public.case_members set ended_at = now() - interval '8 days' where user_id = '${PEOPLE.worker}'; set local session_replication_role = origin`;
	test.each<[string, Person, Fields, string]>([
		['done after it', 'worker', { at: hoursFromNow(1) }, ''],
		['before they were there', 'worker', { at: hoursFromNow(-40 * 24) }, ''],
		['more than a week after it', 'worker', ago(9 * 24), longAgo],
		[
			'of family',
			'family',
			ago(1),
			`update public.case_members set ended_at = now() where user_id = '${PEOPLE.family}'`
		],
		[
			'of who works nowhere any more',
			'worker',
			ago(1),
			`update public.memberships set ended_at = now() where user_id = '${PEOPLE.worker}'`
		],
		['of who was never there', 'outside', ago(1), '']
	])('is refused when it comes %s', async (_when, person, at, change) => {
		await callers.move();
		if (change) await db.exec(change);
		const [result] = await late(person, {
			name: 'message.send',
			args: { row: aRow.message() },
			...at
		});
		expect(result).toMatchObject({
			verdict: 'rejected',
			code: person === 'outside' ? 'not_allowed' : 'access_ended'
		});
	});

	test('about the visit of a colleague is refused', async () => {
		const visit = await db.insert('visits', aRow.visit({ worker_id: PEOPLE.nurse }));
		await callers.move();
		expect(await late('worker', { ...aRecord(visit), ...ago(3) })).toMatchObject([
			{ verdict: 'rejected' }
		]);
	});

	test('that changes what stands is refused, whenever it was done, and kept word by word', async () => {
		const visit = await db.insert('visits', aRow.visit());
		await callers.move();
		const results = await late(
			'worker',
			{ name: 'visit.check_in', args: { id: visit, at: hoursFromNow(-3) }, ...ago(3) },
			{ name: 'case_contact.add', args: { row: aRow.contact({ name: '里長' }) }, ...ago(3) }
		);
		expect(results).toMatchObject([
			{ verdict: 'rejected', code: 'access_ended' },
			{ verdict: 'rejected', code: 'access_ended' }
		]);
		expect(
			await db.sql(
				`select name, args -> 'row' ->> 'name' as typed from private.sync_mutations order by n`
			)
		).toEqual([
			{ name: 'visit.check_in', typed: null },
			{ name: 'case_contact.add', typed: '里長' }
		]);
	});
});

describe('refused work about a case', () => {
	async function refuseTwo(): Promise<{ visit: string; contact: string }> {
		const visit = await db.insert('visits', aRow.visit());
		const contact = randomUUID();
		await callers.move();
		await late(
			'worker',
			{ name: 'visit.check_in', args: { id: visit, at: hoursFromNow(-3) }, ...ago(3) },
			{
				name: 'case_contact.add',
				args: { row: aRow.contact({ id: contact, name: '里長' }) },
				...ago(3)
			}
		);
		return { visit, contact };
	}
	interface Refused {
		mid: string;
		name: string;
		author_name: string;
		args: Fields;
	}
	const waiting = (person: Person) => callers.rpc<Refused[]>(person, 'refused_work');

	test('is seen by the supervisors who answer for the case now, as many as wait on the phone, and by nobody else', async () => {
		await refuseTwo();
		expect(await waiting('outsider')).toMatchObject([
			{ author_name: '王照服', case_name: '阿月' },
			{ author_name: '王照服', case_name: '阿月' }
		]);
		for (const person of ['supervisor', 'manager', 'worker', 'family', 'outside'] as const)
			expect(await waiting(person), person).toEqual([]);
		expect(
			await db.sql(`select user_id, data from public.notices where kind = 'work_refused'`)
		).toEqual([{ user_id: PEOPLE.outsider, data: { author_name: '王照服' } }]);
	});

	test('is taken over: done as who takes it over, at the time at which it was first done, and named by the same mid', async () => {
		const { visit, contact } = await refuseTwo();
		for (const { mid } of await waiting('outsider'))
			await callers.rpc('outsider', 'settle_refused', { mid, take_over: true });
		expect(await waiting('outsider')).toEqual([]);
		const [row] = await db.sql<{ status: string; checked_in_at: Date }>(
			'select status, checked_in_at from public.visits where id = $1',
			[visit]
		);
		expect(row?.status).toBe('checked_in');
		expect(Math.abs(row!.checked_in_at.getTime() - (Date.now() - 3 * 3_600_000))).toBeLessThan(
			60_000
		);
		expect(
			await db.sql('select name, created_by from public.case_contacts where id = $1', [contact])
		).toEqual([{ name: '里長', created_by: PEOPLE.outsider }]);
		expect(
			await db.sql(
				`select a.actor, m.user_id from public.audit_log a join private.sync_mutations m on m.mid = a.mid where a.row_id = $1`,
				[contact]
			)
		).toEqual([{ actor: PEOPLE.outsider, user_id: PEOPLE.worker }]);
	});

	test('is settled once, by who supervises the case', async () => {
		await refuseTwo();
		const [first] = await waiting('outsider');
		const request = { mid: first!.mid, take_over: false };
		for (const person of ['supervisor', 'worker', 'manager', 'family'] as const)
			expect(await callers.refusal(person, 'settle_refused', request)).toMatchObject({
				message: 'not_found'
			});
		await callers.rpc('outsider', 'settle_refused', request);
		expect(await waiting('outsider')).toHaveLength(1);
		expect(await callers.refusal('outsider', 'settle_refused', request)).toMatchObject({
			message: 'not_found'
		});
	});

	test('that cannot be done is refused to who takes it over as well, and stays', async () => {
		const { visit } = await refuseTwo();
		await db.sql(`update public.visits set status = 'cancelled' where id = $1`, [visit]);
		const entry = (await waiting('outsider')).find(({ name }) => name === 'visit.check_in');
		expect(
			await callers.refusal('outsider', 'settle_refused', { mid: entry!.mid, take_over: true })
		).toMatchObject({ message: 'wrong_state' });
		expect(await waiting('outsider')).toHaveLength(2);
	});

	test('goes when its author has sent it again', async () => {
		const phone = new Phone(db, 'worker');
		const wrong = aRow.measurement({ value: 9999 });
		await phone.push([{ name: 'measurement.add', args: { row: wrong } }], inside);
		expect(await waiting('supervisor')).toHaveLength(1);
		await phone.push([{ name: 'measurement.add', args: { row: { ...wrong, value: 90 } } }], inside);
		expect(await waiting('supervisor')).toEqual([]);
	});

	test('of a stranger, who names a case that was never theirs, fills nobody’s tray', async () => {
		await late('outsider', { name: 'message.send', args: { row: aRow.message() } });
		await late('outside', { name: 'message.send', args: { row: aRow.message() } });
		expect(await waiting('supervisor')).toEqual([]);
	});
});
