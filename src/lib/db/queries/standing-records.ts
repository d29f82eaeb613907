/** Append-only records as they stand after their corrections. */
import type { MeasurementRow, VisitRecordRow } from '#lib/domain/rows.ts';

/** A record as it stands after corrections. */
export interface StandingRecord {
	readonly record: VisitRecordRow;
	readonly isCorrected: boolean;
}

/** A correction replaces what it corrects; of several, the last one stands. */
export function standingRecords(records: readonly VisitRecordRow[]): StandingRecord[] {
	const corrected = new Set(records.map((record) => record.corrects_id));
	return records
		.filter((record) => !corrected.has(record.id))
		.map((record) => ({ record, isCorrected: record.corrects_id !== null }));
}

export function standingMeasurements(measurements: readonly MeasurementRow[]): MeasurementRow[] {
	const corrected = new Set(measurements.map((measurement) => measurement.corrects_id));
	return measurements.filter((measurement) => !corrected.has(measurement.id));
}
