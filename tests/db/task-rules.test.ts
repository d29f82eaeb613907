/** Rules that make tasks: what each kind finds, that a task is made once, by whom and for whom, and that the preview says the same. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, ORGS, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, type Fields } from './harness.ts';
import { written } from './mutation-args.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };
const DAY = 24;

async function say(person: Person, row: Fields): Promise<string> {
	const [result] = await new Phone(db, person).push(
		[{ name: 'task_rule.set', args: { row } }],
		inside
	);
	return result?.code ?? result?.verdict ?? '';
}
/** Rules have been on for long. */
const onForLong = () =>
	db.exec(
		`alter table public.task_rules disable trigger guard; update public.task_rules set active_since_at = now() - interval '60 days' where active; alter table public.task_rules enable trigger guard`
	);
async function rule(fields: Fields = {}): Promise<string> {
	const row = aRow.rule(fields);
	expect(await say('supervisor', row)).toBe('ok');
	await onForLong();
	return String(row.id);
}
/** All that stands in the seed counts for nothing here. */
async function nothingElse(): Promise<void> {
	await db.sql(`update public.visits set status = 'cancelled'`);
}
/** The engine asks every rule that is on, one a round. */
async function tick(): Promise<number> {
	await db.sql(`update private.rule_runs set next_at = now()`);
	let made = 0;
	for (let round = 0; round < 3; round++)
		made += await db.value<number>('select private.make_rule_tasks(50)');
	return made;
}
interface Made {
	readonly title: string;
	readonly case_id: string;
	readonly because: Fields;
	readonly assignee_id: string | null;
}
const madeBy = (id: string) =>
	db.sql<Made & Fields>(
		`select * from public.tasks where source = 'rule' and source_id = $1 order by because ->> 'days'`,
		[id]
	);
async function preview(kind: string, params: Fields, person: Person = 'supervisor') {
	const [row] = await db.as<{ found: { count: number; items: Fields[] } }>(
		person,
		`select public.preview_task_rule($1) as found`,
		[JSON.stringify({ org_id: ORGS.shancheng, kind, params })]
	);
	return row?.found;
}
const missed = (fields: Fields = {}) =>
	db.insert(
		'visits',
		aRow.visit({ starts_at: hoursFromNow(-20), ends_at: hoursFromNow(-19), ...fields })
	);
const measured = (hours: number, fields: Fields = {}) =>
	db.insert(
		'measurements',
		written(
			aRow.measurement({
				kind: 'blood_pressure',
				value: 150,
				value2: 90,
				measured_at: hoursFromNow(hours),
				...fields
			})
		)
	);

describe('a rule', () => {
	test('makes one task for what it finds, with the facts, once, however often and by how many engines it is asked', async () => {
		await nothingElse();
		const visit_id = await missed();
		const id = await rule({
			for_role: 'nurse',
			priority: 'high',
			due_hours: 4,
			reply_minutes: 120
		});
		expect(await tick()).toBe(1);
		expect(await tick()).toBe(0);
		const [task, ...others] = await madeBy(id);
		expect(others).toEqual([]);
		expect(task).toMatchObject({
			case_id: CASES.ayue,
			title: '訪視沒有簽到，請聯絡家屬',
			audience: 'staff',
			priority: 'high',
			assignee_id: PEOPLE.nurse,
			created_by: null,
			because: { kind: 'missed_visit', visit_id, status: 'planned' }
		});
		expect(
			await db.value(
				`select due_at = now() + interval '4 hours' and reply_due_at = now() + interval '2 hours' from public.tasks where id = $1`,
				[task!['id']]
			)
		).toBe(true);
		expect(
			await db.sql(`select user_id, kind from public.notices where subject_id = $1`, [task!['id']])
		).toEqual([{ user_id: PEOPLE.nurse, kind: 'task_offered' }]);
	});

	test('is asked every ten minutes, and at once when it was changed', async () => {
		await nothingElse();
		const id = await rule();
		expect(await db.value('select private.make_rule_tasks(50)')).toBe(0);
		await missed();
		expect(await db.value('select private.make_rule_tasks(50)')).toBe(0);
		await rule({ id, title: '請確認' });
		expect(await db.value('select private.make_rule_tasks(50)')).toBe(1);
	});

	test('that is off, of another organisation, or about somebody who is not served makes nothing', async () => {
		await nothingElse();
		await missed();
		await rule({ active: false });
		expect(await tick()).toBe(0);
		await db.insert('task_rules', aRow.rule({ org_id: ORGS.haixian }));
		await onForLong();
		expect(await tick()).toBe(0);
		await rule();
		await db.sql(`update public.cases set status = 'suspended' where id = $1`, [CASES.ayue]);
		expect(await tick()).toBe(0);
	});

	test('that fails waits, and holds up no other', async () => {
		await nothingElse();
		await missed();
		const broken = await rule({ kind: 'plan_ends', params: { days: 9 } });
		await db.exec(`alter table public.task_rules disable trigger guard`);
		await db.sql(`update public.task_rules set params = '{"days": "nine"}' where id = $1`, [
			broken
		]);
		await db.exec(`alter table public.task_rules enable trigger guard`);
		await rule();
		await db.sql(
			`update private.rule_runs set next_at = now() - interval '1 hour' where rule_id = $1`,
			[broken]
		);
		expect(await db.value('select private.make_rule_tasks(50)')).toBe(0);
		expect(await db.value('select private.make_rule_tasks(50)')).toBe(1);
	});

	test('makes nothing of what was before it was switched on', async () => {
		await nothingElse();
		await missed();
		expect(await say('supervisor', aRow.rule())).toBe('ok');
		expect(await tick()).toBe(0);
	});

	test('asks nobody by name where the circle has no such role', async () => {
		await nothingElse();
		await missed();
		const id = await rule({ for_role: 'pharmacist', reply_minutes: 30 });
		await tick();
		expect(await madeBy(id)).toMatchObject([{ assignee_id: null, reply_due_at: null }]);
	});

	test('whose words are wrong is refused; only supervisors write rules', async () => {
		expect(await say('manager', aRow.rule())).toBe('not_allowed');
		const wrong: [Fields, string][] = [
			[{ params: { hours: 0 } }, 'task_rule_number'],
			[{ params: { hours: 1.5 } }, 'task_rule_number'],
			[{ params: { hours: 4, days: 2 } }, 'task_rule_malformed'],
			[{ params: [] }, 'task_rule_malformed'],
			[{ kind: 'measurement_overdue', params: { days: 7, vitals: [] } }, 'task_rule_empty'],
			[{ kind: 'measurement_overdue', params: { days: 7, vitals: ['mood'] } }, 'task_rule_empty'],
			[{ kind: 'discharge', params: { on_days: [2, 91] } }, 'task_rule_number'],
			[{ kind: 'discharge', params: { on_days: [] } }, 'task_rule_empty'],
			[{ title: '  ' }, 'invalid']
		];
		for (const [fields, code] of wrong)
			expect(await say('supervisor', aRow.rule(fields)), JSON.stringify(fields)).toBe(code);
	});

	test('a task says that it comes from a rule only if the engine made it', async () => {
		const args = { row: aRow.task({ because: { kind: 'plan_ends' } }) };
		const [result] = await new Phone(db, 'nurse').push([{ name: 'task.create', args }], inside);
		expect(result?.verdict).toBe('rejected');
	});
});

describe('what each kind finds, in the preview as in the engine', () => {
	test.each<[string, Fields, number]>([
		['never begun, past its hours', {}, 1],
		['never begun, within them', { starts_at: hoursFromNow(-5), ends_at: hoursFromNow(-4) }, 0],
		['said to have failed', { status: 'no_answer', ends_at: hoursFromNow(-1) }, 1],
		['done', { status: 'done' }, 0]
	])('missed_visit: %s', async (_what, fields, count) => {
		await nothingElse();
		await missed(fields);
		expect(await preview('missed_visit', { hours: 12 })).toMatchObject({ count });
		await rule();
		expect(await tick()).toBe(count);
	});

	test('measurement_overdue: what was measured once, and not again; again for each so many days', async () => {
		await db.exec('delete from public.notices');
		const params = { vitals: ['blood_pressure'], days: 2 };
		await measured(-5 * DAY);
		const found = await preview('measurement_overdue', params);
		expect(found?.items.map(({ because }) => because)).toMatchObject([
			{ vital: 'blood_pressure', days: 4 },
			{ days: 2 }
		]);
		const id = await rule({ kind: 'measurement_overdue', params });
		expect(await tick()).toBe(2);
		expect(await madeBy(id)).toMatchObject([{ because: { days: 2 } }, { because: { days: 4 } }]);
	});

	test('measurement_overdue: not what was measured in time, nor another kind', async () => {
		await measured(-5 * DAY);
		await measured(-3.5 * DAY);
		await measured(-2 * DAY);
		await measured(-0.5 * DAY);
		await measured(-5 * DAY, { kind: 'pulse', value: 80, value2: null });
		const params = { vitals: ['blood_pressure'], days: 2 };
		expect(await preview('measurement_overdue', params)).toMatchObject({ count: 0 });
	});

	test('abnormal_values: so many within so many days, once a stretch; what was corrected counts no more', async () => {
		const params = { count: 3, days: 7 };
		await measured(-50, { severity: 'orange' });
		const slip = await measured(-40, { severity: 'red' });
		await measured(-30, { severity: 'yellow' });
		expect((await preview('abnormal_values', params))?.count).toBe(0);
		await measured(-20, { severity: 'orange' });
		await measured(-10, { severity: 'orange', kind: 'pulse', value: 130, value2: null });
		const found = await preview('abnormal_values', params);
		expect(found).toMatchObject({
			count: 1,
			items: [{ case_name: '阿月', because: { vital: 'blood_pressure', count: 3, days: 7 } }]
		});
		await rule({ kind: 'abnormal_values', params });
		expect(await tick()).toBe(1);
		await measured(-39, { corrects_id: slip });
		expect((await preview('abnormal_values', params))?.count).toBe(0);
	});

	test('plan_ends: when the last code of the plan does, not while one goes on without an end', async () => {
		const end = (days: number | null) =>
			days === null ? null : hoursFromNow(days * DAY).slice(0, 10);
		const code = (until: number | null) =>
			db.insert(
				'case_plan_codes',
				written(
					aRow.planCode({
						id: randomUUID(),
						valid_from: end(-90),
						valid_until: end(until)
					})
				)
			);
		await code(5);
		await code(20);
		expect((await preview('plan_ends', { days: 10 }))?.count).toBe(0);
		expect(await preview('plan_ends', { days: 25 })).toMatchObject({
			count: 1,
			items: [{ because: { valid_until: end(20), days: 25 } }]
		});
		await code(null);
		expect((await preview('plan_ends', { days: 25 }))?.count).toBe(0);
	});

	test('discharge: on each of its days after somebody came home', async () => {
		const [result] = await new Phone(db, 'nurse').push(
			[
				{
					name: 'case.patch',
					args: {
						id: CASES.ayue,
						patch: { discharged_on: [null, hoursFromNow(-5 * DAY).slice(0, 10)] }
					}
				}
			],
			inside
		);
		expect(result?.verdict).toBe('ok');
		const params = { on_days: [2, 4, 30] };
		expect((await preview('discharge', params))?.count).toBe(2);
		const id = await rule({ kind: 'discharge', params });
		expect(await tick()).toBe(2);
		expect((await madeBy(id)).map(({ because }) => because['days'])).toEqual([2, 4]);
	});

	test('it is for supervisors of that organisation', async () => {
		const attempt = (person: Person, org_id: string) =>
			db.attempt(person, `select public.preview_task_rule($1)`, [
				JSON.stringify({ org_id, kind: 'plan_ends', params: { days: 9 } })
			]);
		expect(await attempt('manager', ORGS.shancheng)).toMatchObject({ code: '42501' });
		expect(await attempt('supervisor', ORGS.haixian)).toMatchObject({ code: '42501' });
	});

	test('and of a rule that could be followed', async () => {
		await expect(preview('plan_ends', { days: 0 })).rejects.toThrow('task_rule_number');
	});
});
