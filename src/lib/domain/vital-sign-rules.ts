/** The home rules for vital signs, as data: entry limits and severity thresholds with their source and date. */

import type { ReportSeverity } from './severity.ts';

/** One number that has thresholds; a blood pressure carries two of them. */
export type Metric =
	'sbp' | 'dbp' | 'pulse' | 'temperature' | 'respiration' | 'spo2' | 'glucose' | 'weight' | 'pain';

export type Levels = Readonly<Partial<Record<ReportSeverity, number>>>;

/** `high`: the severity holds from this value up. `low`: it holds below this value (the value itself is fine). */
export interface Thresholds {
	readonly high: Levels;
	readonly low: Levels;
}

/** Outside `reject` a value cannot be real; outside `unlikely` it is asked for a second time and then accepted. */
export interface EntryLimits {
	readonly reject: readonly [min: number, max: number];
	readonly unlikely: readonly [min: number, max: number];
	/** The smallest step that can be entered: 1 or 0.1. */
	readonly step: 1 | 0.1;
}

export interface MetricRule {
	readonly unit: 'mmHg' | 'bpm' | '°C' | '/min' | '%' | 'mg/dL' | 'kg' | 'NRS';
	readonly entry: EntryLimits;
	readonly thresholds: Thresholds;
}

/**
 * Proposal for home visits, drawn from NEWS2, the 2022 Taiwan hypertension guideline and the glucose < 70 rule; to be confirmed by a
 * clinician before it is relied upon. `reject` and `thresholds` follow that proposal. `unlikely` is ours: it only asks to enter again.
 */
export const HOME_RULES = {
	id: 'home-1',
	effectiveFrom: '2026-11-22',
	status: 'to_be_confirmed_by_clinician',
	source: 'NEWS2 (Royal College of Physicians); 2022 Taiwan hypertension guideline (130/80, 722)',
	metrics: {
		sbp: {
			unit: 'mmHg',
			entry: { reject: [50, 280], unlikely: [70, 230], step: 1 },
			thresholds: { high: { red: 180, orange: 160, yellow: 140 }, low: { red: 90, orange: 100 } }
		},
		dbp: {
			unit: 'mmHg',
			entry: { reject: [20, 180], unlikely: [40, 130], step: 1 },
			thresholds: { high: { red: 120, orange: 100, yellow: 90 }, low: { red: 50 } }
		},
		pulse: {
			unit: 'bpm',
			entry: { reject: [20, 250], unlikely: [35, 170], step: 1 },
			thresholds: {
				high: { red: 131, orange: 111, yellow: 101 },
				low: { red: 41, orange: 50, yellow: 55 }
			}
		},
		temperature: {
			unit: '°C',
			entry: { reject: [30, 43], unlikely: [34, 41], step: 0.1 },
			thresholds: {
				high: { red: 39.1, orange: 38, yellow: 37.5 },
				low: { red: 35.1, yellow: 36 }
			}
		},
		respiration: {
			unit: '/min',
			entry: { reject: [4, 60], unlikely: [6, 40], step: 1 },
			thresholds: { high: { red: 25, orange: 21 }, low: { red: 9, yellow: 12 } }
		},
		spo2: {
			unit: '%',
			entry: { reject: [50, 100], unlikely: [75, 100], step: 1 },
			thresholds: { high: {}, low: { red: 92, orange: 94, yellow: 96 } }
		},
		glucose: {
			unit: 'mg/dL',
			entry: { reject: [20, 700], unlikely: [40, 500], step: 1 },
			thresholds: {
				high: { red: 400, orange: 300, yellow: 250 },
				low: { red: 54, orange: 70 }
			}
		},
		weight: {
			unit: 'kg',
			entry: { reject: [10, 300], unlikely: [25, 150], step: 0.1 },
			thresholds: { high: {}, low: {} }
		},
		pain: {
			unit: 'NRS',
			entry: { reject: [0, 10], unlikely: [0, 10], step: 1 },
			thresholds: { high: { orange: 7, yellow: 4 }, low: {} }
		}
	}
} as const satisfies {
	readonly metrics: Readonly<Record<Metric, MetricRule>>;
	readonly [key: string]: unknown;
};

/** SpO2 of a person with COPD: 88–92 % is the target (NEWS2 scale 2), so only less than 88 % alarms. */
export const COPD_SPO2: Thresholds = { high: {}, low: { red: 88 } };

/** The 7-day mean of the 722 rule: yellow from 130/80. A mean needs readings of three days, else one reading would decide it. */
export const MEAN_RULE = {
	sbpAtLeast: 130,
	dbpAtLeast: 80,
	windowDays: 7,
	minDaysWithReadings: 3
} as const;

/** Weight is judged against earlier readings; percentages of, or kilograms above, the reference in the window. */
export const WEIGHT_RULE = {
	/** More than this away from the last weight asks again. The proposal rejects it, but a true value must stay recordable. */
	unlikelyChangePercent: 15,
	monthLossPercent: 5,
	monthDays: 31,
	yearLossPercent: 5,
	yearDays: 366,
	heartFailureGainKg: 2,
	heartFailureDays: 3
} as const;

/** A meter that shows LO or HI has no number; these stand in for it, being the ends of the usual range of meters. */
export const GLUCOSE_METER_RANGE = { low: 20, high: 600 } as const;
