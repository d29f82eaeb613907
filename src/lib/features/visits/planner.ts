/** Who is offered to plan visits; the server decides for each care recipient. */
import type { Me } from '#lib/sync/workspace.ts';

export function isPlanner(me: Pick<Me, 'memberships'>): boolean {
	return me.memberships.some(({ role }) => ['nurse', 'care_manager', 'supervisor'].includes(role));
}
