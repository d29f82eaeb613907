/** Who is offered to plan visits and absences; the server decides for each care recipient and organisation. */
import { mayDo } from '#lib/domain/permissions.ts';
import type { Me } from '#lib/sync/workspace.ts';

export function isPlanner(me: Pick<Me, 'memberships'>): boolean {
	return me.memberships.some(({ role }) => mayDo(role, 'visit.plan'));
}

/** Who is offered the board: whose work is the week of all, not of one person. */
export function isBoardPlanner(me: Pick<Me, 'memberships'>): boolean {
	return me.memberships.some(({ role }) => role === 'care_manager' || role === 'supervisor');
}

/** Organisations in which I enter and end absences of others, by id. */
export function absencesManagedBy(me: Pick<Me, 'memberships'>): readonly string[] {
	return me.memberships.filter(({ role }) => mayDo(role, 'absence.add')).map(({ orgId }) => orgId);
}
