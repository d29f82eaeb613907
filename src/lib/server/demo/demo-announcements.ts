/** What the demo's organisation announced, and who has read it by now. */
import { announcementReadId } from '#lib/domain/ids.ts';
import { addDays, instantAt } from '#lib/domain/taiwan-dates.ts';
import type { Carer } from './demo-history.ts';
import { demoId, written, type DemoRow } from './demo-rows.ts';

/** One announcement of the organisation. */
export function demoAnnouncement(
	orgId: string,
	supervisor: Carer,
	today: string
): DemoRow<'messages'> {
	return {
		id: demoId('announcement', orgId),
		org_id: orgId,
		body: '颱風季將至：請各位出門前確認道路狀況，遇坍方或停電先回報，安全第一。',
		author_name: supervisor.name,
		author_role: 'supervisor',
		audience: 'organization',
		needs_confirmation: true,
		...written(supervisor.id, instantAt(addDays(today, -3), '08:30'))
	};
}

/** Some have read it by now. */
export function demoAnnouncementMarks(
	orgId: string,
	readers: readonly Carer[],
	today: string
): DemoRow<'announcement_marks'>[] {
	const messageId = demoId('announcement', orgId);
	return readers.map((reader, index) => ({
		id: announcementReadId(messageId, reader.id),
		org_id: orgId,
		message_id: messageId,
		user_id: reader.id,
		kind: 'read',
		user_name: reader.name,
		...written(reader.id, instantAt(addDays(today, -3), index === 0 ? '09:05' : '12:40'))
	}));
}
