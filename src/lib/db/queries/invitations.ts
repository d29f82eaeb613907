/** Whom somebody may be invited to: the active cases whose circle this person may enlarge. */
import { mayDo } from '#lib/domain/permissions.ts';
import { caseRole } from '#lib/domain/case-role.ts';
import type { CaseRow } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';

export interface InvitableCase {
	readonly id: string;
	readonly orgId: string;
	readonly name: string;
}

interface Inviter {
	readonly userId: string;
	readonly memberships: readonly { readonly orgId: string; readonly role: string }[];
}

/** By name. */
export async function invitableCases(db: LocalDb, me: Inviter): Promise<InvitableCase[]> {
	const cases = await db.cases.where('status').equals('active').toArray();
	const invitable: InvitableCase[] = [];
	for (const row of cases) {
		if (row.deleted_at === null && (await mayEnlargeCircle(db, me, row))) {
			invitable.push({ id: row.id, orgId: row.org_id, name: row.name });
		}
	}
	return invitable.sort((a, b) => a.name.localeCompare(b.name, 'zh-Hant-TW'));
}

async function mayEnlargeCircle(db: LocalDb, me: Inviter, row: CaseRow): Promise<boolean> {
	const own = await db.case_members
		.where('[case_id+user_id]')
		.equals([row.id, me.userId])
		.toArray();
	return mayDo(caseRole(me, row.org_id, own), 'case_member.add');
}
