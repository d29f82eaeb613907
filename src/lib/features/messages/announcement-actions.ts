/** What people do with announcements: tell everybody, say that one has read it, remind those who have not. */
import { announcementReadId } from '#lib/domain/ids.ts';
import type { MessageRow } from '#lib/domain/rows.ts';
import { cleanText } from '#lib/domain/text.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { markNoticesRead } from './actions.ts';

/** @throws {StorageError} */
export async function postAnnouncement(
	ws: Workspace,
	orgId: string,
	text: string,
	needsConfirmation: boolean
): Promise<void> {
	await ws.commit('message.send', {
		row: {
			id: ws.newId(),
			org_id: orgId,
			audience: 'organization',
			body: cleanText(text),
			needs_confirmation: needsConfirmation
		}
	});
}

/** Whoever asked sees it; what the phone was told of it is read, too. @throws {StorageError} */
export async function confirmAnnouncement(ws: Workspace, message: MessageRow): Promise<void> {
	await mark(ws, message, announcementReadId(message.id, ws.me.userId), 'read');
	await markNoticesRead(ws, await ws.db.notices.where('subject_id').equals(message.id).toArray());
}

/** @throws {StorageError} */
export async function remindOf(ws: Workspace, message: MessageRow): Promise<void> {
	await mark(ws, message, ws.newId(), 'reminder');
}

async function mark(
	ws: Workspace,
	{ id: message_id, org_id }: MessageRow,
	id: string,
	kind: 'read' | 'reminder'
): Promise<void> {
	// Announcements have an organisation; else the server would refuse it in words.
	const row = { id, org_id: org_id ?? '', message_id, user_id: ws.me.userId, kind };
	await ws.commit('announcement.mark', { row });
}
