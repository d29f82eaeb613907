/** One list, by person: who has something unread first, then who was last in the news. */
import { noticeAt, type NoticeItem } from '#lib/db/queries/messages.ts';

export interface NoticeGroup {
	/** Null: about no person, or one who is not on this phone. */
	readonly caseId: string | null;
	readonly name: string | null;
	readonly items: readonly NoticeItem[];
	readonly unreadCount: number;
}

/** @param items in the order in which they stand within a group */
export function groupNotices(items: readonly NoticeItem[]): readonly NoticeGroup[] {
	const byCase = new Map<string | null, NoticeItem[]>();
	for (const item of items) {
		const caseId = item.caseName === null ? null : item.notice.case_id;
		const group = byCase.get(caseId);
		if (group) group.push(item);
		else byCase.set(caseId, [item]);
	}
	return [...byCase]
		.map(([caseId, group]) => ({
			caseId,
			name: group[0]?.caseName ?? null,
			items: group,
			unreadCount: group.filter(({ notice }) => notice.read_at === null).length,
			lastAt:
				group
					.map(({ notice }) => noticeAt(notice))
					.sort()
					.at(-1) ?? ''
		}))
		.sort(
			(a, b) =>
				Number(b.unreadCount > 0) - Number(a.unreadCount > 0) || b.lastAt.localeCompare(a.lastAt)
		);
}
