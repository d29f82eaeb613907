/** What is looked at before planned visits are changed: the visit, the others of its series, who can go, and what stands around them. */
import { compareNames } from '#lib/domain/name-order.ts';
import { caseRole } from '#lib/domain/case-role.ts';
import type {
	CaseMemberRow,
	CaseRole,
	CaseRow,
	MembershipRow,
	VisitRow,
	VisitSeriesRow
} from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { isCurrent } from './kept.ts';
import { planGround, type PlanGround } from './clashes.ts';
import { circleWorkers, type Choice } from './visits.ts';

export interface VisitToChange {
	readonly visit: VisitRow;
	readonly person: CaseRow;
	/** Mine towards this person. */
	readonly role: CaseRole | null;
	readonly series: VisitSeriesRow | null;
	/** Visits of the same series, this one included, in order of time; empty outside a series. */
	readonly siblings: readonly VisitRow[];
	/** Staff of the circle. */
	readonly workers: readonly Choice[];
	/** Who stands in the circle now. */
	readonly circle: readonly CaseMemberRow[];
	/** Who works for the organisation of the person. */
	readonly colleagues: readonly MembershipRow[];
}

/** Null when this phone has no such visit, or not its person. */
export async function visitToChange(
	db: LocalDb,
	visitId: string,
	me: Parameters<typeof caseRole>[0]
): Promise<VisitToChange | null> {
	const visit = await db.visits.get(visitId);
	const person = visit && (await db.cases.get(visit.case_id));
	if (!visit || !person) return null;
	const seriesId = visit.series_id;
	const [series, ofCase, workers, members, colleagues] = await Promise.all([
		seriesId === null ? undefined : db.visit_series.get(seriesId),
		seriesId === null
			? []
			: db.visits
					.where('[case_id+starts_at]')
					.between([visit.case_id, ''], [visit.case_id, '\uffff'])
					.toArray(),
		circleWorkers(db, visit.case_id),
		db.case_members.where('case_id').equals(visit.case_id).toArray(),
		db.memberships.where('org_id').equals(person.org_id).toArray()
	]);
	return {
		visit,
		person,
		role: caseRole(me, person.org_id, members),
		series: series ?? null,
		siblings: ofCase.filter(({ series_id }) => series_id === seriesId),
		workers,
		circle: members.filter(isCurrent),
		colleagues: colleagues
			.filter(isCurrent)
			.sort((a, b) => compareNames(a.display_name, b.display_name))
	};
}

/** As for a new plan, of several workers: each of a series may have another one. */
export async function changeGround(
	db: LocalDb,
	{
		workerIds,
		...where
	}: { readonly workerIds: readonly string[]; caseId: string; fromAt: string; untilAt: string }
): Promise<PlanGround | null> {
	const grounds = await Promise.all(
		['', ...workerIds].map((workerId) => planGround(db, { ...where, workerId }))
	);
	const [first] = grounds;
	if (first === undefined) return null;
	const visits = new Map(
		grounds.flatMap((ground) => ground.visits.map((visit) => [visit.id, visit] as const))
	);
	return { ...first, visits: [...visits.values()] };
}
