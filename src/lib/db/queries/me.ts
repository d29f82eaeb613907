/** Who the signed-in person is, from the synced rows. */
import type { StaffRole } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';

export interface KnownOfMe {
	readonly displayName: string | null;
	readonly memberships: readonly {
		readonly orgId: string;
		readonly orgName: string;
		readonly role: StaffRole;
	}[];
}

/** Whether everything has arrived once, be it nothing about this person. */
export async function isFirstSyncDone(db: LocalDb): Promise<boolean> {
	const client = await db.meta.get('client');
	return client?.key === 'client' && client.firstSyncDone;
}

/** Null until this person's own rows have arrived. */
export async function knownOfMe(db: LocalDb, userId: string): Promise<KnownOfMe | null> {
	const profile = await db.profiles.get(userId);
	if (!profile) return null;
	const own = await db.memberships.where('user_id').equals(userId).toArray();
	const active = own.filter(({ ended_at, deleted_at }) => ended_at === null && deleted_at === null);
	const orgs = await db.organizations.bulkGet(active.map(({ org_id }) => org_id));
	const memberships = active.map(({ org_id, role }, index) => ({
		orgId: org_id,
		orgName: orgs[index]?.name ?? '',
		role
	}));
	return {
		displayName: active[0]?.display_name ?? profile.display_name,
		memberships: memberships.sort((a, b) => a.orgId.localeCompare(b.orgId))
	};
}
