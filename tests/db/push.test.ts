/** What the server makes of what phones have done: verdicts, the ledger, savepoints, dependents, forks. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { aRow, CASES, hoursFromNow, ORGS, PEOPLE } from '../fixtures/db-world.ts';
import { Phone, type Intent } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

const say = (fields: Record<string, unknown> = {}): Intent => ({
	name: 'message.send',
	args: { row: aRow.message(fields) }
});
const pulse = (value: number, fields: Record<string, unknown> = {}): Intent => ({
	name: 'measurement.add',
	args: { row: aRow.measurement({ value, ...fields }) }
});

describe('the ledger', () => {
	test('keeps every mutation word by word with its verdict, refused ones too', async () => {
		const phone = new Phone(db, 'worker');
		const results = await phone.push(
			[pulse(72), pulse(1500), { name: 'visit.teleport', args: { id: randomUUID() } }],
			inside
		);
		expect(results).toMatchObject([
			{ n: 1, verdict: 'ok' },
			{ n: 2, verdict: 'rejected', code: 'invalid', data: { constraint: 'measurements_possible' } },
			{ n: 3, verdict: 'rejected', code: 'unknown_mutation' }
		]);
		const entries = await db.sql(
			'select n, name, args, verdict, code, user_id from private.sync_mutations where client_id = $1 order by n',
			[phone.id]
		);
		expect(entries).toMatchObject([
			{
				n: 1,
				name: 'measurement.add',
				args: { row: { value: 72 } },
				verdict: 'ok',
				user_id: PEOPLE.worker
			},
			{ n: 2, args: { row: { value: 1500 } }, verdict: 'rejected', code: 'invalid' },
			{ n: 3, name: 'visit.teleport', verdict: 'rejected' }
		]);
	});

	test('answers a repeat with the first verdict and does nothing twice', async () => {
		const phone = new Phone(db, 'worker');
		const batch = phone.numbered([say(), pulse(1500)]);
		await phone.sync({ ...inside, push: batch });
		const again = await phone.sync({ ...inside, push: batch });
		expect(again.results).toMatchObject([
			{ n: 1, verdict: 'dup', data: { verdict: 'ok' } },
			{
				n: 2,
				verdict: 'dup',
				data: {
					verdict: 'rejected',
					code: 'invalid',
					data: { constraint: 'measurements_possible' }
				}
			}
		]);
		expect(again.last_n).toBe(2);
		expect(await db.value('select count(*)::int from public.messages')).toBe(1);
	});

	test('calls it a fork when the same number stands for something else, and when the phone is somebody else’s', async () => {
		const phone = new Phone(db, 'worker');
		await phone.push([say()], inside);
		phone.lastN = 0;
		expect(await phone.push([say()], inside)).toEqual([{ n: 1, verdict: 'fork' }]);
		const thief = new Phone(db, 'nurse');
		Object.defineProperty(thief, 'id', { value: phone.id });
		expect(await thief.push([say()], inside)).toEqual([{ n: 1, verdict: 'fork' }]);
		expect(await db.value('select count(*)::int from public.messages')).toBe(1);
	});

	test('takes the same row again after it was lost with a restore, and refuses the row of somebody else', async () => {
		const phone = new Phone(db, 'worker');
		const message = say();
		await phone.push([message], inside);
		await db.exec('delete from private.sync_mutations');
		expect(await phone.push([message], inside)).toMatchObject([{ verdict: 'ok' }]);
		expect(await new Phone(db, 'nurse').push([message], inside)).toMatchObject([
			{ verdict: 'rejected', code: 'already_exists' }
		]);
	});

	test('is not taken while the server, set back to a backup, lacks what it had answered: the phone learns that by last_n', async () => {
		const phone = new Phone(db, 'worker');
		await phone.push([say()], inside);
		await db.sql('update private.sync_clients set last_n = 0 where id = $1', [phone.id]);
		await db.exec('delete from private.sync_mutations');
		const answer = await phone.sync({ ...inside, push: phone.numbered([say()]) });
		expect(answer).toMatchObject({ last_n: 0, results: [] });
		phone.ackedN = answer.last_n;
		expect(await phone.push([say()], inside)).toMatchObject([{ verdict: 'ok' }]);
	});

	test('counts a repeat under a new number as answered, so that it is not taken for forgotten the next time', async () => {
		const phone = new Phone(db, 'worker');
		const [first] = phone.numbered([say()]);
		await phone.sync({ ...inside, push: [first ?? {}] });
		await phone.sync({ ...inside, push: [{ ...first, n: 9 }] });
		phone.lastN = 9;
		expect(await phone.push([say()], inside)).toMatchObject([{ n: 10, verdict: 'ok' }]);
	});

	test('goes by n, not by the order in which a batch was packed', async () => {
		const phone = new Phone(db, 'nurse');
		const task = aRow.task();
		const batch = phone.numbered([
			{ name: 'task.create', args: { row: task } },
			{ name: 'task.finish', args: { id: task.id, at: hoursFromNow(0) } }
		]);
		const { results } = await phone.sync({ ...inside, push: batch.reverse() });
		expect(results).toMatchObject([
			{ n: 1, verdict: 'ok' },
			{ n: 2, verdict: 'ok' }
		]);
	});
});

describe('a mutation that fails', () => {
	test('is undone alone, to its last row', async () => {
		const phone = new Phone(db, 'manager');
		const id = randomUUID();
		const results = await phone.push(
			[
				say(),
				// The case is fine, its second contact is not.
				{
					name: 'case.create',
					args: {
						row: { id, org_id: ORGS.shancheng, name: '新案' },
						contacts: [aRow.contact(), aRow.contact({ name: '' })]
					}
				},
				say()
			],
			inside
		);
		expect(results.map(({ verdict }) => verdict)).toEqual(['ok', 'rejected', 'ok']);
		expect(await db.value('select count(*)::int from public.cases where id = $1', [id])).toBe(0);
		expect(await db.value('select count(*)::int from public.messages')).toBe(2);
	});

	test('leaves neither notice nor poke behind', async () => {
		const phone = new Phone(db, 'worker');
		await db.exec('delete from realtime.messages');
		await phone.push(
			[{ name: 'emergency.report', args: { row: aRow.emergency({ severity: 'purple' }) } }],
			inside
		);
		expect(await db.value('select count(*)::int from public.notices')).toBe(0);
		expect(await db.value('select count(*)::int from realtime.messages')).toBe(0);
	});

	test('of the moment ends the whole batch instead, so that it is sent again', async () => {
		await db.exec(`
			create function public.stumble() returns trigger language plpgsql as $$
			begin raise exception using errcode = '40001', message = 'serialization'; end $$;
			create trigger a_stumble before insert on public.messages for each row when (new.body = '絆倒') execute function public.stumble()`);
		const phone = new Phone(db, 'worker');
		await db.exec('savepoint batch');
		await expect(phone.push([pulse(72), say({ body: '絆倒' })], inside)).rejects.toMatchObject({
			code: '40001'
		});
		await db.exec('rollback to batch');
		expect(await db.value('select count(*)::int from public.measurements')).toBe(0);
		expect(await db.value('select count(*)::int from private.sync_mutations')).toBe(0);
	});

	test('holds up only what needs its row, until that row is made after all', async () => {
		const phone = new Phone(db, 'nurse');
		const bad = aRow.task({ title: '' });
		const comment: Intent = {
			name: 'task_comment.add',
			args: { row: { id: randomUUID(), task_id: bad.id, case_id: CASES.ayue, body: '記得' } }
		};
		const finish: Intent = { name: 'task.finish', args: { id: bad.id, at: hoursFromNow(0) } };
		const first = await phone.push(
			[{ name: 'task.create', args: { row: bad } }, comment, finish, say()],
			inside
		);
		expect(first).toMatchObject([
			{ n: 1, verdict: 'rejected', code: 'invalid' },
			{ n: 2, verdict: 'blocked', code: 'depends_on_rejected', data: { n: 1 } },
			{ n: 3, verdict: 'blocked', code: 'depends_on_rejected', data: { n: 1 } },
			{ n: 4, verdict: 'ok' }
		]);
		expect(await phone.push([comment], inside)).toMatchObject([{ verdict: 'blocked' }]);
		const second = await phone.push(
			[{ name: 'task.create', args: { row: { ...bad, title: '量血壓' } } }, comment, finish],
			inside
		);
		expect(second.map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok']);
		// Another phone was never held up.
		expect(await new Phone(db, 'manager').push([say()], inside)).toMatchObject([{ verdict: 'ok' }]);
	});

	test('is not recorded while what it rests on is still to come again after the server was set back', async () => {
		const phone = new Phone(db, 'nurse');
		const task = aRow.task();
		const comment: Intent = {
			name: 'task_comment.add',
			args: { row: { id: randomUUID(), task_id: task.id, case_id: CASES.ayue, body: '記得' } }
		};
		const finish: Intent = { name: 'task.finish', args: { id: task.id, at: hoursFromNow(0) } };
		const push = phone.numbered([comment, finish]).map((item) => ({ ...item, again: true }));
		const early = await phone.sync({ push, ...inside });
		expect(early).toMatchObject({
			last_n: 0,
			results: [
				{ verdict: 'later', code: 'missing_reference' },
				{ verdict: 'later', code: 'not_found' }
			]
		});
		const other = new Phone(db, 'manager');
		await other.push([{ name: 'task.create', args: { row: task } }], inside);
		const { results, last_n } = await phone.sync({ push, ...inside });
		expect(results.map(({ verdict }) => verdict)).toEqual(['ok', 'ok']);
		expect(last_n).toBe(2);
		const repeated = await phone.sync({ push, ...inside });
		expect(repeated.results.map(({ verdict }) => verdict)).toEqual(['dup', 'dup']);
	});

	test('does not wait for a row that is there, and out of sight because access to it has ended', async () => {
		const phone = new Phone(db, 'nurse');
		const task = aRow.task();
		await new Phone(db, 'manager').push([{ name: 'task.create', args: { row: task } }], inside);
		await db.sql('update public.case_members set ended_at = now() where user_id = $1', [
			PEOPLE.nurse
		]);
		const finish: Intent = { name: 'task.finish', args: { id: task.id, at: hoursFromNow(0) } };
		const push = phone.numbered([finish]).map((item) => ({ ...item, again: true }));
		const { results } = await phone.sync({ push, ...inside });
		expect(results).toMatchObject([{ verdict: 'rejected', code: 'access_ended' }]);
	});

	test('does not wait for a row that the other phone was refused', async () => {
		const task = aRow.task();
		const refused = new Phone(db, 'worker');
		expect(
			await refused.push([{ name: 'task.create', args: { row: task } }], inside)
		).toMatchObject([{ verdict: 'rejected' }]);
		const phone = new Phone(db, 'nurse');
		const finish: Intent = { name: 'task.finish', args: { id: task.id, at: hoursFromNow(0) } };
		const push = phone.numbered([finish]).map((item) => ({ ...item, again: true }));
		const { results } = await phone.sync({ push, ...inside });
		expect(results).toMatchObject([{ verdict: 'rejected', code: 'not_found' }]);
	});

	test('that a server which was set back has forgotten is written down again, and not tried', async () => {
		const task = aRow.task();
		const create: Intent = { name: 'task.create', args: { row: task } };
		const comment: Intent = {
			name: 'task_comment.add',
			args: { row: { id: randomUUID(), task_id: task.id, case_id: CASES.ayue, body: '記得' } }
		};
		const phone = new Phone(db, 'nurse');
		const codes = ['access_ended', 'depends_on_rejected', 'no code; at all'];
		const numbered = phone.numbered([create, comment, say()]);
		const push = numbered.map((item, index) => ({ ...item, refused: codes[index] }));
		const { results, last_n } = await phone.sync({ push, ...inside });
		expect(results).toMatchObject([
			{ verdict: 'rejected', code: 'access_ended' },
			{ verdict: 'blocked', code: 'depends_on_rejected' },
			{ verdict: 'rejected', code: 'invalid' }
		]);
		expect(last_n).toBe(3);
		expect(await db.sql('select id from public.tasks where id = $1', [task.id])).toEqual([]);
		const mids = numbered.map(({ mid }) => mid);
		expect(
			await db.sql('select mid from private.refused_work where mid = any ($1)', [mids])
		).toHaveLength(3);
		const repeated = await phone.sync({ push, ...inside });
		expect(repeated.results.map(({ verdict }) => verdict)).toEqual(['dup', 'dup', 'dup']);
		// What rests on it elsewhere need not wait.
		const other = new Phone(db, 'manager');
		const finish: Intent = { name: 'task.finish', args: { id: task.id, at: hoursFromNow(0) } };
		const late = other.numbered([finish]).map((item) => ({ ...item, again: true }));
		expect((await other.sync({ push: late, ...inside })).results).toMatchObject([
			{ verdict: 'rejected', code: 'not_found' }
		]);
	});

	test('never holds up an emergency', async () => {
		const phone = new Phone(db, 'worker');
		const measurement = aRow.measurement({ value: 1500 });
		const results = await phone.push(
			[
				{ name: 'measurement.add', args: { row: measurement } },
				{
					name: 'emergency.report',
					args: { row: aRow.emergency({ measurement_id: measurement.id }) }
				}
			],
			inside
		);
		expect(results.map(({ verdict }) => verdict)).toEqual(['rejected', 'ok']);
	});

	test.each([
		[
			'a row with a column that does not exist',
			{ row: aRow.message({ colour: 'red' }) },
			'unknown_field'
		],
		['a row without id', { row: { case_id: CASES.ayue } }, 'invalid'],
		['no row at all', {}, 'invalid'],
		[
			'an id that is none',
			{ row: { id: 'x', case_id: CASES.ayue, body: 'x', audience: 'circle' } },
			'invalid'
		],
		[
			'a case that does not exist',
			{ row: aRow.message({ case_id: randomUUID() }) },
			'missing_reference'
		],
		[
			'an audience that does not exist',
			{ row: aRow.message({ audience: 'world' }) },
			'missing_reference'
		]
	])('because of %s is told so', async (_what, args, code) => {
		const phone = new Phone(db, 'worker');
		expect(await phone.push([{ name: 'message.send', args }], inside)).toMatchObject([
			{ verdict: 'rejected', code }
		]);
	});
});

describe('the request as a whole', () => {
	const request = {
		v: 1,
		schema: 1,
		epoch: null,
		client: randomUUID(),
		acked: 0,
		push: [],
		cursors: {}
	};
	async function ask(
		fields: Record<string, unknown>,
		person: 'worker' | 'anonymous' | 'session' = 'worker'
	) {
		return await db.attempt(person, 'select public.sync($1::jsonb) as answer', [
			JSON.stringify({ ...request, ...fields })
		]);
	}

	test('may come as a JSON string, as one of the embedded drivers hands it over', async () => {
		const outcome = await db.attempt('worker', 'select public.sync(to_jsonb($1::text)) as answer', [
			JSON.stringify(request)
		]);
		expect(outcome).toMatchObject({ rows: [{ answer: { last_n: 0 } }] });
	});

	test.each([
		['another wire version', { v: 2 }, 'PT426', 'upgrade_required'],
		['a newer schema', { schema: 99 }, 'PT426', 'upgrade_required'],
		['no client', { client: null }, 'PT400', 'bad_request'],
		[
			'a mutation without number',
			{ push: [{ mid: randomUUID(), name: 'x' }] },
			'PT400',
			'bad_request'
		],
		[
			'51 mutations',
			{
				push: Array.from({ length: 51 }, (_, i) => ({
					n: i + 1,
					mid: randomUUID(),
					name: 'x',
					args: {}
				}))
			},
			'PT413',
			'batch_too_large'
		]
	])('with %s is refused', async (_what, fields, code, message) => {
		expect(await ask(fields)).toMatchObject({ code, message });
	});

	test('is refused when the sign-in behind the token has ended', async () => {
		expect(await ask({}, 'session')).toMatchObject({ code: 'PT401', message: 'unauthenticated' });
		expect(await ask({}, 'anonymous')).toMatchObject({ code: '42501' });
	});
});
