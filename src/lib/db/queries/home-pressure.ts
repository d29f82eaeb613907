/** The blood pressures of one care recipient, for a series measured at home. */
import type { CaseMemberRow, CaseRow, MeasurementRow } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { membersOf } from './cases.ts';
import { isKept } from './kept.ts';
import { standingMeasurements } from './standing-records.ts';

/** Oldest first, as they stand after corrections. */
export async function pressures(
	db: LocalDb,
	{
		caseId,
		since,
		circleOnly
	}: {
		readonly caseId: string;
		/** ISO instant. */
		readonly since: string;
		readonly circleOnly: boolean;
	}
): Promise<readonly MeasurementRow[]> {
	const rows = await db.measurements
		.where('[case_id+measured_at]')
		.between([caseId, since], [caseId, '\uffff'])
		.toArray();
	return standingMeasurements(rows.filter(isKept)).filter(
		({ kind, audience }) => kind === 'blood_pressure' && (!circleOnly || audience === 'circle')
	);
}

export interface HomePressurePage {
	readonly person: CaseRow;
	readonly members: readonly CaseMemberRow[];
	/** Oldest first. */
	readonly rows: readonly MeasurementRow[];
	/** Measurements that an emergency report points at. */
	readonly reported: ReadonlySet<string>;
}

/** Null when this phone does not have the person. */
export async function homePressurePage(
	db: LocalDb,
	{ caseId, since }: { readonly caseId: string; readonly since: string }
): Promise<HomePressurePage | null> {
	const person = await db.cases.get(caseId);
	if (!person || !isKept(person)) return null;
	const [members, rows, emergencies] = await Promise.all([
		membersOf(db, caseId),
		pressures(db, { caseId, since, circleOnly: false }),
		db.emergencies
			.where('[case_id+occurred_at]')
			.between([caseId, since], [caseId, '\uffff'])
			.toArray()
	]);
	return {
		person,
		members: members.filter(({ ended_at }) => ended_at === null),
		rows,
		reported: new Set(emergencies.flatMap(({ measurement_id }) => measurement_id ?? []))
	};
}
