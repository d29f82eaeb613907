/** A report of suspected abuse: who reported it is known to the supervisors alone, and nobody else learns that there is one. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { aRow, CASES, ORGS, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, startDatabase, type Connection, type TestDatabase } from './harness.ts';

let database: TestDatabase;
let db: Connection;
const inside = { inside: true };
let reporter: Phone;
let report: ReturnType<typeof aRow.emergency>;
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
	reporter = new Phone(db, 'worker');
	report = aRow.emergency({ incident_type: 'ABUSE', severity: 'red', audience: 'circle' });
	const results = await reporter.push(
		[{ name: 'emergency.report', args: { row: report } }],
		inside
	);
	expect(results).toMatchObject([{ verdict: 'ok' }]);
});
afterEach(async () => {
	await db.exec('rollback');
});

async function phoneOf(person: Person): Promise<Phone> {
	const phone = new Phone(db, person);
	await phone.pull(inside);
	return phone;
}

test('the kind of incident decides, whatever the phone asked for', async () => {
	const [row] = await db.sql('select * from public.emergencies where id = $1', [report.id]);
	expect(row).toMatchObject({ audience: 'restricted', created_by: null, reporter_name: null });
});

test('supervisor and social worker see the report, nobody else does', async () => {
	for (const person of ['supervisor', 'social'] as const) {
		expect((await phoneOf(person)).of('emergencies'), person).toHaveLength(1);
	}
	for (const person of [
		'worker',
		'nurse',
		'therapist',
		'manager',
		'family',
		'outside',
		'outsider'
	] as const) {
		expect((await phoneOf(person)).of('emergencies'), person).toEqual([]);
	}
});

test('only the supervisor’s phone holds who reported it, in whichever row', async () => {
	const supervisor = await phoneOf('supervisor');
	expect(supervisor.of('emergency_reporters')).toMatchObject([
		{
			emergency_id: report.id,
			reporter_id: PEOPLE.worker,
			reporter_name: '王照服',
			org_id: ORGS.shancheng
		}
	]);
	const social = await phoneOf('social');
	expect(social.of('emergency_reporters')).toEqual([]);
	const about = [...social.rows.values()].filter((row) => JSON.stringify(row).includes(report.id));
	expect(about.length).toBeGreaterThan(1);
	for (const row of about)
		expect(JSON.stringify(row)).not.toMatch(new RegExp(`${PEOPLE.worker}|王照服`));
});

test('the reporter is told that it was received; the others are told of the report', async () => {
	await reporter.pull(inside);
	expect(reporter.of('notices')).toMatchObject([
		{ kind: 'restricted_report_received', subject_id: report.id, data: { incident_type: 'ABUSE' } }
	]);
	const told = await db.sql(
		`select user_id from public.notices where kind = 'emergency_reported' order by user_id`
	);
	expect(told.map(({ user_id }) => user_id)).toEqual([PEOPLE.supervisor, PEOPLE.social].sort());
});

test('no phone of the circle is poked by it but those who may see it, and the reporter’s own', async () => {
	const topics = await db.sql<{ topic: string }>(
		'select distinct topic from realtime.messages order by 1'
	);
	expect(topics.map(({ topic }) => topic)).toEqual(
		[
			`supervise:${ORGS.shancheng}`,
			`user:${PEOPLE.supervisor}`,
			`user:${PEOPLE.social}`,
			`user:${PEOPLE.worker}`
		].sort()
	);
});

test('what is done about it stays among those who see it', async () => {
	const social = await phoneOf('social');
	const act = {
		name: 'emergency.act',
		args: { id: report.id, action_id: crypto.randomUUID(), note: '已通報113' }
	};
	expect(await social.push([act], inside)).toMatchObject([{ verdict: 'ok' }]);
	expect((await phoneOf('supervisor')).of('emergency_actions')).toMatchObject([
		{ audience: 'restricted', author_name: '蘇社工' }
	]);
	for (const person of ['worker', 'manager', 'nurse', 'family'] as const) {
		expect((await phoneOf(person)).of('emergency_actions'), person).toEqual([]);
		const answer = await new Phone(db, person).push(
			[{ ...act, args: { ...act.args, action_id: crypto.randomUUID() } }],
			inside
		);
		expect(answer, person).toMatchObject([{ verdict: 'rejected' }]);
	}
});

test('the reporter may send it again after a restore, and it stays one report', async () => {
	await db.exec('delete from private.sync_mutations');
	const again = await reporter.push([{ name: 'emergency.report', args: { row: report } }], inside);
	expect(again).toMatchObject([{ verdict: 'ok' }]);
	expect(
		await db.value('select count(*)::int from public.emergencies where case_id = $1', [CASES.ayue])
	).toBe(1);
});
