/**
 * What stands against a visit that somebody wants to plan, as far as this phone knows: the same worker elsewhere, a journey that
 * does not fit, a worker who is away, two workers at once where the payment rules forbid it. Clashes warn and never forbid: who
 * plans may know more, and another phone may know of visits that this one has not heard of.
 */
import { isAwayBetween, type AbsenceSpan } from './absences.ts';
import type { VisitRow, VisitStatus } from './rows.ts';
import { baseCode, familyOf } from './visit-warnings.ts';

/** What a clash is judged by. `id` is null while the visit is not planned yet. */
export type PlannedVisit = Pick<
	VisitRow,
	'case_id' | 'worker_id' | 'starts_at' | 'ends_at' | 'planned_codes'
> & { readonly id: string | null };

export type KnownVisit = PlannedVisit &
	Pick<VisitRow, 'status' | 'deleted_at'> & { readonly id: string };

export interface ClashGround<Visit extends KnownVisit, Absence extends AbsenceSpan> {
	readonly visits: readonly Visit[];
	readonly absences: readonly Absence[];
	/** Village by case id; one that is not known says nothing about a journey. */
	readonly villages: ReadonlyMap<string, string | null>;
}

export type Clash<Visit = KnownVisit, Absence = AbsenceSpan> =
	/** The worker is with somebody at that time. */
	| { readonly kind: 'same_worker'; readonly visit: Visit }
	/** From the one household to the other there is less time than the journey takes. */
	| {
			readonly kind: 'travel';
			readonly visit: Visit;
			readonly gapMinutes: number;
			readonly neededMinutes: number;
	  }
	/** Two workers with the same person at once, for services of which that is not paid (E5012). */
	| { readonly kind: 'two_workers'; readonly visit: Visit }
	| { readonly kind: 'away'; readonly absence: Absence };

/**
 * Least minutes between the end of a visit and the start of the next one in another village. An assumption, to be replaced by an
 * agency's own figures: in the mountain townships that this is made for, neighbouring villages are 15 to 30 minutes apart by
 * scooter. Within a village nothing is assumed.
 */
export const MINUTES_TO_ANOTHER_VILLAGE = 20;

/**
 * Services that two workers may give one person at once: E5012 of the payment system (codes without the system's own -1 and -2).
 * Add-ons (A) and professionals (C) are no care workers' services; of them the rule says nothing.
 */
const TWO_WORKERS_ALLOWED: readonly string[] = ['BA05', 'BA09', 'BA09a', 'BA12', 'BA16'];
const CARE_WORKER_FAMILIES: readonly string[] = ['B', 'D', 'G', 'S'];

/** Nobody goes to these; a visit at whose door nobody answered took its time. */
const NOT_MADE: readonly VisitStatus[] = ['cancelled', 'missed'];

/** Whether somebody goes there, or went. */
export function takesTime({
	status,
	deleted_at
}: Pick<KnownVisit, 'status' | 'deleted_at'>): boolean {
	return deleted_at === null && !NOT_MADE.includes(status);
}

/** All clashes of one wanted visit: absences first, then other visits in the order in which they are given. */
export function clashesOf<Visit extends KnownVisit, Absence extends AbsenceSpan>(
	wanted: PlannedVisit,
	{ visits, absences, villages }: ClashGround<Visit, Absence>
): Clash<Visit, Absence>[] {
	const away = absences
		.filter(
			(absence) =>
				absence.user_id === wanted.worker_id &&
				isAwayBetween(absence, wanted.starts_at, wanted.ends_at)
		)
		.map((absence) => ({ kind: 'away' as const, absence }));
	const others = visits.flatMap((visit) => {
		// Cheap questions first: a week of an agency is thousands of visits.
		const sameWorker = wanted.worker_id !== null && visit.worker_id === wanted.worker_id;
		if (!sameWorker && visit.case_id !== wanted.case_id) return [];
		if (visit.id === wanted.id || !takesTime(visit)) return [];
		return clashBetween(wanted, visit, sameWorker, villages);
	});
	return [...away, ...others];
}

function clashBetween<Visit extends KnownVisit>(
	wanted: PlannedVisit,
	visit: Visit,
	sameWorker: boolean,
	villages: ReadonlyMap<string, string | null>
): Clash<Visit, never>[] {
	const gapMinutes = minutesBetween(wanted, visit);
	if (gapMinutes < 0) {
		if (sameWorker) return [{ kind: 'same_worker', visit }];
		const forbidden = needsOneWorker(wanted) && needsOneWorker(visit);
		return forbidden ? [{ kind: 'two_workers', visit }] : [];
	}
	const neededMinutes = journeyMinutes(villages.get(wanted.case_id), villages.get(visit.case_id));
	return sameWorker && gapMinutes < neededMinutes
		? [{ kind: 'travel', visit, gapMinutes, neededMinutes }]
		: [];
}

/** Whole minutes, cut down, from the end of the earlier to the start of the later one; below 0 when they overlap. */
function minutesBetween(a: PlannedVisit, b: PlannedVisit): number {
	const gapMs = Math.max(
		Date.parse(b.starts_at) - Date.parse(a.ends_at),
		Date.parse(a.starts_at) - Date.parse(b.ends_at)
	);
	return Math.floor(gapMs / 60_000);
}

function journeyMinutes(from: string | null | undefined, to: string | null | undefined): number {
	if (!from || !to) return 0;
	return from.trim() === to.trim() ? 0 : MINUTES_TO_ANOTHER_VILLAGE;
}

function needsOneWorker({ planned_codes }: PlannedVisit): boolean {
	return planned_codes.some(
		(code) =>
			CARE_WORKER_FAMILIES.includes(familyOf(code)) && !TWO_WORKERS_ALLOWED.includes(baseCode(code))
	);
}
