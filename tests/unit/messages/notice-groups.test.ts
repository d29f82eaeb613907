/** Notices by person: unread first, then the latest; what is about nobody this phone knows stands together. */
import { expect, test } from 'vitest';
import type { NoticeItem } from '#lib/db/queries/messages.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import { groupNotices } from '#lib/features/messages/notice-groups.ts';

function item(id: string, caseName: string | null, minute: number, isRead: boolean): NoticeItem {
	const at = `2026-11-20T04:${String(minute).padStart(2, '0')}:00.000Z`;
	const notice = {
		...blankRow('notices'),
		id,
		case_id: caseName && `case of ${caseName}`,
		recorded_at: at,
		read_at: isRead ? at : null
	};
	return { notice, caseName, taskTitle: null };
}

test('who has something unread stands first, though others were in the news later', () => {
	const groups = groupNotices([
		item('a', '林', 1, false),
		item('b', '陳', 9, true),
		item('c', '林', 2, true),
		item('d', '王', 5, true)
	]);
	expect(
		groups.map(({ name, items, unreadCount }) => [
			name,
			items.map(({ notice }) => notice.id),
			unreadCount
		])
	).toEqual([
		['林', ['a', 'c'], 1],
		['陳', ['b'], 0],
		['王', ['d'], 0]
	]);
});

test('people who have left this phone, and what is about nobody, are one group without a name', () => {
	const gone = item('a', null, 1, false);
	const groups = groupNotices([
		{ ...gone, notice: { ...gone.notice, case_id: 'gone' } },
		item('b', null, 2, false)
	]);
	expect(groups).toMatchObject([{ caseId: null, name: null, unreadCount: 2 }]);
});

test('nothing makes no group', () => {
	expect(groupNotices([])).toEqual([]);
});
