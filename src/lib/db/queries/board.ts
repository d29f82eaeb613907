/** What the planner's board shows. Visits are asked for by themselves: a move reads them again and nothing else. */
import { UNASSIGNED, type BoardStaff } from '#lib/domain/board.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import { compareNames } from '#lib/domain/name-order.ts';
import type {
	CaseMemberRow,
	CaseRow,
	MembershipRow,
	StaffRole,
	VisitRow
} from '#lib/domain/rows.ts';
import { addDays, startOfDay } from '#lib/domain/taiwan-dates.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { isCurrent } from './kept.ts';
import { whereabouts } from './clashes.ts';

/** Taipei days, both included. */
export interface BoardSpan {
	readonly fromDay: string;
	readonly toDay: string;
}

/** Visits that start in the span. */
export async function boardVisits(
	db: LocalDb,
	{ fromDay, toDay }: BoardSpan
): Promise<readonly VisitRow[]> {
	return await db.visits
		.where('starts_at')
		.between(startOfDay(fromDay), startOfDay(addDays(toDay, 1)), true, false)
		.toArray();
}

export interface BoardDirectory {
	/** Who has a row also without a visit, in the order of the rows. */
	readonly staff: readonly BoardStaff[];
	/** Of my organisations, current, by user id. */
	readonly memberships: ReadonlyMap<string, readonly MembershipRow[]>;
	/** By case id; who stands there now. */
	readonly circles: ReadonlyMap<string, readonly CaseMemberRow[]>;
	readonly people: ReadonlyMap<string, CaseRow>;
	readonly villages: ReadonlyMap<string, string | null>;
}

/** Who visits people; others have a row while a visit is theirs. */
const VISITING: readonly StaffRole[] = [
	'worker',
	'nurse',
	'therapist',
	'dietitian',
	'pharmacist',
	'social_worker'
];

export async function boardDirectory(
	db: LocalDb,
	orgIds: readonly string[]
): Promise<BoardDirectory> {
	const [memberships, members, people] = await Promise.all([
		db.memberships.toArray(),
		db.case_members.toArray(),
		db.cases.toArray()
	]);
	const own = memberships.filter((row) => orgIds.includes(row.org_id) && isCurrent(row));
	const visiting = own
		.filter(({ role }) => VISITING.includes(role))
		.sort(
			(a, b) =>
				VISITING.indexOf(a.role) - VISITING.indexOf(b.role) ||
				compareNames(a.display_name, b.display_name)
		);
	const staff = new Map(visiting.map((row) => [row.user_id, row.display_name]));
	return {
		staff: [...staff].map(([id, name]) => ({ id, name })),
		memberships: groupBy(own, ({ user_id }) => user_id),
		circles: groupBy(members.filter(isCurrent), ({ case_id }) => case_id),
		...whereabouts(people)
	};
}

/** The rows of the board: nobody first, then the staff, then who has a visit in these days besides. */
export function boardStaff(
	{ staff }: Pick<BoardDirectory, 'staff'>,
	visits: readonly VisitRow[]
): BoardStaff[] {
	const known = new Set(staff.map(({ id }) => id));
	const others = new Map<string, string>();
	for (const { worker_id, worker_name, deleted_at } of visits) {
		if (worker_id === null || deleted_at !== null || known.has(worker_id)) continue;
		others.set(worker_id, worker_name ?? '');
	}
	return [
		{ id: UNASSIGNED, name: '' },
		...staff,
		...[...others].map(([id, name]) => ({ id, name })).sort((a, b) => compareNames(a.name, b.name))
	];
}
