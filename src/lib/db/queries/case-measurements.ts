/** Vital signs of one care recipient by kind, oldest first, as a chart reads them. */
import type { EmergencyRow, MeasurementRow } from '#lib/domain/rows.ts';
import type { VitalKind } from '#lib/domain/vital-sign-types.ts';
import { VITAL_KINDS } from '#lib/domain/vital-signs.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { standingMeasurements } from './standing-records.ts';
import { isKept } from './kept.ts';
import { groupBy } from '#lib/domain/group-by.ts';

export interface MeasurementSeries {
	readonly kind: VitalKind;
	/** Oldest first; at least one. */
	readonly rows: readonly MeasurementRow[];
}

export interface CaseMeasurements {
	/** In the order in which a visit asks for them; kinds without a reading are left out. */
	readonly series: readonly MeasurementSeries[];
	/** Emergencies of the same time, for marking in the charts. */
	readonly emergencies: readonly EmergencyRow[];
	/** Instant of the oldest reading on this phone, of any kind; null when there is none. */
	readonly oldestAt: string | null;
}

export async function caseMeasurements(
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
): Promise<CaseMeasurements> {
	const isShown = (row: { readonly deleted_at: string | null; readonly audience: string }) =>
		isKept(row) && (!circleOnly || row.audience === 'circle');
	const [rows, emergencies, oldest] = await Promise.all([
		db.measurements
			.where('[case_id+measured_at]')
			.between([caseId, since], [caseId, '\uffff'])
			.toArray(),
		db.emergencies
			.where('[case_id+occurred_at]')
			.between([caseId, since], [caseId, '\uffff'])
			.toArray(),
		db.measurements.where('[case_id+measured_at]').between([caseId, ''], [caseId, '\uffff']).first()
	]);
	const byKind = groupBy(standingMeasurements(rows.filter(isShown)), (row) => row.kind);
	return {
		series: VITAL_KINDS.flatMap((kind) => {
			const ofKind = byKind.get(kind);
			return ofKind ? [{ kind, rows: ofKind }] : [];
		}),
		emergencies: emergencies.filter(isShown),
		oldestAt: oldest?.measured_at ?? null
	};
}
