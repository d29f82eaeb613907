/**
 * The "722" series of home blood pressure: seven days, morning and evening, two readings a minute apart. It is read out of measurements:
 * the first one that was entered for a series begins it, and every other blood pressure of its mornings and evenings belongs to it.
 */

import { addDays, daysBetween, instantParts, taipeiDay } from './taiwan-dates.ts';
import { MEAN_RULE } from './vital-sign-rules.ts';

/** Proposal, to be confirmed by a clinician before it is relied upon. */
export const HOME_SERIES = {
	id: 'home-722-1',
	effectiveFrom: '2026-11-22',
	status: 'to_be_confirmed_by_clinician',
	source: '2022 Taiwan hypertension guideline (130/80, 722)',
	days: 7,
	readingsEach: 2,
	minutesApart: 1,
	/** The first day is for getting used to it: the mean is of the second to the seventh. */
	firstDayOfMean: 2,
	/** One day would decide the mean of too few. */
	minDaysOfMean: MEAN_RULE.minDaysWithReadings,
	sbpAtLeast: MEAN_RULE.sbpAtLeast,
	dbpAtLeast: MEAN_RULE.dbpAtLeast
} as const;

export type Slot = 'morning' | 'evening';

const SLOTS: readonly Slot[] = ['morning', 'evening'];

/** How a measurement says that it was entered for a series, and for which slot; in its `context`. */
export const SLOT_CONTEXT: Readonly<Record<Slot, string>> = {
	morning: 'home_722_morning',
	evening: 'home_722_evening'
};

export interface PressureReading {
	readonly id: string;
	/** Instant. */
	readonly takenAt: string;
	readonly sys: number;
	readonly dia: number;
	readonly context: string | null;
}

export interface SeriesSlot {
	readonly slot: Slot;
	/** In the order in which they were taken; two at most. */
	readonly readings: readonly PressureReading[];
	/** How many are still to be measured. */
	readonly missing: number;
}

export interface SeriesDay {
	/** Taipei day. */
	readonly day: string;
	/** 1 to 7. */
	readonly number: number;
	readonly slots: readonly SeriesSlot[];
}

export interface SeriesMean {
	/** Cut to whole mmHg, so that a number below the limit is never shown as the limit. */
	readonly sys: number;
	readonly dia: number;
	readonly isHigh: boolean;
	readonly readings: number;
}

export interface HomeSeries {
	readonly startsOn: string;
	readonly endsOn: string;
	readonly days: readonly SeriesDay[];
	readonly missing: number;
	/** Null while too few days have readings. */
	readonly mean: SeriesMean | null;
}

/** The latest series in these blood pressures of one person, in any order; null where none was begun. */
export function latestHomeSeries(readings: readonly PressureReading[]): HomeSeries | null {
	const startsOn = latestStart(readings);
	if (startsOn === null) return null;
	const days = Array.from({ length: HOME_SERIES.days }, (_, index): SeriesDay => {
		const day = addDays(startsOn, index);
		const ofDay = readings.filter(({ takenAt }) => taipeiDay(takenAt) === day);
		return { day, number: index + 1, slots: SLOTS.map((slot) => slotOf(slot, ofDay)) };
	});
	const all = days.flatMap(({ slots }) => slots);
	return {
		startsOn,
		endsOn: addDays(startsOn, HOME_SERIES.days - 1),
		days,
		missing: all.reduce((sum, { missing }) => sum + missing, 0),
		mean: meanOf(days)
	};
}

/** Is this day one on which the series is still measured? */
export function isRunning({ startsOn, endsOn }: HomeSeries, today: string): boolean {
	return startsOn <= today && today <= endsOn;
}

/** A reading entered for a series begins one, unless it still falls into the seven days of the one before. */
function latestStart(readings: readonly PressureReading[]): string | null {
	const days = readings
		.filter(({ context }) => markedSlot(context) !== null)
		.map(({ takenAt }) => taipeiDay(takenAt))
		.sort();
	let start: string | null = null;
	for (const day of days) {
		if (start === null || daysBetween(start, day) >= HOME_SERIES.days) start = day;
	}
	return start;
}

/** Readings that were entered for the series come first: a visit's own may be a second one after an alarm. */
function slotOf(slot: Slot, ofDay: readonly PressureReading[]): SeriesSlot {
	const marked = (reading: PressureReading) => Number(markedSlot(reading.context) !== null);
	const readings = ofDay
		.filter((reading) => slotOfReading(reading) === slot)
		.sort((a, b) => marked(b) - marked(a) || compareTaken(a, b))
		.slice(0, HOME_SERIES.readingsEach)
		.sort(compareTaken);
	return { slot, readings, missing: HOME_SERIES.readingsEach - readings.length };
}

function slotOfReading({ context, takenAt }: PressureReading): Slot | null {
	const { partOfDay } = instantParts(takenAt);
	return markedSlot(context) ?? SLOTS.find((slot) => slot === partOfDay) ?? null;
}

function markedSlot(context: string | null): Slot | null {
	return SLOTS.find((slot) => SLOT_CONTEXT[slot] === context) ?? null;
}

function meanOf(days: readonly SeriesDay[]): SeriesMean | null {
	const counted = days
		.filter(({ number }) => number >= HOME_SERIES.firstDayOfMean)
		.map(({ slots }) => slots.flatMap(({ readings }) => readings))
		.filter((readings) => readings.length > 0);
	if (counted.length < HOME_SERIES.minDaysOfMean) return null;
	const readings = counted.flat();
	const sys = Math.floor(readings.reduce((sum, one) => sum + one.sys, 0) / readings.length);
	const dia = Math.floor(readings.reduce((sum, one) => sum + one.dia, 0) / readings.length);
	const isHigh = sys >= HOME_SERIES.sbpAtLeast || dia >= HOME_SERIES.dbpAtLeast;
	return { sys, dia, isHigh, readings: readings.length };
}

function compareTaken(a: PressureReading, b: PressureReading): number {
	return a.takenAt.localeCompare(b.takenAt) || a.id.localeCompare(b.id);
}
