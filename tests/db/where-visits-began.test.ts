/** Where a visit began: what a phone says of its distance is kept, where it was is not, and nothing is refused for being far. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aRow, hoursFromNow, type Person } from '../fixtures/db-world.ts';
import { Phone, type Fields, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

async function push(person: Person, name: string, row: Fields): Promise<Result> {
	const [result] = await new Phone(db, person).push(
		[{ name, args: { row }, at: hoursFromNow(0) }],
		{
			inside: true
		}
	);
	return result!;
}
async function note(fields: Fields = {}, person: Person = 'worker') {
	const row = aRow.position({ visit_id: await db.insert('visits', aRow.visit()), ...fields });
	const result = await push(person, 'visit_place.add', row);
	const [stored] = await db.sql(
		`select p.*, b.kind as bucket from public.visit_places p join private.buckets b on b.id = p.bucket_id where p.id = $1`,
		[row.id]
	);
	return { result, stored };
}

describe('a position', () => {
	test.each<[string, Fields]>([
		['at the house', {}],
		['far away', { distance_m: 5000, accuracy_m: 30 }],
		['vague', { distance_m: 400, accuracy_m: 5000 }],
		['at the check-out', { step: 'check_out' }],
		['not allowed', { position: 'denied', distance_m: null, accuracy_m: null }],
		['not found', { position: 'unavailable', distance_m: null, accuracy_m: null }],
		['not found in time', { position: 'timeout', distance_m: null, accuracy_m: null }]
	])('%s is kept as it was said, for staff alone', async (_what, fields) => {
		const { result, stored } = await note(fields);
		expect(result.verdict).toBe('ok');
		expect(stored).toMatchObject({
			via: 'position',
			step: 'check_in',
			position: 'measured',
			...fields,
			proof: null,
			verdict: null,
			author_name: '王照服',
			bucket: 'case_staff'
		});
	});

	test('says nothing of a code, whatever the phone says', async () => {
		const { stored } = await note({ proof: 'ab'.repeat(32), verdict: 'matches' });
		expect(stored).toMatchObject({ proof: null, verdict: null });
	});

	test.each<[string, Fields]>([
		['measured without a distance', { distance_m: null }],
		['measured without how exactly', { accuracy_m: null }],
		['a distance that was not measured', { position: 'denied' }],
		['of no step', { step: null }],
		['of a step that does not exist', { step: 'lunch' }],
		['that says nothing', { position: null }],
		['exact to nothing', { accuracy_m: 0 }],
		['further than is anybody\u2019s business', { distance_m: 5001 }]
	])('%s is none', async (_what, fields) => {
		expect((await note(fields)).result.verdict).toBe('rejected');
	});

	test('is nothing that a shown code carries', async () => {
		const visit_id = await db.insert('visits', aRow.visit());
		for (const part of [{ step: 'check_in' }, { position: 'denied' }, { distance_m: 10 }]) {
			const result = await push('worker', 'visit_place.add', aRow.place({ visit_id, ...part }));
			expect(result.verdict, JSON.stringify(part)).toBe('rejected');
		}
	});

	test('is of a visit of that household, by staff of its circle', async () => {
		expect((await note({ visit_id: randomUUID() })).result).toMatchObject({
			code: 'missing_reference'
		});
		expect((await note({}, 'family')).result).toMatchObject({ verdict: 'rejected' });
		expect((await note({}, 'outside')).result).toMatchObject({ verdict: 'rejected' });
	});

	test('there is no column for where a worker was', async () => {
		const columns = await db.sql<{ name: string }>(
			`select column_name as name from information_schema.columns where table_schema = 'public' and table_name = 'visit_places'`
		);
		expect(columns.map(({ name }) => name).join(' ')).not.toMatch(/lat|lon|point|coord/);
	});
});

describe('where the house is', () => {
	test('is measured by whoever of the staff stands there, under the name that the circle knows, for staff alone', async () => {
		const row = aRow.housePoint({ author_name: '別人' });
		expect(await push('worker', 'household_point.add', row)).toMatchObject({ verdict: 'ok' });
		expect(
			await db.sql(
				`select p.latitude, p.longitude, p.accuracy_m, p.author_name, b.kind from public.household_points p join private.buckets b on b.id = p.bucket_id where p.id = $1`,
				[row.id]
			)
		).toEqual([
			{
				latitude: 23.76,
				longitude: 120.68,
				accuracy_m: 12,
				author_name: '王照服',
				kind: 'case_staff'
			}
		]);
		for (const person of ['family', 'outside'] as const) {
			expect(await push(person, 'household_point.add', aRow.housePoint())).toMatchObject({
				verdict: 'rejected'
			});
		}
	});

	test('is taken away by a row without a place', async () => {
		const none = { latitude: null, longitude: null, accuracy_m: null };
		expect(await push('nurse', 'household_point.add', aRow.housePoint(none))).toMatchObject({
			verdict: 'ok'
		});
	});

	test.each<[string, Fields]>([
		['half of a place', { longitude: null }],
		['a place that nobody knows how exactly', { accuracy_m: null }],
		['too vague to compare with', { accuracy_m: 101 }],
		['not on Earth', { latitude: 91 }],
		['for the family to see', { audience: 'circle' }]
	])('%s is refused', async (_what, fields) => {
		expect(await push('worker', 'household_point.add', aRow.housePoint(fields))).toMatchObject({
			verdict: 'rejected'
		});
	});
});
