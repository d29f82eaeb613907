/** Coming to the door: the server compares what was shown, keeps no proof, and an older sheet stops counting from when it was renewed. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, type Person } from '../fixtures/db-world.ts';
import { Phone, type Fields, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

async function push(
	person: Person,
	name: string,
	row: Fields,
	at = hoursFromNow(0)
): Promise<Result> {
	const [result] = await new Phone(db, person).push([{ name, args: { row }, at }], {
		inside: true
	});
	return result!;
}

/** A sheet and what it proves. `hours`: when the server heard of it. */
async function aSheet(hours: number, caseId: string = CASES.ayue): Promise<string> {
	const proof = randomBytes(32);
	await db.insert('household_codes', {
		...aRow.doorCode({
			case_id: caseId,
			digest: createHash('sha256').update(proof).digest('hex')
		}),
		author_name: '系統',
		received_at: hoursFromNow(hours)
	});
	return proof.toString('hex');
}

async function show(proof: unknown, at = hoursFromNow(0), fields: Fields = {}) {
	const visit_id = await db.insert('visits', aRow.visit());
	const row = aRow.place({ visit_id, proof, ...fields });
	const result = await push('worker', 'visit_place.add', row, at);
	const [stored] = await db.sql(
		`select p.*, b.kind as bucket from public.visit_places p join private.buckets b on b.id = p.bucket_id where p.id = $1`,
		[row.id]
	);
	return { result, stored };
}

describe('what is shown at the door', () => {
	test('is compared by the server and not kept: neither the proof nor what the phone says of it', async () => {
		const proof = await aSheet(-2);
		const { result, stored } = await show(proof, hoursFromNow(0), { verdict: 'older' });
		expect(result.verdict).toBe('ok');
		expect(stored).toMatchObject({
			verdict: 'matches',
			proof: null,
			bucket: 'case_staff',
			author_name: '王照服'
		});
	});

	test('is of an older sheet once that was renewed; but counted when it was shown before', async () => {
		const old = await aSheet(-50);
		await aSheet(-2);
		expect((await show(old)).stored).toMatchObject({ verdict: 'older' });
		expect((await show(old, hoursFromNow(-3))).stored).toMatchObject({ verdict: 'matches' });
	});

	test('is not of this household, also when it is another one\u2019s sheet: it is kept, and nothing is refused', async () => {
		await aSheet(-50);
		const { result, stored } = await show(await aSheet(-50, CASES.atu));
		expect(result.verdict).toBe('ok');
		expect(stored).toMatchObject({ verdict: 'differs' });
	});

	test.each([null, '', 'zz', 'ab'.repeat(31)])(
		'without a proof (%s) says nothing',
		async (proof) => {
			expect((await show(proof)).result).toMatchObject({ verdict: 'rejected', code: 'invalid' });
		}
	);

	test('belongs to a visit of that household', async () => {
		expect(
			(await show(await aSheet(-1), hoursFromNow(0), { case_id: CASES.atu })).result.verdict
		).toBe('rejected');
		const row = aRow.place({ visit_id: randomUUID() });
		expect(await push('worker', 'visit_place.add', row)).toMatchObject({
			code: 'missing_reference'
		});
	});
});

test('a sheet is made by those who plan, under the name that the circle knows, for staff alone', async () => {
	const row = aRow.doorCode({ author_name: '院長' });
	expect(await push('worker', 'household_code.add', row)).toMatchObject({ code: 'not_allowed' });
	expect(await push('nurse', 'household_code.add', row)).toMatchObject({ verdict: 'ok' });
	expect(
		await db.sql(
			`select c.author_name, b.kind from public.household_codes c join private.buckets b on b.id = c.bucket_id where c.id = $1`,
			[row.id]
		)
	).toEqual([{ author_name: '倪護理', kind: 'case_staff' }]);
	expect(
		await push('nurse', 'household_code.add', aRow.doorCode({ audience: 'circle' }))
	).toMatchObject({ verdict: 'rejected' });
});
