/** Notes of one's own journeys: who sees them, and what a correction may correct. */
import { describe, expect, test } from 'vitest';
import {
	aRow,
	hoursFromNow,
	membershipOf,
	ORGS,
	PEOPLE,
	type Person,
	type Row
} from '../fixtures/db-world.ts';
import { Phone, type Fields } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

async function note(fields: Fields = {}, person: Person = 'worker') {
	const row = aRow.journey({ user_id: PEOPLE[person], ...fields });
	const [result] = await new Phone(db, person).push(
		[{ name: 'travel.add', args: { row }, at: hoursFromNow(0) }],
		inside
	);
	return { row, said: `${result?.verdict} ${result?.code ?? ''}`.trim() };
}
const seenBy = async (person: Person, { id }: Row) =>
	(await db.as(person, 'select id from public.travel_notes where id = $1', [id])).length === 1;

async function pulled(phone: Phone, { id }: Row): Promise<boolean> {
	await phone.pull(inside);
	return phone.rows.has(`travel_notes/${id}`);
}

describe('a journey', () => {
	test('is seen by who made it and by the supervisors of the organisation, and by nobody else', async () => {
		const { row, said } = await note();
		expect(said).toBe('ok');
		const seers: Person[] = [];
		for (const person of Object.keys(PEOPLE) as Person[])
			if (await seenBy(person, row)) seers.push(person);
		expect(seers.sort()).toEqual(['supervisor', 'worker']);
	});

	test('reaches the phones of both, and no colleague\u2019s', async () => {
		const { row } = await note();
		expect(await pulled(new Phone(db, 'worker'), row)).toBe(true);
		expect(await pulled(new Phone(db, 'supervisor'), row)).toBe(true);
		expect(await pulled(new Phone(db, 'nurse'), row)).toBe(false);
		expect(await pulled(new Phone(db, 'manager'), row)).toBe(false);
	});

	test('has the name that the directory has, and a bucket of its own for each person', async () => {
		const mine = await note();
		await note();
		await note({}, 'nurse');
		expect(
			await db.sql(
				`select b.kind, b.owner_id, count(*)::int as n, min(t.user_name) <> '某人' as named
				from public.travel_notes t join private.buckets b on b.id = t.bucket_id
				where t.org_id = $1 group by 1, 2 order by 3 desc`,
				[mine.row.org_id]
			)
		).toEqual([
			{ kind: 'org_own', owner_id: PEOPLE.worker, n: 2, named: true },
			{ kind: 'org_own', owner_id: PEOPLE.nurse, n: 1, named: true }
		]);
	});

	test('pokes the person and the supervisors, and no topic of all staff', async () => {
		const { row } = await note();
		expect(
			await db.sql(
				`select t.topic from public.travel_notes n cross join private.topics_of(array[n.bucket_id]) t where n.id = $1 order by 1`,
				[row.id]
			)
		).toEqual([{ topic: `supervise:${ORGS.shancheng}` }, { topic: `user:${PEOPLE.worker}` }]);
	});

	test('is no longer on the phone of who has left, and stays with the supervisors', async () => {
		const { row } = await note();
		const phone = new Phone(db, 'worker');
		expect(await pulled(phone, row)).toBe(true);
		const bucket = phone.rows.get(`travel_notes/${row.id}`)?.bucket_id;
		await db.sql('update public.memberships set ended_at = now() where id = $1', [
			membershipOf('worker')
		]);
		const [answer] = await phone.pull(inside);
		expect(answer?.removed).toContain(bucket);
		expect(await seenBy('worker', row)).toBe(false);
		expect(await seenBy('supervisor', row)).toBe(true);
	});

	test.each<[string, Fields]>([
		['of somebody else', { user_id: PEOPLE.nurse }],
		['of another organisation', { org_id: ORGS.haixian }]
	])('%s cannot be noted, and makes no bucket', async (_what, fields) => {
		const before = await db.value('select count(*) from private.buckets');
		expect((await note(fields)).said).toMatch(/^rejected (not_allowed|missing_reference)$/);
		expect(await db.value('select count(*) from private.buckets')).toBe(before);
	});

	test('cannot be noted by family', async () => {
		expect((await note({}, 'family')).said).toMatch(/^rejected/);
	});

	test.each<[string, Fields]>([
		['still to be made', { travelled_on: hoursFromNow(72).slice(0, 10) }],
		['of a slip in the year', { travelled_on: '2020-01-01' }],
		['of no minutes', { minutes: 0 }],
		['longer than a day\u2019s work', { minutes: 601 }],
		['further than the island is long', { km: 501 }],
		['by a means that does not exist', { means: 'balloon' }],
		['with an empty note', { note: '  ' }]
	])('%s is none', async (_what, fields) => {
		expect((await note(fields)).said).toMatch(/^rejected/);
	});

	test('is never changed or deleted', async () => {
		const { row } = await note();
		for (const statement of [
			'update public.travel_notes set minutes = 1 where id = $1',
			'delete from public.travel_notes where id = $1'
		])
			expect(await db.attempt('worker', statement, [row.id])).toHaveProperty('code', '42501');
	});
});

describe('a correction', () => {
	test('is a row of its own, and 0 minutes take the journey back', async () => {
		const { row } = await note();
		expect((await note({ corrects_id: row.id, minutes: 30 })).said).toBe('ok');
		expect((await note({ corrects_id: row.id, minutes: 0 })).said).toBe('ok');
	});

	test('names the first row of a journey of one\u2019s own', async () => {
		const { row } = await note();
		const again = await note({ corrects_id: row.id, minutes: 30 });
		expect((await note({ corrects_id: again.row.id })).said).toBe('rejected missing_reference');
		expect((await note({ corrects_id: row.id }, 'nurse')).said).toBe('rejected missing_reference');
		expect((await note({ corrects_id: row.id }, 'supervisor')).said).toBe(
			'rejected missing_reference'
		);
	});
});

describe('what somebody noted before they left', () => {
	const left = (ended: string) =>
		db.sql(`update public.memberships set ended_at = ${ended} where id = $1`, [
			membershipOf('worker')
		]);
	const sent = async (at: string, fields: Fields = {}, person: Person = 'worker') => {
		const row = aRow.journey({ user_id: PEOPLE[person], ...fields });
		const [result] = await new Phone(db, person).push(
			[{ name: 'travel.add', args: { row }, at }],
			inside
		);
		return { row, said: result?.verdict };
	};

	test('comes in for a week, to the supervisors alone', async () => {
		await left('now()');
		const { row, said } = await sent(hoursFromNow(-2), {
			travelled_on: hoursFromNow(-2).slice(0, 10)
		});
		expect(said).toBe('ok');
		expect(await seenBy('supervisor', row)).toBe(true);
		expect(await seenBy('worker', row)).toBe(false);
	});

	const day = (hours: number): Fields => ({ travelled_on: hoursFromNow(hours).slice(0, 10) });
	test.each<[string, string, string, Fields]>([
		['made after it', 'now()', hoursFromNow(1), day(-2)],
		['of a day after it', `now() - interval '3 days'`, hoursFromNow(-80), day(0)],
		['after a week', `now() - interval '8 days'`, hoursFromNow(-9 * 24), day(-9 * 24)],
		['of another organisation', 'now()', hoursFromNow(-2), { ...day(-2), org_id: ORGS.haixian }],
		['of somebody else', 'now()', hoursFromNow(-2), { ...day(-2), user_id: PEOPLE.nurse }]
	])('is refused when it is %s', async (_when, ended, at, fields) => {
		await left(ended);
		expect((await sent(at, fields)).said).toBe('rejected');
	});
});
