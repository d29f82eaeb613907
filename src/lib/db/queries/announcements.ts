/** What the organisations have to say to their people, who has said that they have read it, and who has not. */
import { compareNames } from '#lib/domain/name-order.ts';
import { newestFirst } from '#lib/domain/row-order.ts';
import type { AnnouncementMarkRow, MembershipRow, MessageRow } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';
import { isKept } from './kept.ts';
import type { Reader } from './messages.ts';

export interface Confirmations {
	/** The own word; null while it is still to be said, and undefined for who wrote the announcement. */
	readonly own: AnnouncementMarkRow | null | undefined;
	/** What supervisors see of the others; null for anybody else. */
	readonly others: {
		/** By name, as all lists of people; they work there now. */
		readonly missing: readonly MembershipRow[];
		/** The last one first; also of those who have left since. */
		readonly read: readonly AnnouncementMarkRow[];
		/** The last reminder. */
		readonly reminder: AnnouncementMarkRow | null;
	} | null;
}

export interface Announcement {
	readonly message: MessageRow;
	/** Null for one that asks for nothing. */
	readonly confirmations: Confirmations | null;
}

export interface Announcements {
	readonly orgId: string;
	readonly orgName: string;
	/** This person is a supervisor there. */
	readonly mayPost: boolean;
	/** What waits for this person's word first, then the newest. */
	readonly announcements: readonly Announcement[];
}

/** Of each organisation for which this person works. */
export async function announcements(db: LocalDb, me: Reader): Promise<readonly Announcements[]> {
	const orgIds = [...new Set(me.memberships.map(({ orgId }) => orgId))];
	return await Promise.all(orgIds.map((orgId) => ofOrganization(db, me, orgId)));
}

async function ofOrganization(db: LocalDb, me: Reader, orgId: string): Promise<Announcements> {
	const [organization, messages, people] = await Promise.all([
		db.organizations.get(orgId),
		db.messages
			.where('[org_id+recorded_at]')
			.between([orgId, ''], [orgId, '\uffff'])
			.reverse()
			.filter(isKept)
			.toArray(),
		db.memberships.where('org_id').equals(orgId).toArray()
	]);
	const marks = await whereAny(
		db.announcement_marks,
		'message_id',
		messages.filter((message) => message.needs_confirmation).map(({ id }) => id)
	);
	const mayPost = me.memberships.some((own) => own.orgId === orgId && own.role === 'supervisor');
	const working = people.filter((person) => isKept(person) && person.ended_at === null);
	const found = messages.map((message): Announcement => {
		const given = marks.filter(({ message_id }) => message_id === message.id);
		const confirmations = message.needs_confirmation
			? confirmationsOf(message, given, working, { userId: me.userId, mayPost })
			: null;
		return { message, confirmations };
	});
	return {
		orgId,
		orgName: organization?.name ?? '',
		mayPost,
		announcements: [...found.filter(waits), ...found.filter((each) => !waits(each))]
	};
}

function waits({ confirmations }: Announcement): boolean {
	return confirmations?.own === null;
}

function confirmationsOf(
	message: MessageRow,
	marks: readonly AnnouncementMarkRow[],
	working: readonly MembershipRow[],
	{ userId, mayPost }: { readonly userId: string; readonly mayPost: boolean }
): Confirmations {
	const read = newestFirst(marks.filter(({ kind }) => kind === 'read'));
	const have = new Set(read.map(({ user_id }) => user_id));
	const own = read.find(({ user_id }) => user_id === userId) ?? null;
	return {
		own: message.created_by === userId ? undefined : own,
		others: mayPost
			? {
					missing: working
						.filter(({ user_id }) => user_id !== message.created_by && !have.has(user_id))
						.sort((a, b) => compareNames(a.display_name, b.display_name)),
					read,
					reminder: newestFirst(marks.filter(({ kind }) => kind === 'reminder'))[0] ?? null
				}
			: null
	};
}
