/** Alarms follow what an organisation says: its ladders, a person's own, who is on duty, and who is let in for it. */
import { describe, expect, test } from 'vitest';
import { aRow, CASES, PEOPLE } from '../fixtures/db-world.ts';
import { AlarmHand, ALWAYS } from './alarm-hand.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const hand = new AlarmHand(db);

const onDuty = (person: 'outside' | 'nurse') =>
	db.insert('duty_shifts', aRow.shift({ ...ALWAYS, user_id: PEOPLE[person] }));
const untilOf = async (person: 'outside') =>
	await db.sql<{ hours: number }>(
		`select round(extract(epoch from until_at - now()) / 3600)::int as hours from public.case_members
		where case_id = $1 and user_id = $2 and ended_at is null`,
		[CASES.ayue, PEOPLE[person]]
	);
const red = (fields = {}) => aRow.emergency({ severity: 'red', ...fields });

describe('the ladder', () => {
	test('of the organisation holds instead of the built-in one, and a person\u2019s own instead of that', async () => {
		await hand.phoneFor('supervisor');
		await hand.phoneFor('nurse');
		await db.insert(
			'escalation_ladders',
			aRow.ladder({ steps: [{ after: 0, to: ['supervisors'] }] })
		);
		await hand.report('worker', red());
		expect(await hand.ring()).toEqual(['supervisor']);
		await db.insert(
			'escalation_ladders',
			aRow.ladder({ case_id: CASES.ayue, steps: [{ after: 0, to: ['nurses'] }] })
		);
		await hand.report('worker', red());
		expect(await hand.ring()).toEqual(['nurse']);
		await db.sql('update public.escalation_ladders set active = false where case_id is not null');
		await hand.report('worker', red());
		expect(await hand.ring()).toEqual(['supervisor']);
	});

	test('stands on the report as it was when it began to ring, for whoever asks who is next', async () => {
		await db.insert(
			'escalation_ladders',
			aRow.ladder({ steps: [{ after: 0, to: ['nurses'] }], repeat_minutes: 20, repeats: 2 })
		);
		await hand.phoneFor('nurse');
		const id = await hand.report('worker', red({ alarm_ladder: { steps: [] } }));
		const ladderOf = async () =>
			(await db.sql('select alarm_ladder from public.emergencies where id = $1', [id]))[0];
		expect(await ladderOf()).toEqual({ alarm_ladder: null });
		await hand.ring();
		await db.sql('update public.escalation_ladders set repeats = 3');
		await hand.pass(20);
		expect((await hand.tick()).rung).toBe(1);
		expect(await ladderOf()).toEqual({
			alarm_ladder: { steps: [{ after: 0, to: ['nurses'] }], repeat_minutes: 20, repeats: 2 }
		});
	});

	test('tells a named person who is not in the circle', async () => {
		await hand.phoneFor('outside');
		await db.insert(
			'escalation_ladders',
			aRow.ladder({ steps: [{ after: 0, to: [], people: [PEOPLE.outside] }] })
		);
		await hand.report('worker', red());
		expect(await hand.ring()).toEqual(['outside']);
	});
});

describe('duty', () => {
	test('who is on duty is told, and let into the circle for a day', async () => {
		await hand.phoneFor('outside');
		await hand.report('worker', red());
		expect(await hand.ring()).toEqual([]);
		expect(await untilOf('outside')).toEqual([]);
		await onDuty('outside');
		await hand.report('worker', red());
		// Both ring for them: a step that reached nobody is not waited for.
		expect(await hand.ring()).toEqual(['outside', 'outside']);
		expect(await untilOf('outside')).toEqual([{ hours: 24 }]);
	});

	test('nobody is let in for what is told in confidence', async () => {
		await hand.phoneFor('outside');
		await onDuty('outside');
		await hand.report('worker', red({ incident_type: 'ABUSE' }));
		expect(await hand.ring()).toEqual([]);
		expect(await untilOf('outside')).toEqual([]);
	});
});
