/** What the list of threads, one conversation and the notices show, read from this phone. */
import { compareNames } from '#lib/domain/name-order.ts';
import { caseRole } from '#lib/domain/case-role.ts';
import type {
	CaseMemberRow,
	CaseRole,
	CaseRow,
	MessageReadRow,
	MessageRow,
	NoticeRow
} from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { membersOf } from './cases.ts';
import { isCurrent, isKept } from './kept.ts';
import { pinnedMessages, type PinnedMessage } from './message-pins.ts';
import { partsOfMessages, type Photo } from './photos.ts';
import { groupBy } from '#lib/domain/group-by.ts';

export type Thread = 'circle' | 'staff';

/** Who looks, as `Workspace.me` says it. */
export interface Reader {
	readonly userId: string;
	readonly memberships: readonly { readonly orgId: string; readonly role: string }[];
}

export interface ThreadSummary {
	readonly thread: Thread;
	/** Null while nobody has written. */
	readonly last: MessageRow | null;
	/** Messages of others after the own read mark. */
	readonly unreadCount: number;
}

export interface CaseThreads {
	readonly person: CaseRow;
	/** Circle first; the family has the circle's only. */
	readonly threads: readonly ThreadSummary[];
	/** ISO instant of the newest message; '' while there is none. */
	readonly lastAt: string;
}

/** Those with the newest message first; people about whom nobody has written yet last, by name. */
export async function threadList(db: LocalDb, me: Reader): Promise<readonly CaseThreads[]> {
	const [people, memberships, messages, marks] = await Promise.all([
		db.cases.toArray(),
		db.case_members.where('user_id').equals(me.userId).toArray(),
		db.messages.toArray(),
		db.message_reads.where('user_id').equals(me.userId).toArray()
	]);
	const byThread = groupBy(
		messages.filter((message) => message.case_id !== null && isKept(message)),
		(message) => threadKey(message.case_id ?? '', message.audience)
	);
	const readThrough = new Map(
		marks.map((mark) => [threadKey(mark.case_id, mark.audience), mark.read_through])
	);
	return people
		.flatMap((person): CaseThreads[] => {
			const own = memberships.filter((member) => member.case_id === person.id && isKept(member));
			const role = caseRole(me, person.org_id, own);
			if (!isKept(person) || role === null) return [];
			const threads = threadsFor(role).map((thread): ThreadSummary => {
				const key = threadKey(person.id, thread);
				const ofThread = byThread.get(key) ?? [];
				return {
					thread,
					last: newestOf(ofThread),
					unreadCount: countUnread(ofThread, me.userId, readThrough.get(key) ?? '')
				};
			});
			const lastAt = threads.map(({ last }) => last?.recorded_at ?? '').sort();
			return [{ person, threads, lastAt: lastAt.at(-1) ?? '' }];
		})
		.sort((a, b) => b.lastAt.localeCompare(a.lastAt) || compareNames(a.person.name, b.person.name));
}

export function threadsFor(role: CaseRole): readonly Thread[] {
	return role === 'family' ? ['circle'] : ['circle', 'staff'];
}

/**
 * By the server's time, not the writer's: what was written without signal and came late is new to everybody.
 * @param readThrough ISO instant up to which this person has read; '' for nothing yet
 */
export function countUnread(
	messages: readonly Pick<MessageRow, 'created_by' | 'received_at'>[],
	userId: string,
	readThrough: string
): number {
	return messages.filter(
		(message) => message.created_by !== userId && (message.received_at ?? '') > readThrough
	).length;
}

export interface Conversation {
	readonly person: CaseRow;
	readonly role: CaseRole;
	/** The newest ones, in the order in which they were written. */
	readonly messages: readonly MessageRow[];
	/** Messages that are answered or corrected by those shown, by id. */
	readonly quoted: ReadonlyMap<string, MessageRow>;
	/** The newest correction of each message that has one, by id of the message. */
	readonly corrections: ReadonlyMap<string, MessageRow>;
	/** What the thread keeps at hand, the last pinned first. */
	readonly pins: readonly PinnedMessage[];
	/** Photos and voice notes of those shown, by id of the message. */
	readonly parts: ReadonlyMap<string, readonly Photo[]>;
	/** This phone holds older ones. */
	readonly hasOlder: boolean;
	/** How far others, who are still in the circle or supervise it, have read. */
	readonly marks: readonly MessageReadRow[];
	/** ISO instant up to which this person has read; '' for nothing yet. */
	readonly readThrough: string;
	/** Messages of others after it, on this phone. */
	readonly unreadCount: number;
}

/** Messages above one that somebody jumps to, so that it is understood. */
const CONTEXT = 3;

/** Null when this person is not on this phone, or has no such thread. */
export async function conversation(
	db: LocalDb,
	me: Reader,
	{
		caseId,
		thread,
		limit,
		atId = null
	}: {
		readonly caseId: string;
		readonly thread: Thread;
		readonly limit: number;
		/** A message that must be among those shown, however old. */
		readonly atId?: string | null;
	}
): Promise<Conversation | null> {
	const [person, members, written, marks, pins] = await Promise.all([
		db.cases.get(caseId),
		membersOf(db, caseId),
		// The whole thread in one read: going back from its end would take an event for each message.
		db.messages
			.where('[case_id+audience+recorded_at]')
			.between([caseId, thread, ''], [caseId, thread, '\uffff'])
			.toArray(),
		db.message_reads.where('[case_id+audience]').equals([caseId, thread]).toArray(),
		db.message_pins.where('[case_id+audience]').equals([caseId, thread]).toArray()
	]);
	if (!person || !isKept(person)) return null;
	const role = caseRole(me, person.org_id, members);
	if (role === null || !threadsFor(role).includes(thread)) return null;
	const kept = written.filter(isKept);
	const at = kept.findIndex(({ id }) => id === atId);
	const shownCount = at < 0 ? limit : Math.max(limit, kept.length - at + CONTEXT);
	const messages = kept.slice(-shownCount);
	const readThrough = marks.find((mark) => mark.user_id === me.userId)?.read_through ?? '';
	const answeredIds = messages.flatMap(({ reply_to_id, corrects_id }) =>
		[reply_to_id, corrects_id].flatMap((id) => id ?? [])
	);
	const [answered, parts] = await Promise.all([
		db.messages.bulkGet(answeredIds),
		partsOfMessages(
			db,
			messages.map(({ id }) => id)
		)
	]);
	// Later ones take the place of earlier ones.
	const corrections = new Map(
		kept.flatMap((message) => (message.corrects_id ? [[message.corrects_id, message]] : []))
	);
	return {
		person,
		role,
		messages,
		quoted: new Map(answered.flatMap((message) => (message ? [[message.id, message]] : []))),
		corrections,
		pins: pinnedMessages(pins, kept, corrections),
		parts,
		hasOlder: kept.length > shownCount,
		marks: marks.filter((mark) => mark.user_id !== me.userId && !hasLeft(members, mark.user_id)),
		readThrough,
		unreadCount: countUnread(messages, me.userId, readThrough)
	};
}

/** Names of those who have read this message, who wrote it left out. */
export function readersOf(
	message: Pick<MessageRow, 'received_at' | 'created_by'>,
	marks: readonly Pick<MessageReadRow, 'user_id' | 'user_name' | 'read_through'>[]
): string[] {
	const at = message.received_at;
	if (at === null) return [];
	return marks
		.filter((mark) => mark.user_id !== message.created_by && mark.read_through >= at)
		.map((mark) => mark.user_name);
}

export interface NoticeItem {
	readonly notice: NoticeRow;
	readonly caseName: string | null;
	/** Title of the task that it is about; null for another subject, or one that is not on this phone. */
	readonly taskTitle: string | null;
}

/** Unread first, then newest first. */
export async function noticeList(db: LocalDb): Promise<readonly NoticeItem[]> {
	const notices = (await db.notices.toArray()).filter(isKept);
	const [people, tasks] = await Promise.all([
		db.cases.bulkGet(idsOf(notices.map(({ case_id }) => case_id))),
		db.tasks.bulkGet(
			idsOf(notices.map((notice) => (notice.subject_table === 'tasks' ? notice.subject_id : null)))
		)
	]);
	const nameById = new Map(people.flatMap((person) => (person ? [[person.id, person.name]] : [])));
	const titleById = new Map(tasks.flatMap((task) => (task ? [[task.id, task.title]] : [])));
	return notices
		.map((notice) => ({
			notice,
			caseName: nameById.get(notice.case_id ?? '') ?? null,
			taskTitle: titleById.get(notice.subject_id ?? '') ?? null
		}))
		.sort(
			(a, b) =>
				Number(a.notice.read_at !== null) - Number(b.notice.read_at !== null) ||
				noticeAt(b.notice).localeCompare(noticeAt(a.notice))
		);
}

export function noticeAt(notice: Pick<NoticeRow, 'recorded_at' | 'received_at'>): string {
	return notice.recorded_at ?? notice.received_at ?? '';
}

function newestOf(messages: readonly MessageRow[]): MessageRow | null {
	return messages.reduce<MessageRow | null>(
		(newest, message) =>
			newest === null || (message.recorded_at ?? '') > (newest.recorded_at ?? '')
				? message
				: newest,
		null
	);
}

/** Supervisors read without standing in the circle: only who stood in it and does no longer has left. */
function hasLeft(members: readonly CaseMemberRow[], userId: string): boolean {
	const own = members.filter((member) => member.user_id === userId);
	return own.length > 0 && !own.some(isCurrent);
}

function idsOf(ids: readonly (string | null)[]): string[] {
	return [...new Set(ids.flatMap((id) => id ?? []))];
}

function threadKey(caseId: string, audience: string): string {
	return `${caseId}/${audience}`;
}
