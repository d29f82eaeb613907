/** Visit records as their supervisor looks at them: what stands, what was said of it, and what should be looked at first. */
import type { VisitRemarkRow } from '#lib/domain/arrival-rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';
import type { CasePlanCodeRow } from '#lib/domain/care-list-rows.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import { caseRole } from '#lib/domain/case-role.ts';
import {
	latestReview,
	mayReview,
	reviewState,
	type ReviewState
} from '#lib/domain/record-reviews.ts';
import { compareRecorded } from '#lib/domain/row-order.ts';
import type {
	CaseMemberRow,
	CaseRow,
	MeasurementRow,
	RecordReviewRow,
	VisitRecordRow,
	VisitRow
} from '#lib/domain/rows.ts';
import { addDays, startOfDay, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { planCodesAt } from '#lib/domain/plan-codes.ts';
import { visitWarnings } from '#lib/domain/visit-rules.ts';
import { actualTimes, newestRemark, type ActualTimes } from '#lib/domain/visit-watch.ts';
import type { VisitWarning } from '#lib/domain/visit-warnings.ts';
import { isKept } from './kept.ts';
import { standingMeasurements, standingRecords } from './standing-records.ts';

export interface ReviewedRecord {
	readonly record: VisitRecordRow;
	readonly visit: VisitRow | null;
	readonly person: CaseRow;
	readonly state: ReviewState;
	/** The review that made the state, of this record or of the one that it corrects. */
	readonly review: RecordReviewRow | null;
	/** Severe values of the visit. */
	readonly red: readonly MeasurementRow[];
	/** Rules of the payment system that its codes break. */
	readonly warnings: readonly VisitWarning[];
	/** The check-in and check-out were corrected. */
	readonly times: VisitRemarkRow | null;
	/** Nobody signed, and nobody said why. */
	readonly isUnsigned: boolean;
	readonly mayReview: boolean;
}

interface Reader {
	readonly userId: string;
	readonly memberships: readonly { readonly orgId: string; readonly role: string }[];
}

/** Limits by week look so far back. */
const WEEK = 7;

interface Reviewed {
	readonly person: CaseRow;
	readonly circle: readonly CaseMemberRow[];
	readonly role: 'supervisor' | 'care_manager';
}

/**
 * Standing records from that day on, newest first: of the cases that this person supervises, or looks after as care manager.
 * @param since Taipei day
 */
export async function recordsToReview(
	db: LocalDb,
	{ me, since }: { readonly me: Reader; readonly since: string }
): Promise<ReviewedRecord[]> {
	const [cases, standing] = await Promise.all([
		reviewedCases(db, me),
		standingSince(db, addDays(since, -WEEK))
	]);
	const byCase = groupBy(standing, ({ case_id }) => case_id);
	const lists = await Promise.all(
		cases.map((one) => recordsOfCase(db, one, byCase.get(one.person.id) ?? [], me.userId, since))
	);
	return lists.flat().sort((a, b) => compareRecorded(b.record, a.record));
}

/** How many of these records wait for a first review, and how many were corrected since: the numbers alone, for a screen that opens with them. */
export async function reviewsDue(
	db: LocalDb,
	{ me, since }: { readonly me: Reader; readonly since: string }
): Promise<Readonly<Record<'waiting' | 'corrected', number>>> {
	const [cases, standing, reviews] = await Promise.all([
		reviewedCases(db, me),
		standingSince(db, since),
		db.record_reviews.toArray()
	]);
	const mine = new Set(cases.map(({ person }) => person.id));
	const reviewsByRecord = groupBy(reviews, ({ record_id }) => record_id);
	const states = standing
		.filter(({ case_id }) => mine.has(case_id))
		.map((record) => stateOf(record, reviewsByRecord).state);
	const count = (wanted: ReviewState) => states.filter((state) => state === wanted).length;
	return { waiting: count('waiting'), corrected: count('corrected') };
}

async function reviewedCases(db: LocalDb, me: Reader): Promise<Reviewed[]> {
	const [people, members] = await Promise.all([db.cases.toArray(), db.case_members.toArray()]);
	const circles = groupBy(members, ({ case_id }) => case_id);
	return people.flatMap((person) => {
		const circle = circles.get(person.id) ?? [];
		const role = caseRole(me, person.org_id, circle);
		return role === 'supervisor' || role === 'care_manager' ? [{ person, circle, role }] : [];
	});
}

/** Of all cases, as they stand after corrections. @param day Taipei day */
async function standingSince(db: LocalDb, day: string): Promise<VisitRecordRow[]> {
	const all = await db.visit_records.where('recorded_at').aboveOrEqual(startOfDay(day)).toArray();
	return standingRecords(all).map(({ record }) => record);
}

function stateOf(
	{ id, corrects_id }: VisitRecordRow,
	reviewsByRecord: ReadonlyMap<string, readonly RecordReviewRow[]>
): Pick<ReviewedRecord, 'state' | 'review'> {
	const own = reviewsByRecord.get(id) ?? [];
	const before = (corrects_id && reviewsByRecord.get(corrects_id)) || [];
	return { state: reviewState(own, before), review: latestReview(own) ?? latestReview(before) };
}

async function recordsOfCase(
	db: LocalDb,
	{ person, circle, role }: Reviewed,
	standing: readonly VisitRecordRow[],
	userId: string,
	since: string
): Promise<ReviewedRecord[]> {
	const from = startOfDay(since);
	const shown = standing.filter(({ recorded_at }) => (recorded_at ?? '') >= from);
	if (shown.length === 0) return [];
	const ids = shown.flatMap(({ id, corrects_id }) => (corrects_id ? [id, corrects_id] : [id]));
	const visitIds = [...new Set(shown.flatMap(({ visit_id }) => visit_id ?? []))];
	const [plan, visits, measured, reviews, signatures, remarks] = await Promise.all([
		db.case_plan_codes.where('case_id').equals(person.id).toArray(),
		db.visits.bulkGet(visitIds),
		whereAny(db.measurements, 'visit_id', visitIds),
		whereAny(db.record_reviews, 'record_id', ids),
		whereAny(db.record_signatures, 'record_id', ids),
		whereAny(db.visit_remarks, 'visit_id', visitIds)
	]);
	const remarksByVisit = groupBy(remarks, ({ visit_id }) => visit_id);
	const visitById = new Map(visits.flatMap((visit) => (visit ? [[visit.id, visit]] : [])));
	const reviewsByRecord = groupBy(reviews, ({ record_id }) => record_id);
	const redOf = groupBy(
		standingMeasurements(measured).filter(({ severity }) => severity === 'red'),
		({ visit_id }) => visit_id
	);
	const signed = new Set(signatures.map(({ record_id }) => record_id));
	return shown.map((record) => {
		const visit = (record.visit_id && visitById.get(record.visit_id)) || null;
		const said = remarksByVisit.get(record.visit_id ?? '') ?? [];
		const author = circle.find(({ user_id }) => user_id === record.created_by);
		return {
			record,
			visit,
			person,
			...stateOf(record, reviewsByRecord),
			red: redOf.get(record.visit_id) ?? [],
			warnings: visit
				? warningsOf(record, visit, {
						person,
						author,
						standing,
						plan: plan.filter(isKept),
						times: actualTimes(visit, said)
					})
				: [],
			times: newestRemark(said, 'times'),
			isUnsigned: !signed.has(record.id),
			mayReview: mayReview(record, userId, role)
		};
	});
}

function warningsOf(
	record: VisitRecordRow,
	visit: VisitRow,
	{
		person,
		author,
		standing,
		plan,
		times
	}: {
		readonly person: CaseRow;
		readonly author: CaseMemberRow | undefined;
		readonly standing: readonly VisitRecordRow[];
		readonly plan: readonly CasePlanCodeRow[];
		readonly times: ActualTimes | null;
	}
): readonly VisitWarning[] {
	const at = record.recorded_at ?? visit.starts_at;
	const weekAgo = new Date(Date.parse(at) - WEEK * 86_400_000).toISOString();
	return visitWarnings({
		startsAt: times?.from ?? visit.starts_at,
		endsAt: times?.until ?? visit.ends_at,
		isOver: times !== null && times.until !== null,
		codes: record.done_codes,
		plannedCodes: visit.planned_codes,
		approvedCodes: planCodesAt(plan, visit.starts_at),
		performerRole: author?.role ?? 'worker',
		caseStatus: person.status,
		cmsLevel: person.cms_level,
		earlier: standing
			.filter(({ id, recorded_at }) => {
				const when = recorded_at ?? '';
				return id !== record.id && when >= weekAgo && when < at;
			})
			.flatMap((other) =>
				other.done_codes.map(({ code, quantity }) => ({
					code,
					quantity,
					day: taipeiDay(other.recorded_at ?? visit.starts_at)
				}))
			)
	});
}

export interface ReturnedRecord {
	readonly record: VisitRecordRow;
	readonly review: RecordReviewRow;
	readonly personName: string | null;
}

/** Records of mine that a supervisor asks me to correct, and that I have not; the newest request first. */
export async function returnedToMe(db: LocalDb, userId: string): Promise<ReturnedRecord[]> {
	const returned = await db.record_reviews.where('verdict').equals('returned').toArray();
	const ids = [...new Set(returned.map(({ record_id }) => record_id))];
	const [records, reviews] = await Promise.all([
		db.visit_records.bulkGet(ids),
		whereAny(db.record_reviews, 'record_id', ids)
	]);
	const byRecord = groupBy(reviews, ({ record_id }) => record_id);
	const mine = records.flatMap((record) => (record?.created_by === userId ? [record] : []));
	const lines = await Promise.all(
		mine.map(async (record): Promise<ReturnedRecord | null> => {
			const review = latestReview(byRecord.get(record.id) ?? []);
			if (review?.verdict !== 'returned' || (await isCorrected(db, record))) return null;
			const person = await db.cases.get(record.case_id);
			return { record, review, personName: person?.name ?? null };
		})
	);
	return lines.filter((line) => line !== null).sort((a, b) => compareRecorded(b.review, a.review));
}

async function isCorrected(
	db: LocalDb,
	{ id, case_id, recorded_at }: VisitRecordRow
): Promise<boolean> {
	const later = await db.visit_records
		.where('[case_id+recorded_at]')
		.between([case_id, recorded_at ?? ''], [case_id, '\uffff'])
		.toArray();
	return later.some(({ corrects_id }) => corrects_id === id);
}
