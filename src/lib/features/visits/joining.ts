/** Who may be sent to a person: the circle, its supervisors, and colleagues who enter the circle with it. */
import type { CaseMemberRow, CaseRow, CircleRole, MembershipRow } from '#lib/domain/rows.ts';
import { mayDo } from '#lib/domain/permissions.ts';
import { caseRole } from '#lib/domain/case-role.ts';
import type { Me } from '#lib/sync/workspace.ts';

/** A place in the organisation that becomes one in the circle. */
export interface Joining {
	readonly membership: MembershipRow;
	readonly role: CircleRole;
}

export type Standing =
	| { readonly kind: 'in_circle' }
	| ({ readonly kind: 'joins' } & Joining)
	| { readonly kind: 'barred' };

/**
 * What stands between somebody and a visit to this person. The server asks the same (works_in).
 * @param memberships theirs, current
 * @param circle who stands in the person's circle now
 */
export function standingOf(
	workerId: string,
	{
		me,
		person,
		memberships,
		circle
	}: {
		readonly me: Me;
		readonly person: Pick<CaseRow, 'org_id'>;
		readonly memberships: readonly MembershipRow[];
		readonly circle: readonly CaseMemberRow[];
	}
): Standing {
	const isIn = circle.some(({ user_id, role }) => user_id === workerId && role !== 'family');
	const ofOrg = memberships.filter(({ org_id }) => org_id === person.org_id);
	if (isIn || ofOrg.some(({ role }) => role === 'supervisor')) return { kind: 'in_circle' };
	const [membership] = ofOrg;
	const role = membership?.role;
	const mayAdd = mayDo(caseRole(me, person.org_id, circle), 'case_member.add');
	return mayAdd && membership && role !== undefined && role !== 'supervisor'
		? { kind: 'joins', membership, role }
		: { kind: 'barred' };
}
