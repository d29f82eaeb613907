import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import {
	conversation,
	countUnread,
	noticeList,
	readersOf,
	threadList
} from '#lib/db/queries/messages.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { CircleRole, MessageRow, NoticeRow } from '#lib/domain/rows.ts';
import { preview } from '#lib/features/messages/thread-words.ts';
import { noticeHref } from '#lib/features/messages/notice-subject.ts';

const at = (minute: number) => `2026-11-20T04:${String(minute).padStart(2, '0')}:00.000Z`;

function message(id: string, minute: number, part: Partial<MessageRow> = {}): MessageRow {
	return {
		...blankRow('messages'),
		id,
		case_id: 'lin',
		audience: 'circle',
		body: id,
		created_by: 'other',
		recorded_at: at(minute),
		received_at: at(minute),
		...part
	};
}

function notice(id: string, part: Partial<NoticeRow>): NoticeRow {
	return { ...blankRow('notices'), id, user_id: 'nurse', recorded_at: at(1), ...part };
}

/** As the local store keeps it. */
const stored = <Row>(row: Row) => ({ ...row, _gen: 0 });

describe('unread', () => {
	test('counts what others wrote after the mark, never the own words', () => {
		const messages = [
			message('a', 1),
			message('b', 2),
			message('mine', 3, { created_by: 'me' }),
			message('c', 4)
		];
		expect(countUnread(messages, 'me', '')).toBe(3);
		expect(countUnread(messages, 'me', at(2))).toBe(1);
		expect(countUnread(messages, 'me', at(4))).toBe(0);
	});

	test('what was written without signal and came after the mark is unread, however old its own clock', () => {
		const late = message('late', 1, { received_at: at(30) });
		expect(countUnread([late], 'me', at(20))).toBe(1);
		expect(readersOf(late, [{ user_id: 'a', user_name: '王', read_through: at(20) }])).toEqual([]);
	});

	test('readers are those whose mark has reached the message, the author left out', () => {
		const marks = [
			{ user_id: 'a', user_name: '王', read_through: at(5) },
			{ user_id: 'b', user_name: '李', read_through: at(4) },
			{ user_id: 'me', user_name: '我', read_through: at(9) }
		];
		expect(readersOf(message('x', 5, { created_by: 'me' }), marks)).toEqual(['王']);
	});
});

describe('words', () => {
	test('a preview is one line and never cuts a character in two', () => {
		expect(preview('早安\n\n今天  好嗎')).toBe('早安 今天 好嗎');
		const long = preview('😀'.repeat(60));
		expect(long.endsWith('😀…')).toBe(true);
		expect([...long]).toHaveLength(49);
	});

	test('a notice leads to what it is about', () => {
		const task = { subject_table: 'tasks', subject_id: 't1', case_id: 'lin' };
		expect(noticeHref(notice('n', { kind: 'task_offered', ...task }))).toBe('/tasks/t1');
		expect(noticeHref(notice('n', { kind: 'conflict', ...task }))).toBe('/tasks/t1');
		expect(
			noticeHref(
				notice('n', {
					kind: 'emergency_action',
					subject_id: 'action',
					data: { emergency_id: 'e1' }
				})
			)
		).toBe('/emergencies/e1');
		expect(noticeHref(notice('n', { kind: 'conflict', case_id: null }))).toBeNull();
	});
});

describe('queries', () => {
	let db: LocalDb;
	const reader = (userId: string) => ({ userId, memberships: [] });
	const member = (user_id: string, role: CircleRole, ended_at: string | null = null) => ({
		...blankRow('case_members'),
		id: `m-${user_id}`,
		case_id: 'lin',
		user_id,
		role,
		ended_at
	});

	beforeEach(async () => {
		db = new LocalDb('u1', { indexedDB: new IDBFactory(), IDBKeyRange });
		await db.cases.bulkPut(
			[
				{
					...blankRow('cases'),
					id: 'lin',
					org_id: 'org',
					name: '林阿嬤',
					status: 'active' as const
				}
			].map(stored)
		);
		await db.case_members.bulkPut(
			[member('nurse', 'nurse'), member('son', 'family'), member('left', 'worker', at(3))].map(
				stored
			)
		);
		await db.messages.bulkPut(
			[
				message('c1', 1),
				message('c2', 2, { reply_to_id: 'c1' }),
				message('c3', 3, { created_by: 'nurse' }),
				message('s1', 8, { audience: 'staff' }),
				message('gone', 9, { deleted_at: at(10) }),
				message('news', 5, { case_id: null, org_id: 'org', audience: 'organization' })
			].map(stored)
		);
		const mark = (user_id: string, read_through: string) => ({
			...blankRow('message_reads'),
			id: `r-${user_id}`,
			case_id: 'lin',
			user_id,
			user_name: user_id,
			audience: 'circle' as const,
			read_through
		});
		await db.message_reads.bulkPut(
			[mark('nurse', at(1)), mark('son', at(3)), mark('left', at(3))].map(stored)
		);
	});
	afterEach(() => db.close());

	test('staff have both threads with last word and unread count, family the circle only', async () => {
		const [forNurse] = await threadList(db, reader('nurse'));
		expect(forNurse?.threads).toMatchObject([
			{ thread: 'circle', last: { id: 'c3' }, unreadCount: 1 },
			{ thread: 'staff', last: { id: 's1' }, unreadCount: 1 }
		]);
		const [forSon] = await threadList(db, reader('son'));
		expect(forSon?.threads).toMatchObject([{ thread: 'circle', unreadCount: 0 }]);
		expect(await threadList(db, reader('left'))).toEqual([]);
	});

	test('a conversation shows its newest messages in order and what they answer', async () => {
		const open = (userId: string, thread: 'circle' | 'staff', limit = 2) =>
			conversation(db, reader(userId), { caseId: 'lin', thread, limit });
		const shown = await open('nurse', 'circle');
		expect(shown?.messages.map(({ id }) => id)).toEqual(['c2', 'c3']);
		expect(shown?.hasOlder).toBe(true);
		expect(shown?.quoted.get('c1')?.body).toBe('c1');
		expect(shown?.readThrough).toBe(at(1));
		expect(shown?.marks.map(({ user_id }) => user_id)).toEqual(['son']);
		expect((await open('nurse', 'circle', 3))?.hasOlder).toBe(false);
		expect(await open('son', 'staff')).toBeNull();
	});

	test('unread notices stand before read ones, newest first', async () => {
		await db.notices.bulkPut(
			[
				notice('read', { read_at: at(9), recorded_at: at(9), case_id: 'lin' }),
				notice('old', { recorded_at: at(1) }),
				notice('new', { recorded_at: at(2) })
			].map(stored)
		);
		const items = await noticeList(db);
		expect(items.map(({ notice: { id } }) => id)).toEqual(['new', 'old', 'read']);
		expect(items[2]?.caseName).toBe('林阿嬤');
	});
});
