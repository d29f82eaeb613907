/** The duty roster of one organisation, as this phone knows it. */
import { compareNames } from '#lib/domain/name-order.ts';
import type { DutyShiftRow } from '#lib/domain/duty-rows.ts';
import type { MembershipRow } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { isCurrent, isKept } from './kept.ts';
import { officeDaysOf } from './office-days.ts';

export interface DutyRoster {
	/** By the hour at which they begin, then by name; those that are over too. */
	readonly shifts: readonly DutyShiftRow[];
	/** Who works there now, by user. Whoever is not among them is not on duty. */
	readonly people: ReadonlyMap<string, MembershipRow>;
	/** Taipei days. */
	readonly holidays: ReadonlySet<string>;
}

export async function dutyRoster(db: LocalDb, orgId: string): Promise<DutyRoster> {
	const [shifts, members, days] = await Promise.all([
		db.duty_shifts.toArray(),
		db.memberships.where('org_id').equals(orgId).toArray(),
		officeDaysOf(db, orgId)
	]);
	return {
		shifts: shifts
			.filter((row) => row.org_id === orgId && isKept(row))
			.sort(
				(a, b) =>
					a.starts_at_time.localeCompare(b.starts_at_time) || compareNames(a.user_name, b.user_name)
			),
		people: new Map(
			members
				.filter(isCurrent)
				.sort((a, b) => compareNames(a.display_name, b.display_name))
				.map((row) => [row.user_id, row])
		),
		holidays: new Set(days.filter(({ kind }) => kind === 'holiday').map(({ day }) => day))
	};
}
