/** What nearly every query asks: which rows count. What Today asks stands here, because it comes with the first load. */
import type { EmergencyStatus, TaskStatus, VisitRow } from '#lib/domain/rows.ts';
import { addDays, startOfDay } from '#lib/domain/taiwan-dates.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';

export const OPEN_EMERGENCY: readonly EmergencyStatus[] = ['open', 'acknowledged', 'acting'];
export const LIVE_TASK: readonly TaskStatus[] = ['open', 'accepted', 'doing', 'expired'];

export function isKept(row: { readonly deleted_at: string | null }): boolean {
	return row.deleted_at === null;
}

export function isCurrent(row: {
	readonly deleted_at: string | null;
	readonly ended_at: string | null;
}): boolean {
	return row.deleted_at === null && row.ended_at === null;
}

/** In order of time, cancelled and deleted ones included. */
export async function visitsOfDay(db: LocalDb, day: string): Promise<VisitRow[]> {
	const visits = await db.visits
		.where('starts_at')
		.between(startOfDay(day), startOfDay(addDays(day, 1)), true, false)
		.toArray();
	return visits.filter(isKept);
}

/** How many nobody has closed yet. */
export async function openEmergencyCount(db: LocalDb): Promise<number> {
	return (await whereAny(db.emergencies, 'status', OPEN_EMERGENCY)).filter(isKept).length;
}
