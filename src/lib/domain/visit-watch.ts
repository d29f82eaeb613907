/**
 * What somebody should look at, of visits as they stand at a moment: not begun, not ended, two at once. It reads what phones have
 * said so far: a visit that "has not begun" may have begun on a phone without signal, so it is a reason to call and never a verdict.
 */
import type { VisitRemarkRow } from './arrival-rows.ts';
import { groupBy } from './group-by.ts';
import { newestFirst } from './row-order.ts';
import type { VisitRow } from './rows.ts';
import { LATE_AFTER_MS } from './visit-lateness.ts';

const MINUTE_MS = 60_000;

/** By then most visits of an hour would be over: whoever is not there does not come, and somebody else must go. */
const OVERDUE_AFTER_MS = 60 * MINUTE_MS;

/**
 * Somebody works alone behind a door, and the check-out that should say "I am out" is missing. Two hours is past every extension of a
 * visit, and early enough to find whoever lies there.
 */
const STILL_THERE_AFTER_MS = 120 * MINUTE_MS;

/** Less is no overlap: clocks of two phones, and the check-out of one door that was tapped at the next. */
export const OVERLAP_FROM_MS = 5 * MINUTE_MS;

/** In order of urgency: whoever may lie there alone, then whoever waits, then what can be mended at the desk. */
export const WATCH_KINDS = [
	'still_there',
	'overdue',
	'no_answer',
	'late',
	'unassigned',
	'missed',
	'overlap'
] as const;
export type WatchKind = (typeof WATCH_KINDS)[number];

export interface WatchedVisit {
	readonly visit: VisitRow;
	readonly kind: WatchKind;
	/** How long it has been late or past its end, or how long two visits overlap; 0 where no time is what matters. */
	readonly minutes: number;
	/** The visit that it overlaps. */
	readonly other: VisitRow | null;
	/** Why it is late, as the worker has said. */
	readonly late: VisitRemarkRow | null;
}

export interface WatchMoment {
	/** Instant, by the clock of this phone. */
	readonly now: string;
	/** That clock minus the server's, as it was last measured; 0 while it is not known. */
	readonly offsetMs: number;
	/** Instant from which visits that failed are told; what failed before today has been heard. */
	readonly failedSince: string;
}

/** When somebody was there, after corrections. */
export interface ActualTimes {
	readonly from: string;
	/** Null while they are there. */
	readonly until: string | null;
}

/** The remark of this kind that counts. */
export function newestRemark(
	remarks: readonly VisitRemarkRow[],
	kind: VisitRemarkRow['kind']
): VisitRemarkRow | null {
	return newestFirst(remarks.filter((remark) => remark.kind === kind))[0] ?? null;
}

/** Null before the check-in, and of a visit at whose door nobody answered. */
export function actualTimes(
	visit: Pick<VisitRow, 'status' | 'checked_in_at' | 'checked_out_at'>,
	remarks: readonly VisitRemarkRow[]
): ActualTimes | null {
	if (visit.status !== 'checked_in' && visit.status !== 'done') return null;
	const corrected = newestRemark(remarks, 'times');
	const from = corrected?.checked_in_at ?? visit.checked_in_at;
	if (from === null) return null;
	return { from, until: corrected?.checked_out_at ?? visit.checked_out_at };
}

/** In order of urgency; of one kind first what has lasted longest. */
export function watchVisits(
	visits: readonly VisitRow[],
	remarks: ReadonlyMap<string, readonly VisitRemarkRow[]>,
	{ now, offsetMs, failedSince }: WatchMoment
): WatchedVisit[] {
	const nowMs = Date.parse(now) - offsetMs;
	const kept = visits.filter(({ deleted_at }) => deleted_at === null);
	const standing = kept.flatMap((visit): WatchedVisit[] => {
		const kind = kindOf(visit, remarks.get(visit.id) ?? [], nowMs, failedSince);
		if (kind === null) return [];
		return [
			{
				visit,
				kind,
				minutes: minutesOf(visit, kind, nowMs),
				other: null,
				late: newestRemark(remarks.get(visit.id) ?? [], 'late')
			}
		];
	});
	const rank = ({ kind }: WatchedVisit) => WATCH_KINDS.indexOf(kind);
	return [...standing, ...overlaps(kept, remarks, nowMs)].sort(
		(a, b) =>
			rank(a) - rank(b) ||
			b.minutes - a.minutes ||
			Date.parse(a.visit.starts_at) - Date.parse(b.visit.starts_at)
	);
}

function kindOf(
	visit: VisitRow,
	remarks: readonly VisitRemarkRow[],
	nowMs: number,
	failedSince: string
): Exclude<WatchKind, 'overlap'> | null {
	const { status, starts_at, ends_at, worker_id } = visit;
	if (status === 'planned') {
		const lateMs = nowMs - Date.parse(starts_at);
		if (lateMs >= OVERDUE_AFTER_MS) return 'overdue';
		if (lateMs > LATE_AFTER_MS) return 'late';
		return worker_id === null ? 'unassigned' : null;
	}
	if (status === 'checked_in') {
		// Who has said when they left is out, whatever the missing check-out says.
		if (actualTimes(visit, remarks)?.until) return null;
		return nowMs - Date.parse(ends_at) >= STILL_THERE_AFTER_MS ? 'still_there' : null;
	}
	const hasFailed = status === 'no_answer' || status === 'missed';
	return hasFailed && Date.parse(starts_at) >= Date.parse(failedSince) ? status : null;
}

function minutesOf({ starts_at, ends_at }: VisitRow, kind: WatchKind, nowMs: number): number {
	if (kind === 'late' || kind === 'overdue') return minutes(nowMs - Date.parse(starts_at));
	return kind === 'still_there' ? minutes(nowMs - Date.parse(ends_at)) : 0;
}

interface Stay {
	readonly visit: VisitRow;
	readonly fromMs: number;
	readonly untilMs: number;
}

/** Each visit that begins while an earlier one of the same worker lasts, with the one that lasts longest. */
function overlaps(
	visits: readonly VisitRow[],
	remarks: ReadonlyMap<string, readonly VisitRemarkRow[]>,
	nowMs: number
): WatchedVisit[] {
	const stays = visits.flatMap((visit): Stay[] => {
		const times = visit.worker_id && actualTimes(visit, remarks.get(visit.id) ?? []);
		if (!times) return [];
		const untilMs = times.until === null ? nowMs : Date.parse(times.until);
		return [{ visit, fromMs: Date.parse(times.from), untilMs }];
	});
	return [...groupBy(stays, ({ visit }) => visit.worker_id).values()].flatMap((ofWorker) => {
		const found: WatchedVisit[] = [];
		let longest: Stay | null = null;
		for (const stay of [...ofWorker].sort((a, b) => a.fromMs - b.fromMs)) {
			if (longest) {
				const sharedMs = Math.min(stay.untilMs, longest.untilMs) - stay.fromMs;
				if (sharedMs >= OVERLAP_FROM_MS) {
					found.push({
						visit: stay.visit,
						kind: 'overlap',
						minutes: minutes(sharedMs),
						other: longest.visit,
						late: null
					});
				}
			}
			if (!longest || stay.untilMs > longest.untilMs) longest = stay;
		}
		return found;
	});
}

function minutes(spanMs: number): number {
	return Math.floor(spanMs / MINUTE_MS);
}
