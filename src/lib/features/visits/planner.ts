/** Who is offered to plan visits; the server decides for each care recipient. */
import { mayDo } from '#lib/domain/permissions.ts';
import type { Me } from '#lib/sync/workspace.ts';

export function isPlanner(me: Pick<Me, 'memberships'>): boolean {
	return me.memberships.some(({ role }) => mayDo(role, 'visit.plan'));
}
