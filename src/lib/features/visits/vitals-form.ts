/** Vital signs as they are typed, and what they mean: a reading, a problem, a severity by this person's limits. Pure. */
import type { MeasurementRow } from '#lib/domain/rows.ts';
import { checkEntry, columnsToReading, type EntryCheck } from '#lib/domain/vital-sign-entry.ts';
import { lastWeightKg } from '#lib/domain/vital-sign-trends.ts';
import type {
	Assessment,
	PastReading,
	PersonLimits,
	Reading,
	SingleKind
} from '#lib/domain/vital-sign-types.ts';
import { assessReading } from '#lib/domain/vital-signs.ts';

/** What stands in the fields, as typed. `glucose` may be HI or LO. */
export interface TypedVitals {
	readonly sys: string;
	readonly dia: string;
	readonly pulse: string;
	readonly temperature: string;
	readonly respiration: string;
	readonly spo2: string;
	readonly glucose: string;
	readonly weight: string;
	readonly pain: string;
}

export type VitalField = keyof TypedVitals;

export const NO_VITALS: TypedVitals = {
	sys: '',
	dia: '',
	pulse: '',
	temperature: '',
	respiration: '',
	spo2: '',
	glucose: '',
	weight: '',
	pain: ''
};

export const SINGLE_FIELDS = [
	'pulse',
	'temperature',
	'respiration',
	'spo2',
	'glucose',
	'weight',
	'pain'
] as const satisfies readonly (SingleKind | 'glucose')[];

/** One reading out of the fields. `incomplete`: a blood pressure with one number only. */
export interface TypedReading {
	readonly reading: Reading;
	readonly check: EntryCheck;
	readonly assessment: Assessment;
}

export interface ReadVitals {
	readonly readings: readonly TypedReading[];
	/** Systolic without diastolic, or the other way round. */
	readonly incompletePressure: boolean;
}

/** Reads every field that is not empty; a number that is none reads as NaN and is refused by the check. */
export function readVitals(
	typed: TypedVitals,
	{
		limits,
		earlier,
		takenAt
	}: {
		readonly limits: PersonLimits;
		readonly earlier: readonly MeasurementRow[];
		/** Instant. */
		readonly takenAt: string;
	}
): ReadVitals {
	const history = pastReadings(earlier);
	const weightBefore = lastWeightKg(takenAt, history);
	const assess = (reading: Reading): TypedReading => ({
		reading,
		check: checkEntry(reading, weightBefore),
		assessment: assessReading(reading, { limits, takenAt, history })
	});
	const hasSys = typed.sys.trim() !== '';
	const hasDia = typed.dia.trim() !== '';
	const readings: TypedReading[] = [];
	if (hasSys && hasDia) {
		readings.push(
			assess({ kind: 'blood_pressure', sys: toNumber(typed.sys), dia: toNumber(typed.dia) })
		);
	}
	for (const kind of SINGLE_FIELDS) {
		const text = typed[kind].trim();
		if (text === '') continue;
		if (kind === 'glucose') readings.push(assess({ kind, value: glucoseValue(text) }));
		else readings.push(assess({ kind, value: toNumber(text) }));
	}
	return { readings, incompletePressure: hasSys !== hasDia };
}

function glucoseValue(text: string): number | 'HI' | 'LO' {
	const word = text.toUpperCase();
	return word === 'HI' || word === 'LO' ? word : toNumber(text);
}

function toNumber(text: string): number {
	return /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
}

function pastReadings(rows: readonly MeasurementRow[]): PastReading[] {
	return rows.flatMap((row) => {
		const reading = columnsToReading(row);
		return reading ? [{ reading, takenAt: row.measured_at }] : [];
	});
}

/** The newest earlier value of a kind, to stand in grey beside the field. Rows come newest first. */
export function previousOf(
	earlier: readonly MeasurementRow[],
	kind: MeasurementRow['kind']
): MeasurementRow | null {
	return earlier.find((row) => row.kind === kind) ?? null;
}
