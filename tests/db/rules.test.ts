/** What may be written, in which state, whoever and whichever way: rules that stand on triggers. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import {
	aRow,
	CASES,
	hoursFromNow,
	insertStatement,
	ORGS,
	PEOPLE,
	type Person,
	type Row
} from '../fixtures/db-world.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

const recorded = (row: Row): Row => ({ author_name: '系統', recorded_at: hoursFromNow(0), ...row });

describe('columns that the server sets are set whatever a client sends', () => {
	test('on insert', async () => {
		const id = randomUUID();
		const row = recorded(aRow.message({ id }));
		const lies = {
			created_by: PEOPLE.nurse,
			bucket_id: 1,
			seq: 999_999_999,
			relevant_at: '2000-01-01T00:00:00Z',
			received_at: '2000-01-01T00:00:00Z',
			deleted_at: '2000-01-01T00:00:00Z',
			author_name: '別人',
			author_role: 'supervisor'
		};
		const statement = insertStatement('messages', { ...row, ...lies });
		await db.as('worker', statement.text, statement.params);
		const [stored] = await db.sql('select * from public.messages where id = $1', [id]);
		expect(stored).toMatchObject({
			created_by: PEOPLE.worker,
			author_name: '王照服',
			author_role: 'worker',
			deleted_at: null
		});
		expect(Number(stored?.seq)).toBeLessThan(999_999_999);
		expect(new Date(String(stored?.received_at)).getFullYear()).toBeGreaterThan(2025);
		expect(stored?.bucket_id).toBe(
			await db.value(`select id from private.buckets where case_id = $1 and kind = 'case_circle'`, [
				CASES.ayue
			])
		);
	});

	test("the key of a person's files: their own, kept, and read by nobody else", async () => {
		const keys = await db.sql('select file_key from public.profiles');
		expect(new Set(keys.map(({ file_key }) => file_key)).size).toBe(keys.length);
		const own = await db.as('worker', 'select id, file_key from public.profiles');
		expect(own.map(({ id }) => id)).toEqual([PEOPLE.worker]);
		await expect(
			db.as('worker', `update public.profiles set file_key = 'mine now' where id = $1`, [
				PEOPLE.worker
			])
		).rejects.toThrow('immutable');
	});

	test('on update: neither author, nor time, nor place', async () => {
		const id = await db.insert(
			'visits',
			aRow.visit({ created_by: PEOPLE.manager, recorded_at: hoursFromNow(-1) })
		);
		const [before] = await db.sql('select * from public.visits where id = $1', [id]);
		await db.as(
			'manager',
			`update public.visits set note = 'x', created_by = $2, recorded_at = now(), received_at = now() + interval '1 day',
			 deleted_at = now(), seq = 1, bucket_id = 1, relevant_at = '-infinity', clock_offset_ms = 5 where id = $1`,
			[id, PEOPLE.worker]
		);
		const [after] = await db.sql('select * from public.visits where id = $1', [id]);
		expect(after).toMatchObject({
			note: 'x',
			created_by: PEOPLE.manager,
			recorded_at: before?.recorded_at,
			received_at: before?.received_at,
			deleted_at: null,
			bucket_id: before?.bucket_id,
			relevant_at: before?.relevant_at,
			clock_offset_ms: null
		});
		expect(Number(after?.seq)).toBeGreaterThan(Number(before?.seq));
	});

	test.each([
		['visits', 'case_id', CASES.atu],
		['cases', 'org_id', ORGS.haixian],
		['tasks', 'id', randomUUID()]
	])('%s.%s never changes, not even by the owner', async (table, column, value) => {
		const id =
			table === 'cases'
				? CASES.ayue
				: table === 'tasks'
					? await db.insert('tasks', recorded(aRow.task()))
					: await db.insert('visits', aRow.visit());
		await expect(
			db.sql(`update public.${table} set ${column} = $2 where id = $1`, [id, value])
		).rejects.toMatchObject({ message: 'immutable' });
	});
});

describe('emergencies', () => {
	test('only ever become more severe, and keep what was first said', async () => {
		const id = await db.insert('emergencies', {
			...aRow.emergency({ severity: 'orange' }),
			recorded_at: hoursFromNow(0)
		});
		for (const [severity, expected] of [
			['yellow', 'orange'],
			['red', 'red'],
			['orange', 'red']
		]) {
			const statement = insertStatement(
				'emergency_actions',
				recorded({
					id: randomUUID(),
					case_id: CASES.ayue,
					emergency_id: id,
					action: 'raise',
					severity
				})
			);
			await db.as('nurse', statement.text, statement.params);
			expect(
				await db.sql('select severity, reported_severity from public.emergencies where id = $1', [
					id
				])
			).toEqual([{ severity: expected, reported_severity: 'orange' }]);
		}
	});

	test('closing keeps who, when and the outcome; opening again takes them back, and both steps stay', async () => {
		const id = await db.insert('emergencies', {
			...aRow.emergency(),
			recorded_at: hoursFromNow(0)
		});
		const at = '2026-11-20T03:00:00.000Z';
		for (const action of ['close', 'reopen']) {
			const statement = insertStatement('emergency_actions', {
				id: randomUUID(),
				case_id: CASES.ayue,
				emergency_id: id,
				action,
				note: '已就醫',
				author_name: '?',
				recorded_at: at
			});
			await db.as('manager', statement.text, statement.params);
			const [row] = await db.sql('select * from public.emergencies where id = $1', [id]);
			if (action === 'close') {
				expect(row).toMatchObject({
					status: 'closed',
					outcome: '已就醫',
					closed_by_name: '梅個管',
					closed_at: new Date(at)
				});
			} else {
				expect(row).toMatchObject({
					status: 'open',
					outcome: null,
					closed_by_name: null,
					closed_at: null
				});
			}
		}
		expect(
			await db.value('select count(*)::int from public.emergency_actions where emergency_id = $1', [
				id
			])
		).toBe(2);
	});
});

describe('what a client says must hang together', () => {
	test.each([
		['a pulse of 1500', 'measurements', () => aRow.measurement({ value: 1500 }), '23514'],
		[
			'a diastolic above the systolic',
			'measurements',
			() => aRow.measurement({ kind: 'blood_pressure', value: 90, value2: 120 }),
			'23514'
		],
		[
			'a blood pressure without diastolic',
			'measurements',
			() => aRow.measurement({ kind: 'blood_pressure', value: 90 }),
			'23514'
		],
		['an empty message', 'messages', () => aRow.message({ body: '' }), '23514'],
		[
			'a record of a visit to somebody else',
			'visit_records',
			() => aRow.record({ visit_id: OTHER_VISIT }),
			'23503'
		],
		[
			'a correction without reason',
			'visit_records',
			() => aRow.record({ corrects_id: OWN_RECORD }),
			'23514'
		],
		[
			'a correction of somebody else’s record',
			'visit_records',
			() => aRow.record({ corrects_id: NURSE_RECORD, correction_reason: '錯字' }),
			'42501'
		],
		[
			'an answer to a message of another thread',
			'messages',
			() => aRow.message({ reply_to_id: STAFF_MESSAGE }),
			'23503'
		]
	])('%s is refused', async (_what, table, make, code) => {
		await db.insert('visits', aRow.visit({ id: OTHER_VISIT, case_id: CASES.atu, worker_id: null }));
		await db.insert(
			'visit_records',
			recorded(aRow.record({ id: OWN_RECORD, created_by: PEOPLE.worker }))
		);
		await db.insert(
			'visit_records',
			recorded(aRow.record({ id: NURSE_RECORD, created_by: PEOPLE.nurse }))
		);
		await db.insert('messages', recorded(aRow.message({ id: STAFF_MESSAGE, audience: 'staff' })));
		const statement = insertStatement(table, recorded(make()));
		expect(await db.attempt('worker', statement.text, statement.params)).toMatchObject({ code });
	});
	const OTHER_VISIT = randomUUID();
	const OWN_RECORD = randomUUID();
	const NURSE_RECORD = randomUUID();
	const STAFF_MESSAGE = randomUUID();

	test('work is given only to people who can see it', async () => {
		const refusals: [string, Row][] = [
			['visits', aRow.visit({ worker_id: PEOPLE.outside })],
			['visits', aRow.visit({ worker_id: PEOPLE.family })],
			['tasks', recorded(aRow.task({ assignee_id: PEOPLE.outside }))],
			['tasks', recorded(aRow.task({ assignee_id: PEOPLE.family, audience: 'staff' }))]
		];
		for (const [table, row] of refusals) {
			const statement = insertStatement(table, row);
			expect(await db.attempt('manager', statement.text, statement.params)).toMatchObject({
				code: '23514'
			});
		}
		const fine = insertStatement(
			'tasks',
			recorded(aRow.task({ assignee_id: PEOPLE.family, audience: 'circle' }))
		);
		expect(await db.attempt('manager', fine.text, fine.params)).toEqual({ rows: [] });
	});

	test('nobody gets into a circle in a role that no organisation has given them', async () => {
		const place = (user: Person, role: string): Row => ({
			id: randomUUID(),
			case_id: CASES.atu,
			user_id: PEOPLE[user],
			role,
			display_name: '?'
		});
		const climb = insertStatement('case_members', place('worker', 'social_worker'));
		expect(await db.attempt('manager', climb.text, climb.params)).toMatchObject({
			message: 'not_in_this_role'
		});
		const stranger = insertStatement('case_members', {
			...place('worker', 'family'),
			user_id: randomUUID()
		});
		expect(await db.attempt('manager', stranger.text, stranger.params)).toMatchObject({
			message: 'unknown_person'
		});
		const fine = insertStatement('case_members', place('worker', 'worker'));
		expect(await db.attempt('manager', fine.text, fine.params)).toEqual({ rows: [] });
	});

	test('a place in a circle that has ended stays ended, and keeps its role', async () => {
		for (const change of [
			`ended_at = null where user_id = '${PEOPLE.removed}'`,
			`role = 'social_worker' where user_id = '${PEOPLE.worker}'`
		]) {
			const outcome = await db.attempt('manager', `update public.case_members set ${change}`);
			expect(outcome).toMatchObject({ code: '42501' });
		}
	});

	test('a care worker moves a visit, and does not replan it', async () => {
		const id = await db.insert('visits', aRow.visit());
		for (const change of [
			`starts_at = now(), ends_at = now() + interval '1 hour'`,
			`worker_id = null`,
			`planned_codes = '{BA01}'`,
			`checked_in_at = now()`
		]) {
			expect(
				await db.attempt('worker', `update public.visits set ${change} where id = '${id}'`)
			).toMatchObject({ code: '42501' });
		}
		expect(
			await db.attempt('worker', `update public.visits set note = '晚到十分鐘' where id = '${id}'`)
		).toEqual({ rows: [] });
	});

	test('a series that ends takes its planned visits after that day with it, by a nurse too', async () => {
		const series = await db.insert('visit_series', aRow.series());
		const visits: string[] = [];
		for (const hours of [1, 49]) {
			const times = { starts_at: hoursFromNow(hours), ends_at: hoursFromNow(hours + 1) };
			visits.push(await db.insert('visits', aRow.visit({ series_id: series, ...times })));
		}
		const today = await db.value<string>(`select (now() at time zone 'Asia/Taipei')::date::text`);
		await db.as('nurse', `update public.visit_series set until_on = $2::date + 1 where id = $1`, [
			series,
			today
		]);
		const states = await db.sql(
			'select status, status_reason from public.visits where id = any ($1) order by starts_at',
			[visits]
		);
		expect(states).toEqual([
			{ status: 'planned', status_reason: null },
			{ status: 'cancelled', status_reason: 'series_ended' }
		]);
	});
});
