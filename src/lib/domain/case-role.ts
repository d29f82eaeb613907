/** Who somebody is towards one case. By itself, because recording an intent asks for it and for nothing else of the permissions. */
import type { CaseRole } from './rows.ts';

/** A person's strongest role towards one case: in its circle, or as supervisor of the organisation that holds it. */
export function caseRole(
	me: {
		readonly userId: string;
		readonly memberships: readonly { readonly orgId: string; readonly role: string }[];
	},
	caseOrgId: string,
	members: readonly {
		readonly user_id: string;
		readonly role: CaseRole;
		readonly ended_at: string | null;
	}[]
): CaseRole | null {
	const supervises = me.memberships.some(
		(membership) => membership.orgId === caseOrgId && membership.role === 'supervisor'
	);
	if (supervises) return 'supervisor';
	return (
		members.find((member) => member.user_id === me.userId && member.ended_at === null)?.role ?? null
	);
}
