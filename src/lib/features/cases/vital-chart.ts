/** Rows of measurements as the chart takes them: points, the person's usual range, emergencies, and a sentence that says the same. */
import { instantWords, midSentence } from '#lib/care-ui/dates.ts';
import { severityTone } from '#lib/care-ui/looks.ts';
import { metricName, vitalName } from '#lib/care-ui/names.ts';
import { incidentName, severityName } from '#lib/care-ui/state-names.ts';
import { metricsOf, metricValue, usualRange, vitalText } from '#lib/care-ui/vitals.ts';
import type { EmergencyRow, MeasurementRow } from '#lib/domain/rows.ts';
import type { Metric } from '#lib/domain/vital-sign-rules.ts';
import type { PersonLimits, VitalKind } from '#lib/domain/vital-sign-types.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ChartBand, ChartEvent, ChartSeries } from '#lib/ui/chart-types.ts';

/** Marks beyond these would cover the line. */
const MOST_EVENTS = 3;

export function chartSeries(kind: VitalKind, rows: readonly MeasurementRow[]): ChartSeries[] {
	return metricsOf(kind).map((metric, index) => ({
		id: metric,
		label: metricName(metric),
		points: rows.flatMap((row) => {
			const value = index === 0 ? row.value : row.value2;
			if (value === null) return [];
			// A blood pressure has one severity; its mark stands on the upper line.
			const severity = index === 0 ? { severity: severityTone(row.severity) } : {};
			return [{ at: Date.parse(row.measured_at), value, ...severity }];
		})
	}));
}

/** The usual range of each metric; one of this person's own is named so. */
export function chartBands(kind: VitalKind, limits: PersonLimits): ChartBand[] {
	return metricsOf(kind).flatMap((metric): ChartBand[] => {
		const { from, to } = usualRange(metric, limits);
		if (from === null && to === null) return [];
		const range = rangeWords(metric, from, to);
		const isOwn = limits[metric] !== undefined || (metric === 'spo2' && limits.copd === true);
		const words = { name: metricName(metric), range };
		return [
			{
				from,
				to,
				tone: 'success',
				label: isOwn ? m.cases_range_own(words) : m.cases_range_usual(words)
			}
		];
	});
}

export function chartEvents(emergencies: readonly EmergencyRow[]): ChartEvent[] {
	return emergencies
		.toSorted((a, b) => b.occurred_at.localeCompare(a.occurred_at))
		.slice(0, MOST_EVENTS)
		.reverse()
		.map((emergency) => ({
			at: Date.parse(emergency.occurred_at),
			label: incidentName(emergency.incident_type),
			severity: severityTone(emergency.severity)
		}));
}

/** Last value and when, how many values there are, and how many were outside the limits. */
export function chartSummary(
	kind: VitalKind,
	rows: readonly MeasurementRow[],
	today: string
): string {
	const latest = rows.at(-1);
	if (!latest) return vitalName(kind);
	const outside = rows.filter((row) => row.severity !== 'none').length;
	return m.cases_chart_summary({
		name: vitalName(kind),
		count: rows.length,
		outside,
		last: `${vitalText(latest)} ${severityName(latest.severity)}`,
		when: midSentence(instantWords(latest.measured_at, today))
	});
}

function rangeWords(metric: Metric, from: number | null, to: number | null): string {
	if (from === null) return m.cases_range_to({ to: to === null ? '' : metricValue(metric, to) });
	if (to === null) return m.cases_range_from({ from: metricValue(metric, from) });
	return `${metricValue(metric, from)}–${metricValue(metric, to)}`;
}
