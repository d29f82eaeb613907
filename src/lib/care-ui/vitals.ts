/** Vital signs in words: value with unit, and the range that is usual for one person. */
import type { MeasurementRow } from '#lib/domain/rows.ts';
import type { PersonLimits, VitalKind } from '#lib/domain/vital-sign-types.ts';
import { HOME_RULES, type Metric, type MetricRule } from '#lib/domain/vital-sign-rules.ts';
import { columnsToReading } from '#lib/domain/vital-sign-entry.ts';
import { thresholdsFor } from '#lib/domain/vital-signs.ts';
import { m } from '#lib/paraglide/messages.js';

/** The metrics of a kind; the first is the one that a chart leads with. */
export function metricsOf(kind: VitalKind): readonly Metric[] {
	return kind === 'blood_pressure' ? ['sbp', 'dbp'] : [kind];
}

/** `128/76`, `36.5`, `HI（高於機器範圍）`; without unit. */
export function vitalValue(
	row: Pick<MeasurementRow, 'kind' | 'value' | 'value2' | 'context'>
): string {
	const reading = columnsToReading(row);
	if (reading === null) return String(row.value);
	if (reading.kind === 'blood_pressure') return `${reading.sys}/${reading.dia}`;
	if (reading.value === 'HI') return m.care_glucose_hi();
	if (reading.value === 'LO') return m.care_glucose_lo();
	return metricValue(reading.kind, reading.value);
}

/** `128/76 mmHg`. */
export function vitalText(
	row: Pick<MeasurementRow, 'kind' | 'value' | 'value2' | 'context'>
): string {
	return `${vitalValue(row)} ${vitalUnit(row.kind)}`;
}

/** One number with as many decimals as can be entered. */
export function metricValue(metric: Metric, value: number): string {
	return HOME_RULES.metrics[metric].entry.step === 1 ? String(value) : value.toFixed(1);
}

export function vitalUnit(kind: VitalKind): string {
	return metricUnit(metricsOf(kind)[0] ?? 'sbp');
}

export function metricUnit(metric: Metric): string {
	const unit: MetricRule['unit'] = HOME_RULES.metrics[metric].unit;
	if (unit === 'bpm' || unit === '/min') return m.care_unit_per_minute();
	return unit === 'NRS' ? m.care_unit_nrs() : unit;
}

/** What does not alarm for this person: from the highest low level up to below the lowest high level; null where a side is open. */
export function usualRange(
	metric: Metric,
	limits: PersonLimits
): { readonly from: number | null; readonly to: number | null } {
	const { high, low } = thresholdsFor(metric, limits);
	const highs = Object.values(high);
	const lows = Object.values(low);
	return {
		from: lows.length > 0 ? Math.max(...lows) : null,
		to: highs.length > 0 ? Math.min(...highs) - HOME_RULES.metrics[metric].entry.step : null
	};
}
