/** Notes of journeys: which row of each counts, what they come to, and what may be proposed to be noted. */
import { groupBy } from './group-by.ts';
import { newestFirst } from './row-order.ts';
import type { VisitRow } from './rows.ts';
import type { TravelMeans, TravelNoteRow } from './travel-rows.ts';
import type { ActualTimes } from './visit-watch.ts';

/** A longer time between two visits holds a meal or a wait: then it is no measure of the way. Minutes. */
export const LONGEST_GAP = 90;

/** A journey with everything that was said of it. */
export interface Journey {
	/** Id of its first row, also where this phone no longer has that row. */
	readonly id: string;
	/** What counts. */
	readonly now: TravelNoteRow;
	/** What it replaces, newest first. */
	readonly before: readonly TravelNoteRow[];
}

const rootOf = ({ id, corrects_id }: TravelNoteRow) => corrects_id ?? id;

/** By day, then as they were noted. Those that were taken back are among them. */
export function journeysOf(rows: readonly TravelNoteRow[]): Journey[] {
	return [...groupBy(rows, rootOf)]
		.flatMap(([id, said]): Journey[] => {
			const [now, ...before] = newestFirst(said);
			return now ? [{ id, now, before }] : [];
		})
		.sort(
			(a, b) => a.now.travelled_on.localeCompare(b.now.travelled_on) || (a.id < b.id ? -1 : 1) // ids are made in order of time
		);
}

export function isTakenBack({ now }: Journey): boolean {
	return now.minutes === 0;
}

export interface TravelTotal {
	readonly journeys: number;
	readonly minutes: number;
	/** One decimal. */
	readonly km: number;
	/** How many of them say no kilometres. */
	readonly withoutKm: number;
}

export function travelTotal(journeys: readonly Journey[]): TravelTotal {
	const counted = journeys.filter((journey) => !isTakenBack(journey)).map(({ now }) => now);
	const tenths = counted.reduce((sum, { km }) => sum + Math.round((km ?? 0) * 10), 0);
	return {
		journeys: counted.length,
		minutes: counted.reduce((sum, { minutes }) => sum + minutes, 0),
		km: tenths / 10,
		withoutKm: counted.filter(({ km }) => km === null).length
	};
}

/** A visit as it really was. */
export interface Stop {
	readonly visit: VisitRow;
	readonly times: ActualTimes;
}

/** Two visits of one worker with a way between them. */
export interface Leg {
	readonly from: Stop;
	readonly to: Stop;
}

/** The ways of one worker on one day, in order: from a check-out to the next check-in, at another person's. */
export function legsOf(stops: readonly Stop[]): Leg[] {
	const inOrder = [...stops].sort((a, b) => Date.parse(a.times.from) - Date.parse(b.times.from));
	return inOrder.flatMap((to, index) => {
		const from = inOrder[index - 1];
		if (!from || from.times.until === null || from.visit.case_id === to.visit.case_id) return [];
		return [{ from, to }];
	});
}

/** Only what somebody has measured or said before; null is for the person to say. */
export interface Proposal {
	readonly minutes: number | null;
	readonly km: number | null;
	readonly means: TravelMeans | null;
}

/** The people between whom a noted journey went, by their cases. */
export interface PastJourney {
	readonly journey: Journey;
	readonly fromCase: string | null;
	readonly toCase: string | null;
}

/** @param past earlier ones of the same worker */
export function propose({ from, to }: Leg, past: readonly PastJourney[]): Proposal {
	const made = past.filter(({ journey }) => !isTakenBack(journey)).reverse();
	const ends = [from.visit.case_id, to.visit.case_id];
	// The way back is as long as the way there.
	const same = made.find(
		({ fromCase, toCase }) =>
			fromCase !== null && toCase !== null && ends.includes(fromCase) && ends.includes(toCase)
	)?.journey.now;
	const gap = Math.round((Date.parse(to.times.from) - Date.parse(from.times.until ?? '')) / 60_000);
	return {
		minutes: gap > 0 && gap <= LONGEST_GAP ? gap : (same?.minutes ?? null),
		km: same?.km ?? null,
		means: same?.means ?? made[0]?.journey.now.means ?? null
	};
}
