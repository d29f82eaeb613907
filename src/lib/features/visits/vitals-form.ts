/** Vital signs as they are typed, and what they mean: a reading, a problem, a severity by this person's limits. Pure. */
import type { Wait } from '#lib/domain/measure-again.ts';
import type { MeasurementRow } from '#lib/domain/rows.ts';
import { checkEntry, columnsToReading, type EntryCheck } from '#lib/domain/vital-sign-entry.ts';
import { lastWeightKg } from '#lib/domain/vital-sign-trends.ts';
import type {
	Assessment,
	PastReading,
	PersonLimits,
	Reading,
	SingleKind,
	VitalKind
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

/** A reading of this visit that stands already, because another one of its kind follows or because it was reported. */
export interface Take {
	/** Of its measurement, given at once, so that it is stored once whatever happens in between. */
	readonly id: string;
	readonly kind: VitalKind;
	/** As typed: `182/98`, `50`, `HI`. */
	readonly typed: string;
	/** Instant. */
	readonly takenAt: string;
	/** Null until somebody begins to wait. */
	readonly wait: Wait | null;
}

/** One reading out of the fields. */
export interface TypedReading {
	readonly reading: Reading;
	readonly check: EntryCheck;
	readonly assessment: Assessment;
	/** Another reading of this kind was taken before it at this visit. */
	readonly repeated: boolean;
}

export interface VitalsContext {
	readonly limits: PersonLimits;
	/** Of other visits: what was measured at this one is one occasion with it. */
	readonly earlier: readonly MeasurementRow[];
	/** Instant. */
	readonly takenAt: string;
	/** Readings of this visit that stand already. */
	readonly takes: readonly Take[];
}

export interface ReadVitals {
	readonly readings: readonly TypedReading[];
	/** Systolic without diastolic, or the other way round. */
	readonly incompletePressure: boolean;
}

/** Reads every field that is not empty; a number that is none reads as NaN and is refused by the check. */
export function readVitals(
	typed: TypedVitals,
	{ limits, earlier, takenAt, takes }: VitalsContext
): ReadVitals {
	const history = pastReadings(earlier);
	const weightBefore = lastWeightKg(takenAt, history);
	const assess = (reading: Reading): TypedReading => ({
		reading,
		check: checkEntry(reading, weightBefore),
		assessment: assessReading(reading, { limits, takenAt, history }),
		repeated: takes.some(({ kind }) => kind === reading.kind)
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

/** What stands in the field or fields of a kind; of a blood pressure both numbers, or nothing. */
export function typedOf(vitals: TypedVitals, kind: VitalKind): string {
	if (kind !== 'blood_pressure') return vitals[kind].trim();
	const pair = [vitals.sys.trim(), vitals.dia.trim()];
	return pair.every((number) => number === '') ? '' : pair.join('/');
}

/** The fields with this reading in them, or with '' emptied. */
export function withTyped(vitals: TypedVitals, kind: VitalKind, typed: string): TypedVitals {
	if (kind !== 'blood_pressure') return { ...vitals, [kind]: typed };
	const [sys = '', dia = ''] = typed.split('/');
	return { ...vitals, sys, dia };
}

/** A reading that stands already. Only what could be read was set aside, so that there is one. */
export interface ReadTake {
	readonly take: Take;
	readonly read: TypedReading;
}

/** Each as it was judged when it was taken: the first of its kind is the first, whatever came after it. */
export function readTakes(
	takes: readonly Take[],
	context: Pick<VitalsContext, 'limits' | 'earlier'>
): ReadTake[] {
	return takes.flatMap((take, index) => {
		const typed = withTyped(NO_VITALS, take.kind, take.typed);
		const before = { ...context, takenAt: take.takenAt, takes: takes.slice(0, index) };
		const [read] = readVitals(typed, before).readings;
		return read && read.check.verdict !== 'reject' ? [{ take, read }] : [];
	});
}

/** The event that a red value is reported as; a value without an event of its own is the general one. */
export function incidentOf({ assessment }: TypedReading): string {
	const rule = assessment.rule ?? '';
	if (/^[sd]bp_/.test(rule)) return 'BPABN';
	if (rule === 'temperature_high') return 'FEVER';
	return rule === 'glucose_low' || rule === 'glucose_meter_low' ? 'HYPOG' : 'OTHER';
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
