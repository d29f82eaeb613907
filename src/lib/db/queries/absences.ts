/** Who of the organisations on this phone is away, now and later. */
import { backAt, isAwayBetween } from '#lib/domain/absences.ts';
import { compareNames } from '#lib/domain/name-order.ts';
import type { StaffAbsenceRow, StaffRole } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';

export interface AbsenceLine {
	readonly absence: StaffAbsenceRow;
	/** Null when this phone does not have the colleague (yet). */
	readonly name: string | null;
	readonly role: StaffRole | null;
}

/** Absences that are not over at `from`, an instant; those that were taken back before they began are over. */
export async function absencesFrom(db: LocalDb, from: string): Promise<StaffAbsenceRow[]> {
	const rows = await db.staff_absences.where('ends_at').above(from).toArray();
	return rows.filter(
		(row) =>
			row.deleted_at === null &&
			backAt(row) > from &&
			Date.parse(backAt(row)) > Date.parse(row.starts_at)
	);
}

/** The same with names, by their beginning, then by name. */
export async function absenceLines(db: LocalDb, from: string): Promise<AbsenceLine[]> {
	const [rows, memberships] = await Promise.all([absencesFrom(db, from), db.memberships.toArray()]);
	const byPlace = new Map(memberships.map((row) => [`${row.org_id} ${row.user_id}`, row]));
	return rows
		.map((absence) => {
			const place = byPlace.get(`${absence.org_id} ${absence.user_id}`);
			return { absence, name: place?.display_name ?? null, role: place?.role ?? null };
		})
		.sort(
			(a, b) =>
				a.absence.starts_at.localeCompare(b.absence.starts_at) ||
				compareNames(a.name ?? '', b.name ?? '')
		);
}

/** Who is away for any part of a time; instants, the second not included. */
export async function awayBetween(
	db: LocalDb,
	fromAt: string,
	untilAt: string
): Promise<AbsenceLine[]> {
	const lines = await absenceLines(db, fromAt);
	return lines.filter(({ absence }) => isAwayBetween(absence, fromAt, untilAt));
}

/** Visits still to be made by somebody in a time: what an absence would leave without anybody. */
export async function visitsOfWorkerBetween(
	db: LocalDb,
	workerId: string,
	fromAt: string,
	untilAt: string
): Promise<number> {
	// A visit that began the day before may reach into the time.
	const since = new Date(Date.parse(fromAt) - 86_400_000).toISOString();
	const visits = await db.visits
		.where('[worker_id+starts_at]')
		.between([workerId, since], [workerId, untilAt], true, false)
		.toArray();
	return visits.filter(
		({ status, deleted_at, ends_at }) =>
			status === 'planned' && deleted_at === null && ends_at > fromAt
	).length;
}

export interface OrgColleague {
	readonly orgId: string;
	readonly userId: string;
	readonly name: string;
}

/** Who works for these organisations, by name. */
export async function colleagues(db: LocalDb, orgIds: readonly string[]): Promise<OrgColleague[]> {
	const rows = await db.memberships.toArray();
	return rows
		.filter(
			({ org_id, ended_at, deleted_at }) =>
				orgIds.includes(org_id) && ended_at === null && deleted_at === null
		)
		.map(({ org_id, user_id, display_name }) => ({
			orgId: org_id,
			userId: user_id,
			name: display_name
		}))
		.sort((a, b) => compareNames(a.name, b.name));
}
