/** What the care schedule, a visit's page and its record show, read from this phone. */
import type { VisitRemarkRow } from '#lib/domain/arrival-rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import type {
	CaseMemberRow,
	CaseRow,
	CaseStaffDetailsRow,
	MeasurementRow,
	OrganizationRow,
	VisitRecordRow,
	VisitRow
} from '#lib/domain/rows.ts';
import { compareNames } from '#lib/domain/name-order.ts';
import { compareRecorded } from '#lib/domain/row-order.ts';
import { addDays, startOfDay } from '#lib/domain/taiwan-dates.ts';
import { isKept } from './kept.ts';

export interface ScheduleLine {
	readonly visit: VisitRow;
	/** Null when this phone does not have the person (yet). */
	readonly person: CaseRow | null;
}

export type ScheduleScope =
	| { readonly by: 'worker'; readonly workerId: string }
	| { readonly by: 'case'; readonly caseId: string }
	| { readonly by: 'all' }
	| { readonly by: 'unassigned' };

/**
 * Visits that start from `fromDay` to `toDay`, both included, in order of time.
 * @param fromDay Taipei day
 */
export async function schedule(
	db: LocalDb,
	{ fromDay, toDay, scope }: { fromDay: string; toDay: string; scope: ScheduleScope }
): Promise<readonly ScheduleLine[]> {
	const [visits, people] = await Promise.all([
		db.visits
			.where('starts_at')
			.between(startOfDay(fromDay), startOfDay(addDays(toDay, 1)), true, false)
			.toArray(),
		db.cases.toArray()
	]);
	const byId = new Map(people.map((person) => [person.id, person]));
	return visits
		.filter((visit) => visit.deleted_at === null && isInScope(visit, scope))
		.sort((a, b) => a.starts_at.localeCompare(b.starts_at))
		.map((visit) => ({ visit, person: byId.get(visit.case_id) ?? null }));
}

function isInScope(visit: VisitRow, scope: ScheduleScope): boolean {
	if (scope.by === 'all') return true;
	if (scope.by === 'unassigned') return visit.worker_id === null;
	return scope.by === 'case' ? visit.case_id === scope.caseId : visit.worker_id === scope.workerId;
}

export interface Choice {
	readonly id: string;
	readonly name: string;
}

/** Whose schedule can be looked at: workers who stand in a circle on this phone, and the people cared for. */
export async function scheduleChoices(
	db: LocalDb
): Promise<{ readonly workers: readonly Choice[]; readonly cases: readonly Choice[] }> {
	const [members, people] = await Promise.all([db.case_members.toArray(), db.cases.toArray()]);
	const workers = new Map(
		members
			.filter(({ role, ended_at }) => role !== 'family' && ended_at === null)
			.map((member) => [member.user_id, member.display_name])
	);
	const byName = (a: Choice, b: Choice) => compareNames(a.name, b.name);
	return {
		workers: [...workers].map(([id, name]) => ({ id, name })).sort(byName),
		cases: people
			.filter(({ deleted_at, status }) => deleted_at === null && status !== 'closed')
			.map(({ id, name }) => ({ id, name }))
			.sort(byName)
	};
}

/** Staff of one person's circle who can be sent to a visit. */
export async function circleWorkers(db: LocalDb, caseId: string): Promise<readonly Choice[]> {
	if (caseId === '') return [];
	const members = await db.case_members
		.where('[case_id+user_id]')
		.between([caseId, ''], [caseId, '\uffff'])
		.toArray();
	return members
		.filter(({ role, ended_at }) => role !== 'family' && ended_at === null)
		.map(({ user_id, display_name }) => ({ id: user_id, name: display_name }));
}

export interface VisitPage {
	readonly visit: VisitRow;
	readonly person: CaseRow;
	readonly staffDetails: CaseStaffDetailsRow | null;
	readonly members: readonly CaseMemberRow[];
	readonly organization: OrganizationRow | null;
	/** Records of this visit, newest first; a corrected one stands behind its correction. */
	readonly records: readonly VisitRecordRow[];
	readonly measurements: readonly MeasurementRow[];
	/** Records of other visits as they stand after corrections, newest first. */
	readonly earlierRecords: readonly VisitRecordRow[];
	/** Earlier measurements of this person, newest first, this visit's left out. */
	readonly earlier: readonly MeasurementRow[];
	/** Records of the same week, for limits by day and week. */
	readonly weekRecords: readonly VisitRecordRow[];
	/** What was said of its times, in the order in which it was said. */
	readonly remarks: readonly VisitRemarkRow[];
}

/** How far back earlier values are looked for. */
const EARLIER_DAYS = 400;

/** Null when this phone has no such visit, or not its person. */
export async function visitPage(db: LocalDb, visitId: string): Promise<VisitPage | null> {
	const visit = await db.visits.get(visitId);
	if (!visit || visit.deleted_at !== null) return null;
	const person = await db.cases.get(visit.case_id);
	if (!person) return null;
	const since = new Date(Date.parse(visit.starts_at) - EARLIER_DAYS * 86_400_000).toISOString();
	const [staffDetails, members, organization, remarks, allRecords, allMeasurements] =
		await Promise.all([
			db.case_staff_details.get(visit.case_id),
			db.case_members
				.where('[case_id+user_id]')
				.between([visit.case_id, ''], [visit.case_id, '\uffff'])
				.toArray(),
			db.organizations.get(person.org_id),
			db.visit_remarks.where('visit_id').equals(visitId).toArray(),
			db.visit_records
				.where('[case_id+recorded_at]')
				.between([visit.case_id, since], [visit.case_id, '\uffff'])
				.reverse()
				.toArray(),
			db.measurements
				.where('[case_id+measured_at]')
				.between([visit.case_id, since], [visit.case_id, '\uffff'])
				.reverse()
				.toArray()
		]);
	const corrected = new Set(allRecords.map(({ corrects_id }) => corrects_id));
	const current = allRecords.filter((record) => !corrected.has(record.id));
	const remeasured = new Set(allMeasurements.map(({ corrects_id }) => corrects_id));
	const valid = allMeasurements.filter((row) => !remeasured.has(row.id));
	const weekAgo = new Date(Date.parse(visit.starts_at) - 7 * 86_400_000).toISOString();
	return {
		visit,
		person,
		staffDetails: staffDetails ?? null,
		members: members.filter(({ ended_at }) => ended_at === null),
		organization: organization ?? null,
		records: allRecords.filter(({ visit_id }) => visit_id === visitId),
		measurements: allMeasurements.filter(({ visit_id }) => visit_id === visitId).reverse(),
		earlierRecords: current.filter(({ visit_id }) => visit_id !== visitId),
		earlier: valid.filter(({ visit_id }) => visit_id !== visitId),
		weekRecords: current.filter(
			({ visit_id, recorded_at }) => visit_id !== visitId && (recorded_at ?? '') >= weekAgo
		),
		remarks: remarks.filter(isKept).sort(compareRecorded)
	};
}
