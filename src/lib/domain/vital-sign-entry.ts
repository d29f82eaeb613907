/** Entering a vital sign: what cannot be, what is asked for twice, and how a reading stands in the columns of `measurements`. */

import { GLUCOSE_METER_RANGE, HOME_RULES, WEIGHT_RULE, type Metric } from './vital-sign-rules.ts';
import { metricValues, VITAL_KINDS } from './vital-signs.ts';
import type { Reading, VitalKind } from './vital-sign-types.ts';

export type EntryProblemCode =
	| 'not_a_number'
	| 'not_whole'
	| 'too_low'
	| 'too_high'
	| 'dia_not_below_sys'
	| 'unlikely_low'
	| 'unlikely_high'
	| 'far_from_last';

export interface EntryProblem {
	readonly metric: Metric;
	readonly code: EntryProblemCode;
	/** The bound that was passed, in the metric's unit (percent for `far_from_last`); null where there is none. */
	readonly limit: number | null;
}

/** `unlikely`: ask to measure or type again, then accept what the person confirms. `reject`: cannot be stored. */
export interface EntryCheck {
	readonly verdict: 'ok' | 'unlikely' | 'reject';
	readonly problems: readonly EntryProblem[];
}

/** How a reading stands in the columns of `measurements`; `context` marks a meter beyond its range. */
export interface ReadingColumns {
	readonly kind: VitalKind;
	readonly value: number;
	readonly value2: number | null;
	readonly context: string | null;
}

const ABOVE_RANGE = 'above_range';
const BELOW_RANGE = 'below_range';

/** `lastWeightKg`: the newest earlier weight, if there is one (see `lastWeightKg` in vital-sign-trends.ts). */
export function checkEntry(reading: Reading, lastWeightKg: number | null = null): EntryCheck {
	const impossible = rejections(reading);
	if (impossible.length > 0) return { verdict: 'reject', problems: impossible };
	const odd = unlikelihoods(reading, lastWeightKg);
	return { verdict: odd.length > 0 ? 'unlikely' : 'ok', problems: odd };
}

export function readingToColumns(reading: Reading): ReadingColumns {
	if (reading.kind === 'blood_pressure') {
		return { kind: reading.kind, value: reading.sys, value2: reading.dia, context: null };
	}
	if (reading.value === 'HI') {
		return {
			kind: reading.kind,
			value: GLUCOSE_METER_RANGE.high,
			value2: null,
			context: ABOVE_RANGE
		};
	}
	if (reading.value === 'LO') {
		return {
			kind: reading.kind,
			value: GLUCOSE_METER_RANGE.low,
			value2: null,
			context: BELOW_RANGE
		};
	}
	return { kind: reading.kind, value: reading.value, value2: null, context: null };
}

/** Null when the columns do not make a reading, as with a kind that a newer release has added. */
export function columnsToReading(columns: {
	readonly kind: string;
	readonly value: number;
	readonly value2?: number | null;
	readonly context?: string | null;
}): Reading | null {
	const kind = VITAL_KINDS.find((known) => known === columns.kind);
	if (kind === undefined) return null;
	if (kind === 'blood_pressure') {
		const dia = columns.value2;
		return typeof dia === 'number' ? { kind, sys: columns.value, dia } : null;
	}
	if (kind === 'glucose') {
		if (columns.context === ABOVE_RANGE) return { kind, value: 'HI' };
		if (columns.context === BELOW_RANGE) return { kind, value: 'LO' };
	}
	return { kind, value: columns.value };
}

function rejections(reading: Reading): EntryProblem[] {
	if (isMeterWord(reading)) return [];
	const problems = metricValues(reading).flatMap(([metric, value]): EntryProblem[] => {
		const { reject, step } = HOME_RULES.metrics[metric].entry;
		if (!Number.isFinite(value)) return [{ metric, code: 'not_a_number', limit: null }];
		if (value < reject[0]) return [{ metric, code: 'too_low', limit: reject[0] }];
		if (value > reject[1]) return [{ metric, code: 'too_high', limit: reject[1] }];
		if (step === 1 && !Number.isInteger(value)) return [{ metric, code: 'not_whole', limit: null }];
		return [];
	});
	// Comparisons with NaN are false, so an unreadable number is not reported twice.
	if (reading.kind === 'blood_pressure' && reading.dia >= reading.sys) {
		problems.push({ metric: 'dbp', code: 'dia_not_below_sys', limit: reading.sys });
	}
	return problems;
}

function unlikelihoods(reading: Reading, lastWeightKg: number | null): EntryProblem[] {
	if (isMeterWord(reading)) return [];
	const problems = metricValues(reading).flatMap(([metric, value]): EntryProblem[] => {
		const { unlikely } = HOME_RULES.metrics[metric].entry;
		if (value < unlikely[0]) return [{ metric, code: 'unlikely_low', limit: unlikely[0] }];
		if (value > unlikely[1]) return [{ metric, code: 'unlikely_high', limit: unlikely[1] }];
		return [];
	});
	if (reading.kind === 'weight' && lastWeightKg !== null) {
		const limit = WEIGHT_RULE.unlikelyChangePercent;
		if (Math.abs(reading.value - lastWeightKg) * 100 > limit * lastWeightKg) {
			problems.push({ metric: 'weight', code: 'far_from_last', limit });
		}
	}
	return problems;
}

function isMeterWord(reading: Reading): boolean {
	return reading.kind === 'glucose' && typeof reading.value === 'string';
}
