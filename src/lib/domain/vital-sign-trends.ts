/** Rules that look back over earlier readings: the 7-day mean of the blood pressure, and changes of weight. */

import { daysBetween, taipeiDay } from './taiwan-dates.ts';
import { MEAN_RULE, WEIGHT_RULE } from './vital-sign-rules.ts';
import type { Finding, PastReading } from './vital-sign-types.ts';

/** Mean of the readings of the seven Taipei days that end with `current`, `current` included; null when too few days have one. */
export function sevenDayMean(
	current: PastReading,
	history: readonly PastReading[]
): { readonly sys: number; readonly dia: number; readonly days: number } | null {
	const today = taipeiDay(current.takenAt);
	const days = new Set<string>();
	let sys = 0;
	let dia = 0;
	let count = 0;
	for (const { reading, takenAt } of [current, ...history]) {
		if (reading.kind !== 'blood_pressure') continue;
		const day = taipeiDay(takenAt);
		const ageDays = daysBetween(day, today);
		if (ageDays < 0 || ageDays >= MEAN_RULE.windowDays) continue;
		days.add(day);
		sys += reading.sys;
		dia += reading.dia;
		count += 1;
	}
	if (days.size < MEAN_RULE.minDaysWithReadings) return null;
	return { sys: sys / count, dia: dia / count, days: days.size };
}

export function meanFindings(current: PastReading, history: readonly PastReading[]): Finding[] {
	const mean = sevenDayMean(current, history);
	const findings: Finding[] = [];
	if (mean !== null && mean.sys >= MEAN_RULE.sbpAtLeast) {
		findings.push(yellow('sbp_mean_high', MEAN_RULE.sbpAtLeast));
	}
	if (mean !== null && mean.dia >= MEAN_RULE.dbpAtLeast) {
		findings.push(yellow('dbp_mean_high', MEAN_RULE.dbpAtLeast));
	}
	return findings;
}

/**
 * Loss against the highest earlier weight of the last month (orange) or year (yellow); gain against the lowest of the last
 * three days for a person with heart failure (orange). The extreme is taken so that a slow change in steps is not missed.
 */
export function weightFindings(
	kg: number,
	takenAt: string,
	history: readonly PastReading[],
	heartFailure: boolean
): Finding[] {
	const earlier = earlierWeights(takenAt, history);
	const findings: Finding[] = [];
	const within = (days: number): number[] =>
		earlier.filter((weight) => weight.ageDays <= days).map((weight) => weight.grams);
	const grams = toGrams(kg);

	const monthHigh = Math.max(...within(WEIGHT_RULE.monthDays));
	const yearHigh = Math.max(...within(WEIGHT_RULE.yearDays));
	if (hasLost(grams, monthHigh, WEIGHT_RULE.monthLossPercent)) {
		findings.push({
			...yellow('weight_loss_month', WEIGHT_RULE.monthLossPercent),
			severity: 'orange'
		});
	} else if (hasLost(grams, yearHigh, WEIGHT_RULE.yearLossPercent)) {
		findings.push(yellow('weight_loss_year', WEIGHT_RULE.yearLossPercent));
	}
	const recentLow = Math.min(...within(WEIGHT_RULE.heartFailureDays));
	if (heartFailure && grams - recentLow >= WEIGHT_RULE.heartFailureGainKg * 1000) {
		findings.push({
			...yellow('weight_gain_heart_failure', WEIGHT_RULE.heartFailureGainKg),
			severity: 'orange'
		});
	}
	return findings;
}

/** The newest weight before `takenAt` in kg, or null. */
export function lastWeightKg(takenAt: string, history: readonly PastReading[]): number | null {
	const newest = earlierWeights(takenAt, history).sort((a, b) => b.atMs - a.atMs)[0];
	return newest === undefined ? null : newest.grams / 1000;
}

interface EarlierWeight {
	readonly grams: number;
	readonly ageDays: number;
	readonly atMs: number;
}

function earlierWeights(takenAt: string, history: readonly PastReading[]): EarlierWeight[] {
	const today = taipeiDay(takenAt);
	const nowMs = Date.parse(takenAt);
	return history.flatMap((past) => {
		const atMs = Date.parse(past.takenAt);
		if (past.reading.kind !== 'weight' || atMs >= nowMs) return [];
		const ageDays = daysBetween(taipeiDay(past.takenAt), today);
		return [{ grams: toGrams(past.reading.value), ageDays, atMs }];
	});
}

/** Integers, so that 57 kg after 60 kg is exactly 5 %. An empty window gives ±Infinity, which never counts. */
function hasLost(grams: number, reference: number, percent: number): boolean {
	return Number.isFinite(reference) && (reference - grams) * 100 >= percent * reference;
}

function toGrams(kg: number): number {
	return Math.round(kg * 1000);
}

function yellow(rule: Finding['rule'], threshold: number): Finding {
	return { severity: 'yellow', rule, threshold, personal: false };
}
