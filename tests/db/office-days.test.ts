/** The office's calendar: one row a day of an organisation, kept by its supervisors, read by all who work there. */
import { expect, test } from 'vitest';
import { aRow, hoursFromNow, ORGS, type Person, type Row } from '../fixtures/db-world.ts';
import { Phone, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

async function set(person: Person, row: Row): Promise<Result> {
	const [result] = await new Phone(db, person).push(
		[{ name: 'office_day.set', args: { row }, at: hoursFromNow(0) }],
		{ inside: true }
	);
	return result!;
}
const stored = (id: unknown) =>
	db.sql(
		`select d.day::text, d.kind, d.name, b.kind as bucket from public.office_days d
		join private.buckets b on b.id = d.bucket_id where d.id = $1`,
		[id]
	);

test('a supervisor sets a day, and sets it again: the later word stands, in the bucket of the organisation', async () => {
	const row = aRow.officeDay({ day: '2027-02-06', kind: 'holiday', name: '除夕' });
	expect(await set('supervisor', row)).toMatchObject({ verdict: 'ok' });
	expect(await stored(row.id)).toEqual([
		{ day: '2027-02-06', kind: 'holiday', name: '除夕', bucket: 'org' }
	]);
	expect(await set('supervisor', { ...row, kind: 'workday', name: null })).toMatchObject({
		verdict: 'ok'
	});
	expect(await stored(row.id)).toMatchObject([{ kind: 'workday', name: null }]);
});

test.each(['worker', 'manager', 'nurse', 'outsider'] as const)('%s sets no day', async (person) => {
	const row = aRow.officeDay();
	expect(await set(person, row)).toMatchObject({ verdict: 'rejected' });
	await set('supervisor', row);
	expect(await set(person, { ...row, name: '改過的' })).toMatchObject({ verdict: 'rejected' });
	expect(await stored(row.id)).toMatchObject([{ name: '中秋節' }]);
});

test('a day does not become another one, nor another organisation’s, and is not told twice', async () => {
	const row = aRow.officeDay();
	await set('supervisor', row);
	expect(await set('supervisor', { ...row, day: '2028-01-01' })).toMatchObject({
		verdict: 'rejected',
		code: 'immutable'
	});
	expect(await set('outsider', { ...row, org_id: ORGS.haixian })).toMatchObject({
		verdict: 'rejected'
	});
	expect(await set('supervisor', aRow.officeDay({ day: row['day'] }))).toMatchObject({
		verdict: 'rejected'
	});
});

test.each([{ kind: 'feast' }, { day: '1912-01-01' }, { name: '長'.repeat(61) }])(
	'a day that no calendar has is refused: %o',
	async (fields) => {
		expect(await set('supervisor', aRow.officeDay(fields))).toMatchObject({ verdict: 'rejected' });
	}
);
