/** Reviews of visit records: how each stands, what should be looked at first, and whom it is asked of. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { recordsToReview, returnedToMe, reviewsDue } from '#lib/db/queries/record-reviews.ts';
import { latestReview, mayReview, reviewState } from '#lib/domain/record-reviews.ts';
import {
	authorsOf,
	countsOf,
	filterRecords,
	isFlagged
} from '#lib/features/reviews/review-filter.ts';
import { aCase, aCaseMember, anId, aRow, aVisit } from '../../fixtures/builders.ts';

const ORG = anId();
const WORKER = anId();
const ME = { userId: anId(), memberships: [{ orgId: ORG, role: 'supervisor' }] };

function aPhone(): LocalDb {
	return new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
}
const returned = (part = {}) =>
	aRow('record_reviews', { verdict: 'returned', reason: '寫反了', ...part });
const approved = (part = {}) => aRow('record_reviews', { verdict: 'approved', ...part });

describe('how a record stands', () => {
	test('is what the latest review says; what this phone has just said is the latest', () => {
		expect(reviewState([], [])).toBe('waiting');
		expect(reviewState([returned({ seq: 4 }), approved({ seq: 9 })], [])).toBe('approved');
		expect(reviewState([approved({ seq: 9 }), returned({ seq: 4 })], [])).toBe('approved');
		expect(reviewState([approved({ seq: 9 }), returned({ seq: 0 })], [])).toBe('returned');
		const two = [
			returned({ id: 'a', seq: 0, recorded_at: '2026-11-22T01:00:00.000Z' }),
			approved({ id: 'b', seq: 0, recorded_at: '2026-11-22T02:00:00.000Z' })
		];
		expect(latestReview(two)?.id).toBe('b');
	});

	test('of a correction that was asked for is corrected, of another one waiting', () => {
		expect(reviewState([], [returned()])).toBe('corrected');
		expect(reviewState([], [approved()])).toBe('waiting');
		expect(reviewState([approved()], [returned()])).toBe('approved');
	});

	test('is said by a supervisor, and not of what they wrote themselves', () => {
		expect(mayReview({ created_by: 'a' }, 'b', 'supervisor')).toBe(true);
		expect(mayReview({ created_by: 'b' }, 'b', 'supervisor')).toBe(false);
		expect(mayReview({ created_by: 'a' }, 'b', 'care_manager')).toBe(false);
	});
});

/** A person of my organisation with a visit and its record. */
async function aRecorded(db: LocalDb, record = {}, person = {}) {
	const one = aCase({ org_id: ORG, ...person });
	const visit = aVisit({ case_id: one.id, planned_codes: ['BA01'] });
	const row = aRow('visit_records', {
		case_id: one.id,
		visit_id: visit.id,
		created_by: WORKER,
		author_name: '王照服',
		done_codes: [{ code: 'BA01', quantity: 1, unit: '次', price_ntd: 260 }],
		...record
	});
	await db.cases.add(one);
	await db.visits.add(visit);
	await db.visit_records.add(row);
	await db.case_members.add(
		aCaseMember({ case_id: one.id, user_id: WORKER, role: 'worker', display_name: '王照服' })
	);
	return { one, visit, row };
}
/** The list; and each time the numbers that are told without it. */
async function list(db: LocalDb, me: typeof ME = ME, since = '2026-11-16') {
	const found = await recordsToReview(db, { me, since });
	const count = (wanted: string) => found.filter(({ state }) => state === wanted).length;
	expect(await reviewsDue(db, { me, since })).toEqual({
		waiting: count('waiting'),
		corrected: count('corrected')
	});
	return found;
}

describe('the list', () => {
	test('says of a code that it is not in the approved plan of that day, whatever the visit was planned with', async () => {
		const db = aPhone();
		const { one } = await aRecorded(db);
		const codes = async () =>
			(await list(db)).flatMap(({ warnings }) => warnings.map(({ code }) => code));
		const line = { case_id: one.id, times_week: 3, valid_from: '2026-11-01' };
		const wrong = aRow('case_plan_codes', { ...line, code: 'BA07', deleted_at: '2026-11-20' });
		await db.case_plan_codes.add(wrong);
		expect(await codes()).toEqual([]);
		await db.case_plan_codes.add(aRow('case_plan_codes', { ...line, code: 'BA07' }));
		expect(await codes()).toEqual(['OUTSIDE_PLAN_TELL_MANAGER']);
		await db.case_plan_codes.add(aRow('case_plan_codes', { ...line, code: 'BA01' }));
		expect(await codes()).toEqual([]);
	});

	test('has the standing records of the days, newest first, with what speaks against them', async () => {
		const db = aPhone();
		const plain = await aRecorded(db);
		await db.record_signatures.add(
			aRow('record_signatures', { case_id: plain.one.id, record_id: plain.row.id })
		);
		const flagged = await aRecorded(db, {
			recorded_at: '2026-11-22T02:00:00.000Z',
			done_codes: [
				{ code: 'BA01', quantity: 1, unit: '次', price_ntd: 260 },
				{ code: 'BA07', quantity: 1, unit: '次', price_ntd: 325 }
			]
		});
		await db.measurements.bulkAdd([
			aRow('measurements', {
				case_id: flagged.one.id,
				visit_id: flagged.visit.id,
				value: 190,
				value2: 100,
				severity: 'red'
			}),
			aRow('measurements', { case_id: flagged.one.id, visit_id: flagged.visit.id })
		]);
		await aRecorded(db, { recorded_at: '2026-11-10T02:00:00.000Z' });
		await aRecorded(db, {}, { org_id: anId() });

		const found = await list(db);
		expect(found.map(({ record }) => record.id)).toEqual([flagged.row.id, plain.row.id]);
		expect(found[0]).toMatchObject({ isUnsigned: true, state: 'waiting', mayReview: true });
		expect(found[0]?.red.map(({ value }) => value)).toEqual([190]);
		expect(found[0]?.warnings.map(({ code }) => code)).toContain('EXCLUSIVE_WASH');
		expect(found[1]).toMatchObject({ isUnsigned: false, red: [], warnings: [] });
		expect(found.map(isFlagged)).toEqual([true, false]);
	});

	test('shows a correction in the place of what it corrects, as corrected when it was asked for', async () => {
		const db = aPhone();
		const { row } = await aRecorded(db);
		await db.record_reviews.add(returned({ case_id: row.case_id, record_id: row.id }));
		expect((await list(db))[0]).toMatchObject({ state: 'returned', review: { reason: '寫反了' } });
		const right = aRow('visit_records', { ...row, id: anId(), corrects_id: row.id });
		await db.visit_records.add(right);
		const [only, ...others] = await list(db);
		expect(others).toEqual([]);
		expect(only).toMatchObject({ record: { id: right.id }, state: 'corrected' });
	});

	test('is for whoever supervises or manages the case; only the supervisor answers', async () => {
		const db = aPhone();
		const { one } = await aRecorded(db);
		const manager = { userId: anId(), memberships: [{ orgId: anId(), role: 'care_manager' }] };
		expect(await list(db, manager)).toEqual([]);
		await db.case_members.add(
			aCaseMember({ case_id: one.id, user_id: manager.userId, role: 'care_manager' })
		);
		expect(await list(db, manager)).toMatchObject([{ mayReview: false }]);
		expect(
			await list(db, { userId: WORKER, memberships: [{ orgId: ORG, role: 'worker' }] })
		).toEqual([]);
	});

	test('is filtered by how records stand, by who wrote them, and by what speaks against them', async () => {
		const db = aPhone();
		const { row } = await aRecorded(db, { author_name: '李照服', created_by: anId() });
		await aRecorded(db);
		await db.record_reviews.add(approved({ case_id: row.case_id, record_id: row.id }));
		const all = await list(db);
		expect(countsOf(all)).toEqual({ open: 1, returned: 0, approved: 1 });
		const every = { show: 'open', authorId: null, onlyFlagged: false } as const;
		expect(filterRecords(all, every)).toHaveLength(1);
		expect(filterRecords(all, { ...every, authorId: row.created_by })).toEqual([]);
		expect(
			filterRecords(all, { ...every, show: 'approved', authorId: row.created_by })
		).toHaveLength(1);
		expect(filterRecords(all, { ...every, onlyFlagged: true })).toHaveLength(1);
		expect(
			authorsOf(all)
				.map(({ name }) => name)
				.sort()
		).toEqual(['李照服', '王照服'].sort());
	});
});

test('what I am asked to correct stands there until I have corrected it, or it was approved after all', async () => {
	const db = aPhone();
	const { row } = await aRecorded(db);
	const theirs = await aRecorded(db, { created_by: anId() });
	await db.record_reviews.bulkAdd([
		returned({ record_id: row.id, seq: 5 }),
		returned({ record_id: theirs.row.id, seq: 6 })
	]);
	expect(await returnedToMe(db, WORKER)).toMatchObject([
		{ record: { id: row.id }, personName: '林阿嬤', review: { reason: '寫反了' } }
	]);
	const after = approved({ record_id: row.id, seq: 7 });
	await db.record_reviews.add(after);
	expect(await returnedToMe(db, WORKER)).toEqual([]);
	await db.record_reviews.delete(after.id);
	await db.visit_records.add(aRow('visit_records', { ...row, id: anId(), corrects_id: row.id }));
	expect(await returnedToMe(db, WORKER)).toEqual([]);
});
