/** What a person is told on a phone beside emergencies: once, not in their quiet hours, not what they silenced, not what they have read; and a family's day. */
import { describe, expect, test } from 'vitest';
import { aRow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { AlarmHand, ALWAYS, nameOf } from './alarm-hand.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const hand = new AlarmHand(db);

async function choose(person: Person, fields: Record<string, string | null>): Promise<void> {
	const names = Object.keys(fields);
	await db.sql(
		`update public.profiles set ${names.map((name, i) => `${name} = $${i + 2}`).join()} where id = $1`,
		[PEOPLE[person], ...Object.values(fields)]
	);
}

/** The care manager offers the nurse a task. */
async function offerTask(): Promise<void> {
	const row = aRow.task({ assignee_id: PEOPLE.nurse });
	await hand.push('manager', { name: 'task.create', args: { row } });
}

/** `person about` of what is sent, once so many minutes have passed. */
async function toldAfter(minutes: number): Promise<string[]> {
	await hand.pass(minutes);
	const { deliveries } = await hand.tick();
	await hand.settle(...deliveries.map(({ id }) => ({ id, outcome: 'accepted' })));
	return deliveries.map(({ user, kind, about }) => `${nameOf(user)} ${kind} ${about}`).sort();
}

/** Whatever the hour: quiet from an hour ago until two hours from now. */
const quietNow = (person: Person) =>
	db.sql(
		`update public.profiles set quiet_from = to_char((now() at time zone 'Asia/Taipei') - interval '1 hour', 'HH24:MI'),
			quiet_until = to_char((now() at time zone 'Asia/Taipei') + interval '2 hours', 'HH24:MI') where id = $1`,
		[PEOPLE[person]]
	);

const readAll = (person: Person) =>
	db.sql('update public.notices set read_at = now() where user_id = $1', [PEOPLE[person]]);

describe('a notice', () => {
	test('reaches each phone of its person a moment later, and nobody else', async () => {
		await hand.phoneFor('nurse');
		await hand.phoneFor('nurse');
		await hand.phoneFor('worker');
		await offerTask();
		expect(await toldAfter(0), 'time to read it in an app that is open').toEqual([]);
		expect(await toldAfter(1)).toEqual(['nurse notice tasks', 'nurse notice tasks']);
		expect(await toldAfter(60)).toEqual([]);
	});

	test('of a sort that waits already is not sent twice; the next one after it is', async () => {
		await hand.phoneFor('nurse');
		await offerTask();
		await offerTask();
		expect(await toldAfter(1)).toEqual(['nurse notice tasks']);
		await offerTask();
		expect(await toldAfter(1)).toEqual(['nurse notice tasks']);
	});

	test('that was read before is not sent, but for others that are unread', async () => {
		await hand.phoneFor('nurse');
		await offerTask();
		await readAll('nurse');
		expect(await toldAfter(1)).toEqual([]);
		await offerTask();
		await offerTask();
		await db.sql(
			`update public.notices set read_at = now() where id = (select id from public.notices where user_id = $1 and read_at is null limit 1)`,
			[PEOPLE.nurse]
		);
		expect(await toldAfter(1)).toEqual(['nurse notice tasks']);
	});

	test('of a silenced sort stands in the app only', async () => {
		await hand.phoneFor('nurse');
		await choose('nurse', { silent_groups: '{tasks}' });
		await offerTask();
		expect(await toldAfter(1)).toEqual([]);
		const kept = await db.sql('select from public.notices where user_id = $1', [PEOPLE.nurse]);
		expect(kept).toHaveLength(1);
	});

	test('waits for the end of the quiet hours; an emergency does not', async () => {
		await hand.phoneFor('nurse');
		await quietNow('nurse');
		await offerTask();
		await hand.report('worker', aRow.emergency({ severity: 'yellow' }));
		expect(await toldAfter(1)).toEqual(['nurse emergency null']);
		expect(await toldAfter(110)).toEqual([]);
		expect(await toldAfter(10)).toEqual(['nurse notice tasks']);
	});

	test.each([
		['yellow', false, true],
		['yellow', true, false],
		['orange', false, false],
		['red', false, false]
	])(
		'of a %s report in quiet hours, on duty %s: without a sound %s',
		async (severity, onDuty, soft) => {
			await hand.phoneFor('nurse');
			await quietNow('nurse');
			if (onDuty) await db.insert('duty_shifts', aRow.shift({ ...ALWAYS, user_id: PEOPLE.nurse }));
			await hand.report('worker', aRow.emergency({ severity }));
			expect((await hand.tick()).deliveries).toMatchObject([{ severity, soft }]);
		}
	);

	test('of a yellow report outside of them comes with its sound', async () => {
		await hand.phoneFor('nurse');
		await hand.report('worker', aRow.emergency({ severity: 'yellow' }));
		expect((await hand.tick()).deliveries).toMatchObject([{ severity: 'yellow', soft: false }]);
	});

	test('that one more has heard of an emergency rings nobody; that somebody comes does', async () => {
		await hand.phoneFor('family');
		const id = await hand.report('worker', aRow.emergency({ severity: 'yellow' }));
		expect(await toldAfter(1)).toEqual(['family emergency null']);
		await hand.answer('nurse', 'emergency.acknowledge', id);
		expect(await toldAfter(1)).toEqual([]);
		await hand.answer('nurse', 'emergency.act', id, { note: '十分鐘到' });
		expect(await toldAfter(1)).toEqual(['family notice emergencies']);
	});
});

/** Taipei's clock on one day. */
const at = (time: string) => `2026-11-23T${time}:00+08:00`;

test.each([
	['no hours', null, null, '03:00', '03:00'],
	['the same hour twice', '22:00', '22:00', '23:00', '23:00'],
	['one hour alone', '22:00', null, '23:00', '23:00'],
	['within a day, before', '13:00', '15:00', '12:59', '12:59'],
	['within a day, its first minute', '13:00', '15:00', '13:00', '15:00'],
	['within a day, its last', '13:00', '15:00', '14:59', '15:00'],
	['within a day, after', '13:00', '15:00', '15:00', '15:00'],
	['over midnight, in the evening', '22:00', '07:00', '22:00', '31:00'],
	['over midnight, in the morning', '22:00', '07:00', '03:00', '07:00'],
	['over midnight, after', '22:00', '07:00', '07:00', '07:00'],
	['over midnight, at noon', '22:00', '07:00', '12:00', '12:00']
])('quiet: %s', async (_, from, until, now, ends) => {
	await choose('nurse', { quiet_from: from, quiet_until: until });
	const [row] = await db.sql<{ at: Date }>('select private.quiet_until($1, $2) as at', [
		PEOPLE.nurse,
		at(now)
	]);
	const [hours = '', minutes = ''] = ends.split(':');
	const expected = Date.parse(at('00:00')) + (Number(hours) * 60 + Number(minutes)) * 60_000;
	expect(new Date(row?.at ?? 0).toISOString()).toBe(new Date(expected).toISOString());
});

describe('the digest', () => {
	const digestNow = (person: Person, shift = '0 minutes') =>
		db.sql(
			`update public.profiles set digest_at = to_char((now() at time zone 'Asia/Taipei') - $2::interval, 'HH24:MI') where id = $1`,
			[PEOPLE[person], shift]
		);
	async function someoneWasThere(): Promise<void> {
		const id = await db.insert('visits', aRow.visit({ starts_at: new Date().toISOString() }));
		await hand.push(
			'worker',
			{ name: 'visit.check_in', args: { id } },
			{ name: 'visit.check_out', args: { id } }
		);
	}

	test('is told to a family once, on a day on which somebody was there', async () => {
		await hand.phoneFor('family');
		await digestNow('family');
		expect(await toldAfter(1)).toEqual([]);
		await someoneWasThere();
		expect(await toldAfter(0)).toEqual([]);
		expect(await toldAfter(1)).toEqual(['family notice digest']);
		expect(await toldAfter(1)).toEqual([]);
		// The next day.
		await db.sql('update private.digests set day = day - 1');
		await hand.tick();
		expect(await toldAfter(1)).toEqual(['family notice digest']);
	});

	test('not to staff, not to who wants none, not hours late', async () => {
		await someoneWasThere();
		await hand.phoneFor('nurse');
		await digestNow('nurse');
		await hand.phoneFor('family');
		await choose('family', { digest_at: null });
		await hand.tick();
		expect(await toldAfter(1)).toEqual([]);
		await digestNow('family', '121 minutes');
		await hand.tick();
		expect(await toldAfter(1)).toEqual([]);
	});
});

test.each<Record<string, string>>([
	{ quiet_from: '24:00' },
	{ quiet_until: '7:00' },
	{ digest_at: 'noon' },
	{ silent_groups: '{everything}' }
])('a choice that is none is refused: %j', async (fields) => {
	await expect(choose('nurse', fields)).rejects.toThrow(/violates check/);
});

test('a person chooses for themselves alone, like any edit of their profile', async () => {
	const patch = { quiet_from: [null, '22:00'], silent_groups: [[], ['tasks']] };
	const [own] = await hand.push('nurse', {
		name: 'profile.patch',
		args: { id: PEOPLE.nurse, patch }
	});
	expect(own).toMatchObject({ verdict: 'ok' });
	const [other] = await hand.push('worker', {
		name: 'profile.patch',
		args: { id: PEOPLE.nurse, patch }
	});
	expect(other).not.toMatchObject({ verdict: 'ok' });
	expect(
		await db.sql('select quiet_from, silent_groups from public.profiles where id = $1', [
			PEOPLE.nurse
		])
	).toEqual([{ quiet_from: '22:00', silent_groups: ['tasks'] }]);
});
