/** Vital signs: how severe a reading is for this person. What may be entered stands in vital-sign-entry.ts. */

import { compareSeverity, type ReportSeverity } from './severity.ts';
import {
	COPD_SPO2,
	GLUCOSE_METER_RANGE,
	HOME_RULES,
	type Levels,
	type Metric,
	type Thresholds
} from './vital-sign-rules.ts';
import { meanFindings, weightFindings } from './vital-sign-trends.ts';
import type {
	Assessment,
	AssessmentContext,
	Finding,
	MetricLimits,
	PersonLimits,
	Reading,
	VitalKind
} from './vital-sign-types.ts';

/** In the order in which a visit asks for them. */
export const VITAL_KINDS: readonly VitalKind[] = [
	'blood_pressure',
	'pulse',
	'temperature',
	'respiration',
	'spo2',
	'glucose',
	'weight',
	'pain'
];

export const METRICS: readonly Metric[] = [
	'sbp',
	'dbp',
	'pulse',
	'temperature',
	'respiration',
	'spo2',
	'glucose',
	'weight',
	'pain'
];

/**
 * Severity of one reading. The worst finding counts; of a blood pressure, the worse of both numbers.
 * A reading without finite numbers yields `none` with rule `unreadable`: check entries with `checkEntry` first.
 */
export function assessReading(reading: Reading, context: AssessmentContext = {}): Assessment {
	if (!isFiniteReading(reading)) {
		return { severity: 'none', rule: 'unreadable', threshold: null, findings: [] };
	}
	const findings = [
		...thresholdFindings(reading, context.limits ?? {}),
		...trendFindings(reading, context)
	].sort((a, b) => compareSeverity(b.severity, a.severity));
	const worst = findings[0];
	return {
		severity: worst?.severity ?? 'none',
		rule: worst?.rule ?? null,
		threshold: worst?.threshold ?? null,
		findings
	};
}

/** The thresholds that hold for this person: the home rules with the person's own levels laid over them. */
export function thresholdsFor(metric: Metric, limits: PersonLimits = {}): Thresholds {
	const base = homeThresholds(metric, limits);
	const own = limits[metric];
	return { high: overlay(base.high, own?.high, 'high'), low: overlay(base.low, own?.low, 'low') };
}

export type LimitsProblem =
	| { readonly code: 'out_of_order'; readonly metric: Metric; readonly side: 'high' | 'low' }
	| { readonly code: 'sides_cross'; readonly metric: Metric };

/** Levels that could never fire or always fire, for the form on which a nurse sets a person's limits. */
export function checkLimits(limits: PersonLimits): LimitsProblem[] {
	const problems: LimitsProblem[] = [];
	for (const metric of METRICS) {
		if (limits[metric] === undefined) continue;
		const { high, low } = thresholdsFor(metric, limits);
		const highs = levelsMildFirst(high);
		const lows = levelsMildFirst(low);
		if (!isStrictlyRising(highs)) problems.push({ code: 'out_of_order', metric, side: 'high' });
		if (!isStrictlyRising(lows.map((level) => -level))) {
			problems.push({ code: 'out_of_order', metric, side: 'low' });
		}
		if (highs.length > 0 && lows.length > 0 && Math.min(...highs) < Math.max(...lows)) {
			problems.push({ code: 'sides_cross', metric });
		}
	}
	return problems;
}

/** The numbers of a reading by metric; HI and LO as the ends of a meter's range. */
export function metricValues(reading: Reading): readonly (readonly [Metric, number])[] {
	if (reading.kind === 'blood_pressure') {
		return [
			['sbp', reading.sys],
			['dbp', reading.dia]
		];
	}
	if (reading.value === 'HI') return [['glucose', GLUCOSE_METER_RANGE.high]];
	if (reading.value === 'LO') return [['glucose', GLUCOSE_METER_RANGE.low]];
	return [[reading.kind, reading.value]];
}

const WORST_FIRST: readonly ReportSeverity[] = ['red', 'orange', 'yellow'];

function thresholdFindings(reading: Reading, limits: PersonLimits): Finding[] {
	// A meter beyond its range is red whatever the person's limits are: the true value is unknown.
	if (reading.kind === 'glucose' && typeof reading.value === 'string') {
		const rule = reading.value === 'HI' ? 'glucose_meter_high' : 'glucose_meter_low';
		return [{ severity: 'red', rule, threshold: null, personal: false }];
	}
	return metricValues(reading).flatMap(([metric, value]) => metricFinding(metric, value, limits));
}

function metricFinding(metric: Metric, value: number, limits: PersonLimits): Finding[] {
	const { high, low } = thresholdsFor(metric, limits);
	for (const severity of WORST_FIRST) {
		const above = high[severity];
		if (above !== undefined && value >= above) {
			const personal = limits[metric]?.high?.[severity] !== undefined;
			return [{ severity, rule: `${metric}_high`, threshold: above, personal }];
		}
		const below = low[severity];
		if (below !== undefined && value < below) {
			const personal = limits[metric]?.low?.[severity] !== undefined;
			return [{ severity, rule: `${metric}_low`, threshold: below, personal }];
		}
	}
	return [];
}

function trendFindings(reading: Reading, context: AssessmentContext): Finding[] {
	const { takenAt, history } = context;
	if (takenAt === undefined || history === undefined) return [];
	if (reading.kind === 'blood_pressure') {
		return meanFindings({ reading, takenAt }, history);
	}
	if (reading.kind === 'weight') {
		return weightFindings(reading.value, takenAt, history, context.limits?.heartFailure === true);
	}
	return [];
}

function homeThresholds(metric: Metric, limits: PersonLimits): Thresholds {
	if (metric === 'spo2' && limits.copd === true) return COPD_SPO2;
	return HOME_RULES.metrics[metric].thresholds;
}

/**
 * A home level that a worse level already covers is left out: with an own red of 150, the home rule's orange of 160 could never
 * fire. An own level always stays, so that `checkLimits` can say that it is out of order.
 */
function overlay(base: Levels, own: MetricLimits['high'], side: 'high' | 'low'): Levels {
	const merged: Partial<Record<ReportSeverity, number>> = {};
	let worse: number | null = null;
	for (const severity of WORST_FIRST) {
		const set = own?.[severity];
		const level = set === undefined ? base[severity] : set;
		if (typeof level !== 'number') continue;
		const covered = worse !== null && (side === 'high' ? level >= worse : level <= worse);
		if (covered && set === undefined) continue;
		merged[severity] = level;
		worse = level;
	}
	return merged;
}

function levelsMildFirst(levels: Levels): number[] {
	return (['yellow', 'orange', 'red'] as const).flatMap((severity) => levels[severity] ?? []);
}

function isStrictlyRising(values: readonly number[]): boolean {
	return values.every((value, index) => index === 0 || value > (values[index - 1] ?? -Infinity));
}

function isFiniteReading(reading: Reading): boolean {
	return metricValues(reading).every(([, value]) => Number.isFinite(value));
}
