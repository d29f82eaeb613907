/** What was done and is still planned for one person in a span of days, read from this phone. */
import type { VisitRecordRow, VisitRow } from '#lib/domain/rows.ts';
import { addDays, startOfDay, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { isKept } from './kept.ts';
import { standingRecords } from './standing-records.ts';

/** Visits that start from `fromDay` to `toDay`, both included, in order of time. */
export async function caseVisits(
	db: LocalDb,
	caseId: string,
	{ fromDay, toDay }: { readonly fromDay: string; readonly toDay: string }
): Promise<VisitRow[]> {
	const visits = await db.visits
		.where('[case_id+starts_at]')
		.between([caseId, startOfDay(fromDay)], [caseId, startOfDay(addDays(toDay, 1))], true, false)
		.toArray();
	return visits.filter(isKept);
}

/** What counts for one person in a span of days: each visit once, by its record, or by its plan while it has none. */
export interface CaseUse {
	/** Records that stand, each with the Taipei day of its visit. */
	readonly records: readonly { readonly day: string; readonly record: VisitRecordRow }[];
	/** Visits still to come, and visits that were made and have no record yet. */
	readonly unrecorded: readonly VisitRow[];
}

export interface CaseMonth extends CaseUse {
	readonly copayClass: number | null;
	readonly remoteArea: boolean;
}

/** A record may be written days after its visit, and is counted on the day of the visit. */
const WRITTEN_LATE_DAYS = 31;

/** Of visits from `fromDay` to `toDay`, Taipei days, both included. */
export async function caseUse(
	db: LocalDb,
	caseId: string,
	{ fromDay, toDay, today }: { fromDay: string; toDay: string; today: string }
): Promise<CaseUse> {
	const [visits, written] = await Promise.all([
		caseVisits(db, caseId, { fromDay, toDay }),
		db.visit_records
			.where('[case_id+recorded_at]')
			.between(
				[caseId, startOfDay(fromDay)],
				[caseId, startOfDay(addDays(toDay, WRITTEN_LATE_DAYS))]
			)
			.toArray()
	]);
	const startById = new Map(visits.map((visit) => [visit.id, visit.starts_at]));
	const standing = standingRecords(written.filter(isKept)).map(({ record }) => record);
	const records = standing.flatMap((record) => {
		const at = record.visit_id === null ? record.recorded_at : startById.get(record.visit_id);
		const day = at ? taipeiDay(at) : '';
		return day >= fromDay && day <= toDay ? [{ day, record }] : [];
	});
	const recorded = new Set(standing.map(({ visit_id }) => visit_id));
	return {
		records,
		unrecorded: visits.filter((visit) => !recorded.has(visit.id) && isStillToCount(visit, today))
	};
}

/** The month of `today`, a Taipei day. */
export async function caseMonth(
	db: LocalDb,
	{ caseId, orgId, today }: { caseId: string; orgId: string; today: string }
): Promise<CaseMonth> {
	const month = today.slice(0, 7);
	const [use, details, organization] = await Promise.all([
		caseUse(db, caseId, { fromDay: `${month}-01`, toDay: lastDay(month), today }),
		db.case_staff_details.where('case_id').equals(caseId).first(),
		db.organizations.get(orgId)
	]);
	return {
		...use,
		copayClass: details?.copay_class ?? null,
		remoteArea: organization?.remote_area ?? false
	};
}

/** A planned visit of a day that is over was not made, or somebody has still to say so. */
function isStillToCount({ status, starts_at }: VisitRow, today: string): boolean {
	if (status === 'planned') return starts_at >= startOfDay(today);
	return status === 'checked_in' || status === 'done';
}

/** @param month YYYY-MM */
export function lastDay(month: string): string {
	let day = `${month}-28`;
	while (addDays(day, 1).startsWith(month)) day = addDays(day, 1);
	return day;
}
