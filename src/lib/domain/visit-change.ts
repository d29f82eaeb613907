/**
 * Changing visits that are planned: one, it and the later ones of its series, or all that have not begun. Each visit is changed by
 * itself, field by field, so that what a colleague changes meanwhile stands beside it.
 */
import type { Patch } from './mutations/catalogue.ts';
import type { VisitRow, VisitSeriesRow } from './rows.ts';
import { addDays, instantAt, taipeiDay, taipeiTime } from './taiwan-dates.ts';

export type ChangeScope = 'this' | 'later' | 'all';

/** What somebody wants otherwise; what is left out stays. */
export interface VisitChange {
	/** Taipei day; of one visit only, a series keeps its days. */
	readonly day?: string;
	/** Taipei wall clock, HH:MM. */
	readonly startTime?: string;
	readonly minutes?: number;
	readonly worker?: { readonly id: string | null; readonly name: string | null };
	readonly codes?: readonly string[];
}

export interface ChangedVisit {
	readonly visit: VisitRow;
	readonly after: VisitRow;
	readonly patch: Patch<VisitRow>;
}

export interface ChangePlan {
	/** In order of time. */
	readonly changed: readonly ChangedVisit[];
	/** Visits in the scope that were arranged otherwise before, in what is changed now: that stays with them. */
	readonly own: readonly VisitRow[];
}

/** A visit by which somebody has acted is a record; only what is planned can be planned otherwise. */
export function isPlanned({
	status,
	deleted_at
}: Pick<VisitRow, 'status' | 'deleted_at'>): boolean {
	return status === 'planned' && deleted_at === null;
}

/**
 * The visits that a scope touches, in order of time. Of the others of the series only those that are still ahead: one whose time has
 * come may have been begun on a phone without signal.
 * @param siblings visits of the same series, with or without `visit`
 * @param now instant
 */
export function visitsInScope(
	visit: VisitRow,
	siblings: readonly VisitRow[],
	scope: ChangeScope,
	now: string
): VisitRow[] {
	const startMs = Date.parse(visit.starts_at);
	const nowMs = Date.parse(now);
	const others =
		scope === 'this' || visit.series_id === null
			? []
			: siblings.filter((other) => {
					const otherMs = Date.parse(other.starts_at);
					return (
						other.id !== visit.id &&
						other.series_id === visit.series_id &&
						otherMs > nowMs &&
						(scope === 'all' || otherMs >= startMs)
					);
				});
	return [visit, ...others]
		.filter(isPlanned)
		.sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
}

/**
 * The last day of a series out of which these visits are taken. Ending it takes every planned visit after that day, so it reaches as
 * far as the last planned one that stays.
 * @param taken in order of time, not empty
 * @param siblings all visits of the series
 */
export function seriesEndsOn(
	taken: readonly [VisitRow, ...VisitRow[]],
	siblings: readonly VisitRow[]
): string {
	const ids = new Set(taken.map(({ id }) => id));
	return siblings
		.filter((visit) => isPlanned(visit) && !ids.has(visit.id))
		.map(({ starts_at }) => taipeiDay(starts_at))
		.reduce((last, day) => (day > last ? day : last), addDays(taipeiDay(taken[0].starts_at), -1));
}

/** The parts of a visit that are changed and merged as one. */
type Part = 'startTime' | 'minutes' | 'worker' | 'codes';

/** What the wanted visit has otherwise than the visit as it stands. */
export function changeBetween(
	visit: VisitRow,
	wanted: Required<Omit<VisitChange, 'worker'>> & {
		readonly worker: NonNullable<VisitChange['worker']>;
	}
): VisitChange {
	return {
		...(wanted.day === taipeiDay(visit.starts_at) ? {} : { day: wanted.day }),
		...(wanted.startTime === taipeiTime(visit.starts_at) ? {} : { startTime: wanted.startTime }),
		...(wanted.minutes === minutesOf(visit) ? {} : { minutes: wanted.minutes }),
		...(wanted.worker.id === visit.worker_id ? {} : { worker: wanted.worker }),
		...(sameCodes(wanted.codes, visit.planned_codes) ? {} : { codes: wanted.codes })
	};
}

/**
 * What becomes of the visits in the scope. One that was arranged otherwise than its series in what is changed now (its own time, its
 * own worker) keeps that, unless `includeOwn`: an exception was somebody's decision.
 * @param series the pattern; null when this phone does not have it
 */
export function planChange(
	visit: VisitRow,
	inScope: readonly VisitRow[],
	change: VisitChange,
	{ series, includeOwn }: { readonly series: VisitSeriesRow | null; readonly includeOwn: boolean }
): ChangePlan {
	const changed: ChangedVisit[] = [];
	const own: VisitRow[] = [];
	for (const each of inScope) {
		const kept = partsOf(change).filter((part) => hasOwn(each, part, visit, series));
		if (kept.length > 0) own.push(each);
		const { day, ...rest } = change;
		const applied: VisitChange = {
			...(includeOwn ? rest : without(rest, kept)),
			...(day !== undefined && each.id === visit.id ? { day } : {})
		};
		const patch = patchOf(each, applied);
		if (patch !== null) changed.push({ visit: each, ...patch });
	}
	return { changed, own };
}

/** What goes on as the pattern of the series; null when nothing of it changes. */
export function seriesPatch(
	series: VisitSeriesRow,
	{ startTime, minutes, worker, codes }: VisitChange
): Patch<VisitSeriesRow> | null {
	const patch: Patch<VisitSeriesRow> = {
		...(startTime === undefined || startTime === series.start_time
			? {}
			: { start_time: [series.start_time, startTime] as const }),
		...(minutes === undefined || minutes === series.duration_minutes
			? {}
			: { duration_minutes: [series.duration_minutes, minutes] as const }),
		...(worker === undefined || worker.id === series.worker_id
			? {}
			: { worker_id: [series.worker_id, worker.id] as const }),
		...(codes === undefined || sameCodes(codes, series.planned_codes)
			? {}
			: { planned_codes: [series.planned_codes, codes] as const })
	};
	return Object.keys(patch).length === 0 ? null : patch;
}

export function minutesOf({ starts_at, ends_at }: Pick<VisitRow, 'starts_at' | 'ends_at'>): number {
	return Math.round((Date.parse(ends_at) - Date.parse(starts_at)) / 60_000);
}

function partsOf(change: VisitChange): Part[] {
	return (['startTime', 'minutes', 'worker', 'codes'] as const).filter(
		(part) => change[part] !== undefined
	);
}

function without(change: VisitChange, parts: readonly Part[]): VisitChange {
	return Object.fromEntries(
		Object.entries(change).filter(([key]) => !parts.some((part) => part === key))
	);
}

/** Neither as the series has it nor as the visit that is being changed. */
function hasOwn(
	each: VisitRow,
	part: Part,
	visit: VisitRow,
	series: VisitSeriesRow | null
): boolean {
	if (each.id === visit.id) return false;
	switch (part) {
		case 'startTime': {
			const time = taipeiTime(each.starts_at);
			return time !== taipeiTime(visit.starts_at) && time !== series?.start_time;
		}
		case 'minutes': {
			const minutes = minutesOf(each);
			return minutes !== minutesOf(visit) && minutes !== series?.duration_minutes;
		}
		case 'worker':
			return (
				each.worker_id !== visit.worker_id &&
				(series === null || each.worker_id !== series.worker_id)
			);
		case 'codes':
			return (
				!sameCodes(each.planned_codes, visit.planned_codes) &&
				(series === null || !sameCodes(each.planned_codes, series.planned_codes))
			);
	}
}

function patchOf(visit: VisitRow, change: VisitChange): Omit<ChangedVisit, 'visit'> | null {
	const day = change.day ?? taipeiDay(visit.starts_at);
	const time = change.startTime ?? taipeiTime(visit.starts_at);
	const startsAt = instantAt(day, time);
	const minutes = change.minutes ?? minutesOf(visit);
	const endsAt = new Date(Date.parse(startsAt) + minutes * 60_000).toISOString();
	const isMoved =
		Date.parse(startsAt) !== Date.parse(visit.starts_at) ||
		Date.parse(endsAt) !== Date.parse(visit.ends_at);
	const patch: Patch<VisitRow> = {
		// Both ends, always: the start of one colleague's change beside the end of another's would be a time that nobody meant.
		...(isMoved
			? {
					starts_at: [visit.starts_at, startsAt] as const,
					ends_at: [visit.ends_at, endsAt] as const
				}
			: {}),
		...(change.worker === undefined || change.worker.id === visit.worker_id
			? {}
			: { worker_id: [visit.worker_id, change.worker.id] as const }),
		...(change.codes === undefined || sameCodes(change.codes, visit.planned_codes)
			? {}
			: { planned_codes: [visit.planned_codes, change.codes] as const })
	};
	if (Object.keys(patch).length === 0) return null;
	return {
		patch,
		after: {
			...visit,
			...(isMoved ? { starts_at: startsAt, ends_at: endsAt } : {}),
			...(patch.worker_id && change.worker
				? { worker_id: change.worker.id, worker_name: change.worker.name }
				: {}),
			...(patch.planned_codes ? { planned_codes: patch.planned_codes[1] } : {})
		}
	};
}

function sameCodes(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((code) => b.includes(code));
}
