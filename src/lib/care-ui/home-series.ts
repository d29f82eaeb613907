/** The home blood pressure series out of rows of measurements, and its mean in words. */
import {
	HOME_SERIES,
	latestHomeSeries,
	type HomeSeries,
	type SeriesMean
} from '#lib/domain/home-pressure.ts';
import type { MeasurementRow } from '#lib/domain/rows.ts';
import { addDays, startOfDay } from '#lib/domain/taiwan-dates.ts';
import { m } from '#lib/paraglide/messages.js';

/** A series that began longer ago is looked up in the chart. */
const LOOKED_BACK_DAYS = 90;

/** Instant from which blood pressures are read for the latest series. */
export function seriesSince(today: string): string {
	return startOfDay(addDays(today, -LOOKED_BACK_DAYS));
}

export function seriesOf(rows: readonly MeasurementRow[]): HomeSeries | null {
	return latestHomeSeries(
		rows.flatMap(({ id, measured_at, value, value2, context }) =>
			value2 === null ? [] : [{ id, takenAt: measured_at, sys: value, dia: value2, context }]
		)
	);
}

/** `第 2–7 天平均 134/82 mmHg，達到 130/80`. */
export function meanWords({ sys, dia, isHigh }: SeriesMean): string {
	const value = `${sys}/${dia} mmHg`;
	const limit = `${HOME_SERIES.sbpAtLeast}/${HOME_SERIES.dbpAtLeast}`;
	return isHigh ? m.care_series_mean_high({ value, limit }) : m.care_series_mean({ value, limit });
}
