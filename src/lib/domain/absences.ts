/** Who is away when. An absence says that somebody does not come, never why: the reason is nobody's business but the employer's. */
import type { StaffAbsenceRow } from './rows.ts';

/** What counts of an absence. `ended_at`: taken back, or back at work, from that instant on. */
export type AbsenceSpan = Pick<
	StaffAbsenceRow,
	'user_id' | 'starts_at' | 'ends_at' | 'ended_at' | 'deleted_at'
>;

/** The instant at which the person is there again; not after the start when the absence was taken back before it began. */
export function backAt({ ends_at, ended_at }: Pick<AbsenceSpan, 'ends_at' | 'ended_at'>): string {
	return ended_at !== null && Date.parse(ended_at) < Date.parse(ends_at) ? ended_at : ends_at;
}

/**
 * Is somebody away for any part of a time? One who comes back at the instant at which it starts is not.
 * @param fromAt instant
 * @param untilAt instant, not included
 */
export function isAwayBetween(absence: AbsenceSpan, fromAt: string, untilAt: string): boolean {
	if (absence.deleted_at !== null) return false;
	const start = Date.parse(absence.starts_at);
	const end = Date.parse(backAt(absence));
	return start < end && start < Date.parse(untilAt) && end > Date.parse(fromAt);
}
