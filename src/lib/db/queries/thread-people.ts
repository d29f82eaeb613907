/** Who sees a thread, or a task's comments: whom words in it can be meant for. */
import { compareNames } from '#lib/domain/name-order.ts';
import type { CaseRole } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { membersOf } from './cases.ts';
import { isCurrent, isKept } from './kept.ts';

export interface ThreadPerson {
	readonly id: string;
	readonly name: string;
	readonly role: CaseRole;
	/** In the circle now, or supervising it; others only have their names read. */
	readonly isHere: boolean;
}

/** By name, each once. @param audience staff: the family is left out */
export async function threadPeople(
	db: LocalDb,
	caseId: string,
	audience: 'circle' | 'staff'
): Promise<readonly ThreadPerson[]> {
	const [person, members] = await Promise.all([db.cases.get(caseId), membersOf(db, caseId)]);
	if (!person) return [];
	const staff = await db.memberships.where('org_id').equals(person.org_id).toArray();
	const all = [
		...members
			.filter(({ role }) => audience === 'circle' || role !== 'family')
			.map((member) => ({
				id: member.user_id,
				name: member.display_name,
				role: member.role,
				isHere: isCurrent(member)
			})),
		...staff
			.filter((membership) => membership.role === 'supervisor' && isKept(membership))
			.map((membership) => ({
				id: membership.user_id,
				name: membership.display_name,
				role: membership.role,
				isHere: membership.ended_at === null
			}))
	];
	// Of somebody who came back the place that they have now.
	const byId = new Map(
		all.toSorted((a, b) => Number(a.isHere) - Number(b.isHere)).map((each) => [each.id, each])
	);
	return [...byId.values()].sort((a, b) => compareNames(a.name, b.name));
}
