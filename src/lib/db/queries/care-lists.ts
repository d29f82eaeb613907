/** The medication list, tubes, devices and codes of the plan of one person, with what is new since one's own last visit, read from this phone. */
import type {
	CaseDeviceRow,
	CaseMedicationRow,
	CasePlanCodeRow
} from '#lib/domain/care-list-rows.ts';
import { listNews, type ListNews } from '#lib/domain/care-lists.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { isKept } from './kept.ts';

export interface Listed<Row> {
	readonly row: Row;
	/** Null when this person has seen it, or was never here. */
	readonly news: ListNews | null;
}

export interface CareLists {
	/** In the order in which they were entered. */
	readonly medications: readonly Listed<CaseMedicationRow>[];
	/** Stopped ones, the last one first. */
	readonly stopped: readonly Listed<CaseMedicationRow>[];
	/** What is due first stands first. */
	readonly devices: readonly Listed<CaseDeviceRow>[];
	readonly endedDevices: readonly Listed<CaseDeviceRow>[];
	/** 核定項目 in the order of their codes; also those that have run out. */
	readonly planCodes: readonly Listed<CasePlanCodeRow>[];
	readonly endedPlanCodes: readonly Listed<CasePlanCodeRow>[];
}

export async function careLists(
	db: LocalDb,
	{ caseId, userId }: { readonly caseId: string; readonly userId: string }
): Promise<CareLists> {
	const [medications, devices, plan, history, since] = await Promise.all([
		db.case_medications.where('case_id').equals(caseId).toArray(),
		db.case_devices.where('case_id').equals(caseId).toArray(),
		db.case_plan_codes.where('case_id').equals(caseId).toArray(),
		db.record_history.where('case_id').equals(caseId).toArray(),
		lastVisitEnd(db, caseId, userId)
	]);
	const marked = <Row extends CaseMedicationRow | CaseDeviceRow | CasePlanCodeRow>(
		rows: readonly Row[]
	) => rows.filter(isKept).map((row) => ({ row, news: listNews(row, history, { since, userId }) }));
	const [running, stopped] = parted(marked(medications));
	const [inUse, endedDevices] = parted(marked(devices));
	const [planCodes, endedPlanCodes] = parted(marked(plan));
	return {
		medications: running.sort((a, b) => compare(enteredAt(a.row), enteredAt(b.row))),
		stopped,
		devices: inUse.sort((a, b) => compare(dueOn(a.row), dueOn(b.row))),
		endedDevices,
		planCodes: planCodes.sort(
			(a, b) => compare(a.row.code, b.row.code) || compare(a.row.valid_from, b.row.valid_from)
		),
		endedPlanCodes
	};
}

/** When the last visit of this person to that one ended, by the phone that checked out. */
async function lastVisitEnd(db: LocalDb, caseId: string, userId: string): Promise<string | null> {
	const visits = await db.visits
		.where('[case_id+starts_at]')
		.between([caseId, ''], [caseId, '\uffff'])
		.toArray();
	return visits
		.filter((visit) => visit.worker_id === userId && visit.status === 'done')
		.map((visit) => visit.checked_out_at ?? visit.ends_at)
		.reduce<string | null>((last, end) => (last === null || end > last ? end : last), null);
}

function parted<Row extends { readonly ended_at: string | null }>(
	listed: readonly Listed<Row>[]
): [Listed<Row>[], Listed<Row>[]] {
	const running = listed.filter(({ row }) => row.ended_at === null);
	const ended = listed
		.filter(({ row }) => row.ended_at !== null)
		.sort((a, b) => compare(b.row.ended_at ?? '', a.row.ended_at ?? ''));
	return [running, ended];
}

function enteredAt(row: CaseMedicationRow): string {
	return row.recorded_at ?? row.received_at ?? '';
}

function dueOn(row: CaseDeviceRow): string {
	return row.change_due_on ?? '\uffff';
}

function compare(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
