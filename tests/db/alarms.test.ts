/** Who is told of an emergency, step by step, until a person answers: nobody is left out, nothing goes on without end. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aRow, PEOPLE } from '../fixtures/db-world.ts';
import { AlarmHand, nameOf } from './alarm-hand.ts';
import { startDatabase, type Connection, type TestDatabase } from './harness.ts';

let database: TestDatabase;
let db: Connection;
let hand: AlarmHand;
beforeAll(async () => {
	database = await startDatabase();
	db = await database.connect();
	hand = new AlarmHand(db);
});
afterAll(async () => {
	await database.stop();
});
beforeEach(async () => {
	await db.exec('begin');
	await db.exec('delete from realtime.messages');
});
afterEach(async () => {
	await db.exec('rollback');
});

const red = () => aRow.emergency({ severity: 'red' });
const toldIn = (deliveries: readonly { user: string }[]) =>
	deliveries.map(({ user }) => nameOf(user)).sort();

describe('a report', () => {
	test('rings the circle at once, and says of each who has no phone to be told on', async () => {
		await hand.phoneFor('nurse');
		await hand.phoneFor('family');
		const id = await hand.report('worker', red());
		expect(await hand.alarmOf(id), 'the report itself waits for nothing').toEqual({
			alarm_state: null,
			alarm_step: null,
			more: false
		});
		const { rung, deliveries } = await hand.tick();
		expect(rung).toBe(1);
		expect(toldIn(deliveries)).toEqual(['family', 'nurse']);
		const heard = await hand.heard(id);
		expect(heard.filter((line) => line.includes('push'))).toEqual([
			'family push 0 queued',
			'manager push 0 failed no_device',
			'nurse push 0 queued',
			'social push 0 failed no_device',
			'therapist push 0 failed no_device'
		]);
		expect(await hand.alarmOf(id)).toEqual({ alarm_state: 'ringing', alarm_step: 0, more: true });
	});

	test('by an operator rings nobody', async () => {
		const { id, ...row } = red();
		await db.sql(
			`insert into public.emergencies (id, case_id, incident_type, severity, occurred_at, recorded_at) values ($1, $2, $3, 'red', now(), now())`,
			[id, row.case_id, row.incident_type]
		);
		expect(await hand.tick()).toEqual({ rung: 0, failed: [], deliveries: [] });
	});

	test.each(['expire_tasks', 'queue_digests', 'expire_deliveries'])(
		'rings also when another part of the round fails (%s), and says which',
		async (job) => {
			await hand.phoneFor('nurse');
			await db.exec(
				`drop function private.${job};
				create function private.${job}(at_most integer default 0) returns integer language plpgsql as
				'begin raise division_by_zero; end'`
			);
			await hand.report('worker', aRow.emergency({ severity: 'red' }));
			const { failed, deliveries } = await hand.tick();
			expect(failed).toEqual([expect.stringMatching(`^${job}\\(\\d*\\) 22012$`)]);
			expect(deliveries).toHaveLength(1);
		}
	);

	test('in confidence rings nobody but those who may know of it', async () => {
		for (const person of ['nurse', 'family', 'social', 'supervisor', 'manager'] as const)
			await hand.phoneFor(person);
		const row = aRow.emergency({ incident_type: 'ABUSE', severity: 'red' });
		await hand.report('worker', row);
		expect(await hand.ring()).toEqual(['social']);
		await hand.pass(5);
		expect(await hand.ring()).toEqual(['supervisor']);
	});

	test('cannot come with an alarm that is over', async () => {
		const id = await hand.report(
			'worker',
			aRow.emergency({ severity: 'red', alarm_state: 'answered', alarm_step: 3 })
		);
		expect(await hand.alarmOf(id)).toMatchObject({ alarm_state: null });
		expect((await hand.tick()).rung).toBe(1);
	});
});

describe('the ladder', () => {
	test('goes on step by step at its minutes, repeats, and ends in words that say so', async () => {
		await hand.phoneFor('nurse');
		await hand.phoneFor('supervisor');
		const id = await hand.report('worker', red());
		const steps: string[] = [];
		const minutes = [0, 5, 5, 10, 10, 10, 10, 10, 10];
		for (const wait of minutes) {
			if (wait > 0) {
				await hand.pass(wait - 1);
				expect(await hand.ring(), 'not before its time').toEqual([]);
				await hand.pass(1);
			}
			steps.push((await hand.ring()).join('+'));
		}
		expect(steps).toEqual([
			'nurse',
			'supervisor',
			...Array.from({ length: 7 }, () => 'nurse+supervisor')
		]);
		await hand.pass(10);
		expect((await hand.tick()).deliveries).toEqual([]);
		expect(await hand.alarmOf(id)).toEqual({
			alarm_state: 'exhausted',
			alarm_step: 8,
			more: false
		});
		await hand.pass(10_000);
		expect(await hand.tick(), 'never again').toEqual({ rung: 0, failed: [], deliveries: [] });
	});

	test('that can reach nobody says so of each once, and ends soon', async () => {
		const id = await hand.report('worker', red());
		for (let nr = 0; nr < 4; nr++) expect(await hand.ring()).toEqual([]);
		expect(await hand.alarmOf(id)).toMatchObject({ alarm_state: 'exhausted', more: false });
		const people = ['family', 'manager', 'nurse', 'social', 'supervisor', 'therapist'];
		const heard = (await hand.heard(id)).map((line) => line.replace(/ \d /, ' '));
		expect(heard).toEqual(people.map((name) => `${name} push failed no_device`));
	});

	test('has the second channel for staff alone, and says of each who left no number', async () => {
		await db.sql('update private.engine set second_channel = true');
		await db.sql(`update public.memberships set phone = null where role in ('nurse', 'therapist')`);
		await db.sql(`update public.profiles set phone = null`);
		await db.sql(`update public.memberships set phone = '0912-000-000' where role = 'therapist'`);
		const id = await hand.report('worker', red());
		await hand.tick();
		const heard = await hand.heard(id);
		expect(heard).toContain('nurse second 0 failed no_phone');
		expect(heard).toContain('therapist second 0 queued');
		expect(heard.join()).not.toContain('family second');
	});

	test('does not wait where a step reaches nobody', async () => {
		await hand.phoneFor('supervisor');
		await hand.report('worker', red());
		expect((await hand.tick()).deliveries).toEqual([]);
		expect(toldIn((await hand.tick()).deliveries)).toEqual(['supervisor']);
	});

	test('of which all is late leaves people time between its steps', async () => {
		await hand.phoneFor('nurse');
		await hand.phoneFor('supervisor');
		await hand.report('worker', red());
		await hand.pass(300);
		expect(await hand.ring()).toEqual(['nurse']);
		expect(await hand.ring()).toEqual([]);
		await hand.pass(1);
		expect(await hand.ring()).toEqual(['supervisor']);
		await hand.pass(1);
		expect(await hand.ring()).toEqual(['nurse', 'supervisor']);
		await hand.pass(9);
		expect(await hand.ring(), 'repeats stay as far apart as ever').toEqual([]);
		await hand.pass(1);
		expect(await hand.ring()).toEqual(['nurse', 'supervisor']);
	});

	test('does not say the same twice to a phone that an earlier step has not reached yet', async () => {
		await hand.phoneFor('nurse');
		await hand.phoneFor('supervisor');
		const id = await hand.report('worker', red());
		await hand.tick(0);
		await hand.pass(5);
		await hand.tick(0);
		await hand.pass(5);
		expect(await hand.ring()).toEqual(['nurse', 'supervisor']);
		const pushes = (await hand.heard(id)).filter((line) => /^(nurse|supervisor) push/.test(line));
		expect(pushes).toEqual([
			'nurse push 0 dropped told_again',
			'nurse push 2 accepted',
			'supervisor push 1 dropped told_again',
			'supervisor push 2 accepted'
		]);
	});

	test('one that fails does not hold up the others, and is tried again', async () => {
		await hand.phoneFor('nurse');
		const broken = await hand.report('worker', red());
		const well = await hand.report('worker', red());
		await db.sql(
			`update private.alarms set ladder = '{"steps": "none", "repeats": 1}' where emergency_id = $1`,
			[broken]
		);
		const { deliveries } = await hand.tick();
		expect(deliveries).toMatchObject([{ subject: well }]);
		await hand.settle({ id: deliveries[0]?.id, outcome: 'accepted' });
		await db.sql('update private.alarms set ladder = null where emergency_id = $1', [broken]);
		await hand.pass(1);
		expect((await hand.tick()).deliveries).toMatchObject([{ subject: broken }]);
	});
});

describe('an answer', () => {
	test.each(['emergency.acknowledge', 'emergency.act'])(
		'of staff (%s) stops it, and takes back what is not sent yet',
		async (name) => {
			await hand.phoneFor('nurse');
			await hand.phoneFor('therapist');
			const id = await hand.report('worker', red());
			await hand.tick(0);
			await hand.answer('nurse', name, id, { note: '馬上過去' });
			expect(await hand.alarmOf(id)).toEqual({
				alarm_state: 'answered',
				alarm_step: 0,
				more: false
			});
			expect(await hand.heard(id)).toContain('therapist push 0 dropped answered_first');
			await hand.pass(60);
			const { rung, deliveries } = await hand.tick();
			expect(rung).toBe(0);
			// That somebody comes is news, which is no alarm.
			expect(deliveries.filter(({ kind }) => kind !== 'notice')).toEqual([]);
		}
	);

	test('of whoever reported it is kept, and does not stop it', async () => {
		await hand.phoneFor('nurse');
		const id = await hand.report('worker', red());
		await hand.tick();
		await hand.answer('worker', 'emergency.acknowledge', id);
		expect(await hand.alarmOf(id)).toMatchObject({ alarm_state: 'ringing' });
		await hand.pass(5);
		expect((await hand.tick()).rung).toBe(1);
	});

	test('that closes it stops it, and opened again it rings from the beginning', async () => {
		await hand.phoneFor('nurse');
		const id = await hand.report('manager', red());
		await hand.tick();
		await hand.answer('manager', 'emergency.close', id, { outcome: '平安' });
		expect(await hand.alarmOf(id)).toMatchObject({ alarm_state: 'answered' });
		await hand.answer('manager', 'emergency.reopen', id, { note: '又跌倒' });
		expect(toldIn((await hand.tick()).deliveries)).toEqual(['nurse']);
		expect(await hand.heard(id)).toContain('nurse push 1 queued');
		expect(await hand.alarmOf(id)).toEqual({ alarm_state: 'ringing', alarm_step: 0, more: true });
	});

	test('to a yellow one that is raised to red does not count any more', async () => {
		await hand.phoneFor('nurse');
		const id = await hand.report('worker', aRow.emergency({ severity: 'yellow' }));
		await hand.tick();
		await hand.answer('nurse', 'emergency.acknowledge', id);
		await hand.answer('therapist', 'emergency.raise', id, { severity: 'red', note: '意識不清' });
		expect((await hand.tick()).deliveries).toMatchObject([{ severity: 'red', user: PEOPLE.nurse }]);
	});

	test('is not what looking at it is: that is noted, and they are not woken for this step again', async () => {
		const endpoint = await hand.phoneFor('nurse');
		const row = red();
		const id = await hand.report('worker', row);
		await hand.tick(0);
		await hand.push('nurse', {
			name: 'record.see',
			args: {
				row: {
					id: '01990000-0000-7000-8000-000000000001',
					case_id: row.case_id,
					subject_table: 'emergencies',
					subject_id: id,
					audience: 'circle'
				}
			}
		});
		expect(await hand.heard(id)).toContain('nurse push 0 opened');
		expect((await hand.tick()).deliveries).toEqual([]);
		await hand.pass(10);
		await hand.tick();
		await hand.pass(1);
		const { deliveries } = await hand.tick();
		expect(deliveries, 'nobody has answered: the next step that is theirs').toMatchObject([
			{ endpoint }
		]);
	});
});
