/** The types of vital signs: kinds, readings, a person's own limits, and what an assessment finds. */

import type { ReportSeverity, Severity } from './severity.ts';
import type { Metric } from './vital-sign-rules.ts';

export type VitalKind =
	| 'blood_pressure'
	| 'pulse'
	| 'temperature'
	| 'respiration'
	| 'spo2'
	| 'glucose'
	| 'weight'
	| 'pain';

export type SingleKind = Exclude<VitalKind, 'blood_pressure' | 'glucose'>;

/** mmHg, bpm, °C, breaths/min, %, mg/dL, kg, NRS 0–10. `HI` and `LO` are what a glucose meter shows beyond its range. */
export type Reading =
	| { readonly kind: 'blood_pressure'; readonly sys: number; readonly dia: number }
	| { readonly kind: 'glucose'; readonly value: number | 'HI' | 'LO' }
	| { readonly kind: SingleKind; readonly value: number };

/** One level of one side, set by a nurse or doctor for this person; null switches that level off, absent keeps the home rule. */
export interface MetricLimits {
	readonly high?: Partial<Record<ReportSeverity, number | null>>;
	readonly low?: Partial<Record<ReportSeverity, number | null>>;
}

/** Stored in `cases.vital_limits`. */
export type PersonLimits = Partial<Record<Metric, MetricLimits>> & {
	readonly copd?: boolean;
	readonly heartFailure?: boolean;
};

export type RuleCode =
	| `${Metric}_high`
	| `${Metric}_low`
	| 'glucose_meter_high'
	| 'glucose_meter_low'
	| 'sbp_mean_high'
	| 'dbp_mean_high'
	| 'weight_loss_month'
	| 'weight_loss_year'
	| 'weight_gain_heart_failure'
	| 'unreadable';

export interface Finding {
	readonly severity: ReportSeverity;
	readonly rule: RuleCode;
	/** The bound that was met: the value is at or above it for `_high`, below it for `_low`; null where the rule has none. */
	readonly threshold: number | null;
	/** True when the bound is this person's own and not the home rule. */
	readonly personal: boolean;
}

export interface Assessment {
	readonly severity: Severity;
	readonly rule: RuleCode | null;
	readonly threshold: number | null;
	/** All that was found, worst first; the head is what the three fields above say. */
	readonly findings: readonly Finding[];
}

export interface AssessmentContext {
	readonly limits?: PersonLimits;
	/** When this reading was taken; with `history` it opens the rules that look back. */
	readonly takenAt?: string;
	/** Earlier readings of the same person, any kind, any order; corrected ones left out. */
	readonly history?: readonly PastReading[];
}

export interface PastReading {
	readonly reading: Reading;
	/** Instant. */
	readonly takenAt: string;
}
