/** Who is told of what, and whose phones are poked: in the app by a notice, at once by realtime. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, ORGS, PEOPLE, type Person } from '../fixtures/db-world.ts';
import {
	Phone,
	startDatabase,
	type Connection,
	type Intent,
	type TestDatabase
} from './harness.ts';

let database: TestDatabase;
let db: Connection;
beforeAll(async () => {
	database = await startDatabase();
	db = await database.connect();
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

async function push(person: Person, ...intents: Intent[]): Promise<void> {
	for (const result of await new Phone(db, person).push(intents, { inside: true })) {
		expect(result).toMatchObject({ verdict: 'ok' });
	}
}
async function told(kind: string): Promise<string[]> {
	const rows = await db.sql<{ user_id: string }>(
		'select user_id from public.notices where kind = $1',
		[kind]
	);
	return rows.map(({ user_id }) => nameOf(user_id)).sort();
}
function nameOf(id: string): string {
	return Object.entries(PEOPLE).find(([, user]) => user === id)?.[0] ?? id;
}

describe('notices', () => {
	test('an emergency is told to everybody who sees it but its reporter', async () => {
		await push('worker', { name: 'emergency.report', args: { row: aRow.emergency() } });
		// Not 傅照服, who has left the organisation but was never taken out of the circle.
		const everybody = ['family', 'manager', 'nurse', 'social', 'supervisor', 'therapist'];
		expect(await told('emergency_reported')).toEqual(everybody);
	});

	test('each step on it is told likewise', async () => {
		const emergency = aRow.emergency();
		await push('worker', { name: 'emergency.report', args: { row: emergency } });
		await push('nurse', {
			name: 'emergency.acknowledge',
			args: { id: emergency.id, action_id: randomUUID() }
		});
		expect(await told('emergency_action')).toContain('worker');
		expect(await told('emergency_action')).not.toContain('nurse');
	});

	test('a task is offered to whom it is given, and its author hears the answer', async () => {
		const task = aRow.task({ assignee_id: PEOPLE.worker });
		await push('nurse', { name: 'task.create', args: { row: task } });
		expect(await told('task_offered')).toEqual(['worker']);
		await push('worker', { name: 'task.accept', args: { id: task.id, at: hoursFromNow(0) } });
		expect(await told('task_answered')).toEqual(['nurse']);
	});

	test('who is let into a circle is told', async () => {
		const row = {
			id: randomUUID(),
			case_id: CASES.ayue,
			user_id: PEOPLE.outside,
			role: 'worker',
			display_name: '?'
		};
		await push('manager', { name: 'case_member.add', args: { row } });
		expect(await told('access_granted')).toEqual(['outside']);
	});

	test('what an operator brings in tells nobody', async () => {
		const { id, ...row } = aRow.emergency({ status: 'open' });
		await db.sql(
			`insert into public.emergencies (id, case_id, incident_type, severity, occurred_at, recorded_at) values ($1, $2, $3, $4, $5, now())`,
			[id, row.case_id, row.incident_type, row.severity, row.occurred_at]
		);
		expect(await db.value('select count(*)::int from public.notices')).toBe(0);
	});
});

describe('pokes', () => {
	async function topics(): Promise<string[]> {
		const rows = await db.sql<{ topic: string }>('select topic from realtime.messages order by 1');
		return rows.map(({ topic }) => topic);
	}

	test('a batch of many writes pokes each topic once, with the buckets that moved', async () => {
		await push(
			'worker',
			...Array.from({ length: 20 }, () => ({ name: 'message.send', args: { row: aRow.message() } }))
		);
		expect(await topics()).toEqual([
			`case:${CASES.ayue}`,
			`staff:${CASES.ayue}`,
			`supervise:${ORGS.shancheng}`
		]);
		expect(await db.value('select distinct payload from realtime.messages')).toEqual({
			buckets: [
				await db.value(
					`select id from private.buckets where case_id = $1 and kind = 'case_circle'`,
					[CASES.ayue]
				)
			]
		});
	});

	test('what staff write does not wake the family’s phone', async () => {
		await push('worker', {
			name: 'message.send',
			args: { row: aRow.message({ audience: 'staff' }) }
		});
		expect(await topics()).toEqual([`staff:${CASES.ayue}`, `supervise:${ORGS.shancheng}`]);
	});

	test('who was let in or out is poked themselves', async () => {
		await db.sql(
			'update public.case_members set ended_at = now() where user_id = $1 and case_id = $2',
			[PEOPLE.worker, CASES.ayue]
		);
		expect(await topics()).toContain(`user:${PEOPLE.worker}`);
	});

	test('who may listen: each to what they see, and a revoked sign-in to nothing', async () => {
		const allowed: Record<string, readonly string[]> = {
			[`case:${CASES.ayue}`]: [
				'worker',
				'nurse',
				'therapist',
				'social',
				'manager',
				'supervisor',
				'family'
			],
			[`staff:${CASES.ayue}`]: ['worker', 'nurse', 'therapist', 'social', 'manager', 'supervisor'],
			[`supervise:${ORGS.shancheng}`]: ['supervisor'],
			[`org:${ORGS.shancheng}`]: [
				'worker',
				'outside',
				'nurse',
				'therapist',
				'social',
				'manager',
				'supervisor',
				'removed'
			],
			[`user:${PEOPLE.worker}`]: ['worker'],
			'case:nonsense': [],
			[`everything:${CASES.ayue}`]: []
		};
		for (const [topic, expected] of Object.entries(allowed)) {
			const listening: string[] = [];
			for (const person of [...(Object.keys(PEOPLE) as Person[]), 'session', 'session2'] as const) {
				await db.sql(`select set_config('realtime.topic', $1, true)`, [topic]);
				await db.sql(`insert into realtime.messages (topic) values ($1)`, [topic]);
				const seen = await db.as(person, 'select 1 from realtime.messages');
				if (seen.length > 0) listening.push(person);
			}
			expect(listening.sort(), topic).toEqual([...expected].sort());
		}
	});

	test('whoami names the topics that one may join', async () => {
		for (const person of ['worker', 'family', 'supervisor', 'former'] as const) {
			const [row] = await db.as<{ me: { topics: string[] } }>(
				person,
				'select public.whoami() as me'
			);
			for (const topic of row?.me.topics ?? []) {
				const [may] = await db.as(person, 'select private.may_join($1) as may', [topic]);
				expect(may, `${person} ${topic}`).toEqual({ may: true });
			}
		}
	});
});
