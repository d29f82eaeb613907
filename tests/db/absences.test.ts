/** Absences: whose, what of them can change, and who hears of them. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { aRow, hoursFromNow, ORGS, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, type Intent } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

async function say(person: Person, intent: Intent) {
	const [result] = await new Phone(db, person).push([intent], inside);
	return `${result?.verdict} ${result?.code ?? ''}`.trim();
}
const add = (fields: Record<string, unknown> = {}): Intent => ({
	name: 'absence.add',
	args: { row: aRow.absence(fields) }
});
const end = (id: string, at = hoursFromNow(0)): Intent => ({
	name: 'absence.end',
	args: { id, at }
});
const endedAt = (id: string) =>
	db.value<Date | null>('select ended_at from public.staff_absences where id = $1', [id]);

test('everybody of an organisation enters their own absence; that of a colleague only who plans does', async () => {
	for (const person of ['nurse', 'social', 'outside', 'supervisor'] as const)
		expect(await say(person, add({ user_id: PEOPLE[person] })), person).toBe('ok');
	expect(await say('manager', add({ user_id: PEOPLE.supervisor }))).toBe('ok');
	expect(await say('nurse', add())).toBe('rejected not_allowed');
	expect(await say('outsider', add())).toBe('rejected not_allowed');
	// An absence of one's own in an organisation where one does not work would stand in its directory.
	for (const person of ['outsider', 'family'] as const)
		expect(await say(person, add({ user_id: PEOPLE[person] })), person).toBe(
			'rejected not_allowed'
		);
});

test('nobody is away from where they do not work, or no longer work', async () => {
	for (const person of ['outsider', 'former', 'family'] as const)
		expect(await say('supervisor', add({ user_id: PEOPLE[person] })), person).toBe(
			'rejected unknown_person'
		);
	expect(await say('supervisor', add({ org_id: ORGS.haixian }))).toBe('rejected not_allowed');
});

test('an absence has a length, and comes to an end', async () => {
	const now = hoursFromNow(0);
	expect(await say('worker', add({ starts_at: now, ends_at: now }))).toMatch(/^rejected/);
	expect(await say('worker', add({ ends_at: 'infinity' }))).toMatch(/^rejected/);
});

test('a new absence is never ended already, whatever a phone says', async () => {
	const row = aRow.absence({ ended_at: hoursFromNow(-1) });
	expect(await say('worker', { name: 'absence.add', args: { row } })).toBe('ok');
	expect(await endedAt(row.id)).toBeNull();
});

test('what was said stays: an absence is ended once, and neither moved nor given to somebody else', async () => {
	const id = await db.insert('staff_absences', aRow.absence());
	for (const change of [
		{ ends_at: hoursFromNow(96) },
		{ starts_at: hoursFromNow(1) },
		{ user_id: PEOPLE.nurse },
		{ org_id: ORGS.haixian }
	]) {
		const [column = '', value] = Object.entries(change)[0] ?? [];
		expect(
			await db.attempt(
				'supervisor',
				`update public.staff_absences set ${column} = $2 where id = $1`,
				[id, value]
			),
			column
		).toMatchObject({ code: '42501' });
	}
	expect(await say('worker', end(id, hoursFromNow(-2)))).toBe('ok');
	const first = await endedAt(id);
	// Another phone that had not heard of it: nothing is refused, and the first word stands.
	expect(await say('supervisor', end(id))).toBe('ok');
	expect(await endedAt(id)).toEqual(first);
	await expect(db.sql('delete from public.staff_absences where id = $1', [id])).rejects.toThrow(
		'append_only'
	);
});

test('a phone whose clock is a month ahead ends an absence now', async () => {
	const id = await db.insert('staff_absences', aRow.absence());
	expect(await say('worker', end(id, hoursFromNow(24 * 31)))).toBe('ok');
	const ended = (await endedAt(id)) ?? new Date(0);
	expect(Math.abs(ended.getTime() - Date.now())).toBeLessThan(60_000);
});

test('an absence stands in the organisation’s bucket, says no reason, and leaves the window with its end', async () => {
	const id = await db.insert('staff_absences', aRow.absence());
	const [stored] = await db.sql(
		`select b.kind, b.org_id, a.relevant_at = a.ends_at as until_end, to_jsonb(a) as body
		from public.staff_absences a join private.buckets b on b.id = a.bucket_id where a.id = $1`,
		[id]
	);
	expect(stored).toMatchObject({ kind: 'org', org_id: ORGS.shancheng, until_end: true });
	expect(Object.keys(stored?.['body'] as object).sort()).toEqual([
		'bucket_id',
		'clock_offset_ms',
		'created_by',
		'deleted_at',
		'ended_at',
		'ends_at',
		'id',
		'org_id',
		'received_at',
		'recorded_at',
		'relevant_at',
		'seq',
		'starts_at',
		'user_id'
	]);
	await say('worker', end(id));
	expect(
		await db.value('select relevant_at = ended_at from public.staff_absences where id = $1', [id])
	).toBe(true);
});

test('colleagues hear of an absence and of its end; families and other organisations do not', async () => {
	const row = aRow.absence();
	await say('worker', { name: 'absence.add', args: { row } });
	await say('supervisor', end(row.id));
	const heard = async (person: Person) => {
		const phone = new Phone(db, person);
		await phone.pull(inside);
		return phone.of('staff_absences').find(({ id }) => id === row.id);
	};
	expect(await heard('therapist')).toMatchObject({ user_id: PEOPLE.worker });
	expect((await heard('outside'))?.['ended_at']).toBeTruthy();
	for (const person of ['family', 'outsider', 'former'] as const)
		expect(await heard(person), person).toBeUndefined();
});

test('who enters and who ends leave a trace in the audit', async () => {
	const row = aRow.absence({ id: randomUUID() });
	await say('manager', { name: 'absence.add', args: { row } });
	await say('worker', end(row.id));
	const trace = await db.sql(
		`select actor, operation, changed from public.audit_log where row_id = $1 order by id`,
		[row.id]
	);
	expect(trace).toEqual([
		{ actor: PEOPLE.manager, operation: 'insert', changed: [] },
		{ actor: PEOPLE.worker, operation: 'update', changed: ['ended_at'] }
	]);
});
