/** Visits that nobody would make as things stand, and who could go. */
import { clashesOf, takesTime, type Clash } from '#lib/domain/clashes.ts';
import { isAwayBetween } from '#lib/domain/absences.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import { compareNames } from '#lib/domain/name-order.ts';
import { mayDo } from '#lib/domain/permissions.ts';
import { caseRole } from '#lib/domain/case-role.ts';
import type {
	CaseMemberRow,
	CaseRow,
	MembershipRow,
	StaffAbsenceRow,
	VisitOfferRow,
	VisitRow
} from '#lib/domain/rows.ts';
import { addDays, startOfDay, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { absencesFrom } from './absences.ts';
import { isCurrent } from './kept.ts';
import { whereabouts, type PlanGround } from './clashes.ts';
import { offersByVisit } from './offers.ts';

export type PlanClash = Clash<VisitRow, StaffAbsenceRow>;

export interface Substitute {
	readonly id: string;
	readonly name: string;
	readonly role: CaseMemberRow['role'] | MembershipRow['role'];
	/** Stands in the circle, and can be sent without being asked. */
	readonly isInCircle: boolean;
	/** The organisation for which they can be asked; null when it is not one of mine. */
	readonly askOrgId: string | null;
	/** Does what the one who was to go does; a care worker's work where nobody was named. */
	readonly isSameRole: boolean;
	/** What stands against sending this person; empty when they are free. */
	readonly clashes: readonly PlanClash[];
	/** Visits that they make on that day already. */
	readonly visitsThatDay: number;
}

export interface CoverLine {
	readonly visit: VisitRow;
	readonly person: CaseRow;
	/**
	 * `unassigned`: nobody was named · `away`: absent at that time · `left`: not in the circle any more · `asked`: somebody wants another
	 * one to go, for a reason that no plan shows.
	 */
	readonly why: 'unassigned' | 'away' | 'left' | 'asked';
	/**
	 * Who can come first; of those who does the same work, in the circle or not, before others of the circle: a care manager is no care
	 * worker. Then the circle, who is free, and who has fewest visits that day.
	 */
	readonly substitutes: readonly Substitute[];
	/** Who was asked, the latest first. */
	readonly offers: readonly VisitOfferRow[];
}

/** How far ahead somebody is looked for. */
const COVER_DAYS = 14;

interface Planner {
	readonly userId: string;
	readonly memberships: readonly { readonly orgId: string; readonly role: string }[];
}

/**
 * Of the people for whom I may plan, from now on, in order of time.
 * @param now instant
 * @param askedId the visit for which somebody looks for another one; it is there as long as it is planned, also when its time has passed
 */
export async function visitsToCover(
	db: LocalDb,
	{
		me,
		now,
		askedId = null
	}: { readonly me: Planner; readonly now: string; readonly askedId?: string | null }
): Promise<CoverLine[]> {
	const today = taipeiDay(now);
	const [visits, absences, people, members, colleagues, offers] = await Promise.all([
		db.visits
			.where('starts_at')
			.between(startOfDay(addDays(today, -1)), startOfDay(addDays(today, COVER_DAYS + 1)))
			.toArray(),
		absencesFrom(db, now),
		db.cases.toArray(),
		db.case_members.toArray(),
		colleaguesOf(db, me),
		offersByVisit(db)
	]);
	const circles = groupBy(
		members.filter(({ deleted_at }) => deleted_at === null),
		({ case_id }) => case_id
	);
	const ofWorker = groupBy(visits, ({ worker_id }) => worker_id);
	const places = whereabouts(people);
	return visits
		.filter((visit) => isToBeMade(visit, visit.id === askedId ? '' : now))
		.sort((a, b) => a.starts_at.localeCompare(b.starts_at))
		.flatMap((visit) => {
			const person = places.people.get(visit.case_id);
			const circle = circles.get(visit.case_id) ?? [];
			const why = whyNobody(visit, absences, circle) ?? (visit.id === askedId ? 'asked' : null);
			if (!person || why === null) return [];
			if (!mayDo(caseRole(me, person.org_id, circle), 'visit.patch')) return [];
			const ground = (workerId: string): PlanGround => ({
				...places,
				absences,
				visits: ofWorker.get(workerId) ?? []
			});
			return [
				{
					visit,
					person,
					why,
					substitutes: substitutesFor(visit, circle, colleagues, ground),
					offers: offers.get(visit.id) ?? []
				}
			];
		});
}

function isToBeMade({ status, deleted_at, ends_at }: VisitRow, now: string): boolean {
	return status === 'planned' && deleted_at === null && ends_at > now;
}

function whyNobody(
	visit: VisitRow,
	absences: readonly StaffAbsenceRow[],
	circle: readonly CaseMemberRow[]
): CoverLine['why'] | null {
	const { worker_id, starts_at, ends_at } = visit;
	if (worker_id === null) return 'unassigned';
	const away = absences.some(
		(absence) => absence.user_id === worker_id && isAwayBetween(absence, starts_at, ends_at)
	);
	if (away) return 'away';
	// A supervisor who goes stands in no circle: only who stood in it can have left it.
	const places = circle.filter(({ user_id }) => user_id === worker_id);
	return places.length > 0 && !places.some(isCurrent) ? 'left' : null;
}

/** Who works for an organisation of mine and could be asked; a supervisor is not, there is no place for one in a circle. */
async function colleaguesOf(db: LocalDb, me: Planner): Promise<MembershipRow[]> {
	const mine = new Set(me.memberships.map(({ orgId }) => orgId));
	const rows = await db.memberships.toArray();
	return rows.filter(
		(row) =>
			mine.has(row.org_id) &&
			row.role !== 'supervisor' &&
			row.ended_at === null &&
			row.deleted_at === null &&
			row.user_id !== me.userId
	);
}

function substitutesFor(
	visit: VisitRow,
	circle: readonly CaseMemberRow[],
	colleagues: readonly MembershipRow[],
	groundOf: (workerId: string) => PlanGround
): Substitute[] {
	const day = taipeiDay(visit.starts_at);
	const wantedRole =
		circle.find(({ user_id }) => user_id === visit.worker_id && visit.worker_id !== null)?.role ??
		'worker';
	const orgOf = new Map(colleagues.map(({ user_id, org_id }) => [user_id, org_id]));
	const members = circle.filter((member) => isCurrent(member) && member.role !== 'family');
	const inCircle = new Set(members.map(({ user_id }) => user_id));
	const others = colleagues.filter(({ user_id }) => !inCircle.has(user_id));
	return [...members, ...new Map(others.map((row) => [row.user_id, row])).values()]
		.filter(({ user_id }) => user_id !== visit.worker_id)
		.map(({ user_id, display_name, role }): Substitute => {
			const ground = groundOf(user_id);
			return {
				id: user_id,
				name: display_name,
				role,
				isInCircle: inCircle.has(user_id),
				askOrgId: orgOf.get(user_id) ?? null,
				isSameRole: role === wantedRole,
				clashes: clashesOf({ ...visit, worker_id: user_id }, ground),
				visitsThatDay: ground.visits.filter(
					(other) => takesTime(other) && taipeiDay(other.starts_at) === day
				).length
			};
		})
		.sort(
			(a, b) =>
				Number(cannotCome(a)) - Number(cannotCome(b)) ||
				Number(b.isSameRole) - Number(a.isSameRole) ||
				Number(b.isInCircle) - Number(a.isInCircle) ||
				hindrance(a) - hindrance(b) ||
				a.visitsThatDay - b.visitsThatDay ||
				compareNames(a.name, b.name)
		);
}

function cannotCome(worker: Pick<Substitute, 'clashes'>): boolean {
	return hindrance(worker) >= 2;
}

/** 0: free. A tight journey can be managed, being in two places cannot, and who is away does not come at all. */
function hindrance({ clashes }: Pick<Substitute, 'clashes'>): number {
	const kinds = clashes.map(({ kind }) => kind);
	if (kinds.includes('away')) return 3;
	if (kinds.includes('same_worker')) return 2;
	return kinds.length > 0 ? 1 : 0;
}

/** Whom the visits that clash belong to, by case id. */
export async function peopleById(db: LocalDb): Promise<ReadonlyMap<string, CaseRow>> {
	return whereabouts(await db.cases.toArray()).people;
}
