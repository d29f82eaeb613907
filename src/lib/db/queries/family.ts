/** What a family member sees of one relative: rows that the whole circle may see, and nothing else. */
import type {
	CaseMemberRow,
	CaseRow,
	EmergencyRow,
	MeasurementRow,
	TaskRow,
	VisitRecordRow,
	VisitRow
} from '#lib/domain/rows.ts';
import { compareNames } from '#lib/domain/name-order.ts';
import { addDays, startOfDay } from '#lib/domain/taiwan-dates.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';
import { standingMeasurements, standingRecords } from './standing-records.ts';
import { membersOf } from './cases.ts';
import { isCurrent, isKept, LIVE_TASK } from './kept.ts';
import { countUnread } from './messages.ts';

/** The people in whose circle this person stands as family, by name. */
export async function relativesOf(db: LocalDb, userId: string): Promise<CaseRow[]> {
	const memberships = await db.case_members.where('user_id').equals(userId).toArray();
	const ids = memberships
		.filter((member) => isCurrent(member) && member.role === 'family')
		.map((member) => member.case_id);
	const people = await db.cases.bulkGet(ids);
	return people
		.flatMap((person) => (person && isKept(person) ? [person] : []))
		.sort((a, b) => compareNames(a.name, b.name));
}

export interface FamilyView {
	/** From `sinceDay` up to and with tomorrow + 14 days, in order of time; cancelled ones left out. */
	readonly visits: readonly VisitRow[];
	/** Of those visits and of the same days; corrections in place of what they correct. Newest first. */
	readonly records: readonly VisitRecordRow[];
	/** Oldest first. */
	readonly measurements: readonly MeasurementRow[];
	/** Of the same days, and every open one; newest first. */
	readonly emergencies: readonly EmergencyRow[];
	/** The family member's own, not finished. */
	readonly tasks: readonly TaskRow[];
	/** Who is in the circle now; staff first. */
	readonly members: readonly CaseMemberRow[];
	/** Messages of the circle thread that came after the own read mark, own ones left out. */
	readonly unreadCount: number;
}

const DAYS_AHEAD = 14;

/**
 * @param sinceDay Taipei day from which on back things are left out
 * @param today Taipei day
 */
export async function familyView(
	db: LocalDb,
	{
		caseId,
		userId,
		sinceDay,
		today
	}: {
		readonly caseId: string;
		readonly userId: string;
		readonly sinceDay: string;
		readonly today: string;
	}
): Promise<FamilyView> {
	const since = startOfDay(sinceDay);
	const fromThen = [
		[caseId, since],
		[caseId, '\uffff']
	] as const;
	const [visits, records, measurements, emergencies, tasks, members, unreadCount] =
		await Promise.all([
			db.visits
				.where('[case_id+starts_at]')
				.between([caseId, since], [caseId, startOfDay(addDays(today, DAYS_AHEAD))])
				.toArray(),
			db.visit_records
				.where('[case_id+recorded_at]')
				.between(...fromThen)
				.reverse()
				.toArray(),
			db.measurements
				.where('[case_id+measured_at]')
				.between(...fromThen)
				.toArray(),
			db.emergencies
				.where('[case_id+occurred_at]')
				.between([caseId, ''], [caseId, '\uffff'])
				.reverse()
				.toArray(),
			whereAny(
				db.tasks,
				'[assignee_id+status]',
				LIVE_TASK.map((status) => [userId, status])
			),
			membersOf(db, caseId),
			unreadInCircle(db, caseId, userId)
		]);
	return {
		visits: visits.filter((visit) => isForCircle(visit) && visit.status !== 'cancelled'),
		records: standingRecords(records.filter(isForCircle)).map(({ record }) => record),
		measurements: standingMeasurements(measurements.filter(isForCircle)),
		emergencies: emergencies.filter(
			(emergency) =>
				isForCircle(emergency) && (emergency.status !== 'closed' || emergency.occurred_at >= since)
		),
		tasks: tasks.filter((task) => isForCircle(task) && task.case_id === caseId),
		members: members
			.filter(isCurrent)
			.sort((a, b) => Number(a.role === 'family') - Number(b.role === 'family')),
		unreadCount
	};
}

async function unreadInCircle(db: LocalDb, caseId: string, userId: string): Promise<number> {
	const marks = await db.message_reads
		.where('[case_id+audience]')
		.equals([caseId, 'circle'])
		.toArray();
	const readThrough = marks.find((mark) => mark.user_id === userId)?.read_through ?? '';
	const messages = await db.messages
		.where('[case_id+audience+recorded_at]')
		.between([caseId, 'circle', ''], [caseId, 'circle', '\uffff'])
		.toArray();
	return countUnread(messages.filter(isKept), userId, readThrough);
}

function isForCircle(row: {
	readonly deleted_at: string | null;
	readonly audience: string;
}): boolean {
	return isKept(row) && row.audience === 'circle';
}
