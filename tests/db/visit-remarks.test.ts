/** What is said of a visit's times: by whom, within which bounds, beside what was tapped. */
import { describe, expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, type Fields, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

const aVisitThere = (fields: Fields = {}) => db.insert('visits', aRow.visit(fields));

async function say(person: Person, fields: Fields): Promise<Result> {
	const [result] = await new Phone(db, person).push(
		[{ name: 'visit_remark.add', args: { row: aRow.remark(fields) }, at: hoursFromNow(0) }],
		{ inside: true }
	);
	return result!;
}
const times = (visit_id: string, fields: Fields = {}): Fields => ({
	visit_id,
	kind: 'times',
	reason: null,
	note: '忘了簽退',
	checked_in_at: hoursFromNow(1),
	checked_out_at: hoursFromNow(2),
	...fields
});

test('who was to go says why they are late; staff of the circle read it, under the name that the server gives', async () => {
	const visit_id = await aVisitThere();
	expect((await say('worker', { visit_id, author_name: '別人' })).verdict).toBe('ok');
	const rows = await db.sql(
		`select r.author_name, r.reason, b.kind from public.visit_remarks r join private.buckets b on b.id = r.bucket_id where r.visit_id = $1`,
		[visit_id]
	);
	expect(rows).toEqual([{ author_name: '王照服', reason: 'traffic', kind: 'case_staff' }]);
});

test.each<[Person, string]>([
	['manager', 'ok'],
	['supervisor', 'ok'],
	['nurse', 'rejected'],
	['therapist', 'rejected'],
	['family', 'rejected']
])('of a colleague\u2019s visit %s: %s', async (person, verdict) => {
	expect((await say(person, { visit_id: await aVisitThere() })).verdict).toBe(verdict);
});

describe('corrected times', () => {
	test('stand beside the visit, which keeps what was tapped', async () => {
		const id = await aVisitThere({ worker_id: PEOPLE.worker });
		const before = await db.sql('select * from public.visits where id = $1', [id]);
		expect((await say('worker', times(id))).verdict).toBe('ok');
		expect(await db.sql('select * from public.visits where id = $1', [id])).toEqual(before);
	});

	test.each<[string, Fields]>([
		['without a reason', { note: null }],
		['with a blank one', { note: '  ' }],
		['without an arrival', { checked_in_at: null }],
		['leaving before arriving', { checked_out_at: hoursFromNow(0.5) }],
		['two days from the plan', { checked_in_at: hoursFromNow(50), checked_out_at: null }],
		['longer than a day', { checked_out_at: hoursFromNow(26) }],
		['at no finite instant', { checked_in_at: '-infinity' }],
		['as a reason for being late', { kind: 'late', reason: 'traffic' }]
	])('%s are refused', async (_why, fields) => {
		const id = await aVisitThere();
		expect((await say('worker', times(id, fields))).verdict).toBe('rejected');
	});

	test('point at the correction that they replace, of the same visit and kind only', async () => {
		const [id, other] = [await aVisitThere(), await aVisitThere()];
		const [first] = [aRow.remark(times(id))];
		await db.insert('visit_remarks', {
			...first,
			author_name: '系統',
			recorded_at: hoursFromNow(0)
		});
		const again = times(id, { corrects_id: first.id });
		expect((await say('worker', again)).verdict).toBe('ok');
		expect((await say('worker', { ...again, visit_id: other })).verdict).toBe('rejected');
		expect((await say('worker', { visit_id: id, corrects_id: first.id })).verdict).toBe('rejected');
	});
});

test('another case cannot be named with the visit, and an unknown reason or `other` without words says nothing', async () => {
	const visit_id = await aVisitThere();
	for (const fields of [{ case_id: CASES.atu }, { reason: 'lazy' }, { reason: 'other' }])
		expect((await say('supervisor', { visit_id, ...fields })).verdict).toBe('rejected');
});
