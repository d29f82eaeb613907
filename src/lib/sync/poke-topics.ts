/** The realtime topics that concern this person, from what this phone knows (topics: supabase/migrations, stamps). */
import type { LocalDb } from '#lib/db/local-db.ts';
import type { Me } from './workspace.ts';

export async function pokeTopics(db: LocalDb, me: Me): Promise<string[]> {
	const topics = new Set([`user:${me.userId}`]);
	const stored = await db.memberships.where('user_id').equals(me.userId).toArray();
	const memberships = [
		...me.memberships,
		...stored
			.filter(({ ended_at }) => ended_at === null)
			.map(({ org_id, role }) => ({ orgId: org_id, role }))
	];
	for (const { orgId, role } of memberships) {
		topics.add(`org:${orgId}`);
		if (role === 'supervisor') topics.add(`supervise:${orgId}`);
	}
	const circles = await db.case_members.where('user_id').equals(me.userId).toArray();
	for (const { case_id, role, ended_at } of circles)
		if (ended_at === null) topics.add(`${role === 'family' ? 'case' : 'staff'}:${case_id}`);
	return [...topics].sort();
}
