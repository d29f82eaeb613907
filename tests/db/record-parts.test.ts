/** Signatures under visit records and their reviews: whose they are, who sees them, who hears of them. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Callers } from './hand-over.ts';
import { Phone, type Fields } from './harness.ts';
import { aRecordOf } from './record-part-args.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

async function say(person: Person, name: string, row: Fields, at = hoursFromNow(0)) {
	const [result] = await new Phone(db, person).push([{ name, args: { row }, at }], inside);
	return [result?.verdict, result?.code].filter(Boolean).join(' ');
}
const sign = (person: Person, row: Fields, at?: string) =>
	say(person, 'record_signature.add', row, at);
const review = (person: Person, row: Fields) => say(person, 'record_review.add', row);
const drawn = { kind: 'drawn', strokes: 'M120 80l5 3 -4 2M300 90' };
const unsigned = {
	kind: 'unsigned',
	signer_name: null,
	relation: null,
	statement: null,
	reason: 'hands'
};
const toldOf = (kind: string) =>
	db.sql(`select user_id, case_id, subject_id, data from public.notices where kind = $1`, [kind]);

describe('a signature', () => {
	test.each([
		['typed', {}],
		['drawn', drawn],
		['not given, for a reason', unsigned]
	])('%s, is kept under the record, for whoever sees that record', async (_, fields) => {
		const circle = aRow.signature({ ...fields, record_id: await aRecordOf(db, 'worker') });
		const staff = aRow.signature({
			...fields,
			record_id: await aRecordOf(db, 'worker', { audience: 'staff' }),
			audience: 'circle'
		});
		expect(await sign('worker', { ...circle, author_name: '院長' })).toBe('ok');
		expect(await sign('worker', staff)).toBe('ok');
		expect(
			await db.sql(
				`select s.author_name, s.audience, b.kind as bucket from public.record_signatures s
				join private.buckets b on b.id = s.bucket_id where s.id = any ($1) order by s.audience`,
				[[circle.id, staff.id]]
			)
		).toEqual([
			{ author_name: '王照服', audience: 'circle', bucket: 'case_circle' },
			{ author_name: '王照服', audience: 'staff', bucket: 'case_staff' }
		]);
	});

	test.each([
		['drawn without a line', { kind: 'drawn' }],
		['typed with a line', { strokes: drawn.strokes }],
		['with what is no line', { ...drawn, strokes: 'M120 80"><script>' }],
		['of nobody', { signer_name: null }],
		['of a blank name', { signer_name: '  ' }],
		['to no sentence', { statement: null }],
		['not given, without a reason', { ...unsigned, reason: null }],
		['not given, yet by somebody', { ...unsigned, signer_name: '陳阿月' }],
		['by a relation that nobody has', { relation: 'neighbour' }],
		['under a record of another case', { case_id: CASES.atu }],
		['under no record', { record_id: randomUUID() }]
	])('%s is refused', async (_, fields) => {
		const record_id = await aRecordOf(db, 'supervisor');
		expect(await sign('supervisor', aRow.signature({ record_id, ...fields }))).toMatch(/^rejected/);
	});

	test('is brought in by who wrote the record, or who answers for the case', async () => {
		const record_id = await aRecordOf(db, 'worker');
		expect(await sign('nurse', aRow.signature({ record_id }))).toBe('rejected not_allowed');
		for (const person of ['worker', 'manager', 'supervisor'] as const)
			expect(await sign(person, aRow.signature({ record_id })), person).toBe('ok');
	});

	test('of somebody who left the case meanwhile still comes in', async () => {
		const record_id = await aRecordOf(db, 'worker');
		await new Callers(db).move();
		expect(await sign('worker', aRow.signature({ record_id }), hoursFromNow(-2))).toBe('ok');
		expect(await sign('worker', aRow.signature({ record_id }), hoursFromNow(1))).toMatch(
			/^rejected/
		);
	});
});

describe('a review', () => {
	test('stands in the bucket of the staff, of a record of the circle too', async () => {
		const row = aRow.review({ record_id: await aRecordOf(db, 'worker') });
		expect(await review('supervisor', row)).toBe('ok');
		expect(
			await db.sql(
				`select w.audience, b.kind from public.record_reviews w join private.buckets b on b.id = w.bucket_id where w.id = $1`,
				[row.id]
			)
		).toEqual([{ audience: 'staff', kind: 'case_staff' }]);
	});

	test.each([
		['that asks for a correction without saying which', { verdict: 'returned' }],
		['that approves for a reason', { reason: '很好' }],
		['for the family', { audience: 'circle' }],
		['of a record of another case', { case_id: CASES.atu }]
	])('%s is refused', async (_, fields) => {
		const record_id = await aRecordOf(db, 'worker');
		expect(await review('supervisor', aRow.review({ record_id, ...fields }))).toMatch(/^rejected/);
	});

	test('of one’s own record is refused', async () => {
		const record_id = await aRecordOf(db, 'supervisor');
		expect(await review('supervisor', aRow.review({ record_id }))).toBe('rejected not_allowed');
	});

	test('that asks for a correction is told to the author; what is corrected, to who asked', async () => {
		const visit_id = await db.insert('visits', aRow.visit());
		const record_id = await aRecordOf(db, 'worker', { visit_id });
		const asked = aRow.review({ record_id, verdict: 'returned', reason: '血壓寫反了' });
		expect(await review('supervisor', asked)).toBe('ok');
		expect(await toldOf('record_returned')).toMatchObject([
			{ user_id: PEOPLE.worker, case_id: CASES.ayue, subject_id: record_id, data: { visit_id } }
		]);
		const right = aRow.record({ visit_id, corrects_id: record_id, correction_reason: '寫反了' });
		expect(await say('worker', 'visit_record.add', right)).toBe('ok');
		expect(await toldOf('record_corrected')).toMatchObject([
			{
				user_id: PEOPLE.supervisor,
				subject_id: right.id,
				data: { visit_id, author_name: '王照服' }
			}
		]);
	});

	test('that approves is told to nobody', async () => {
		const record_id = await aRecordOf(db, 'worker');
		expect(await review('supervisor', aRow.review({ record_id }))).toBe('ok');
		expect(await toldOf('record_returned')).toEqual([]);
	});
});
