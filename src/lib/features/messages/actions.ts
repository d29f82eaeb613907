/** What people do with messages and notices, each one intent. */
import type { Thread } from '#lib/db/queries/messages.ts';
import { messageReadId } from '#lib/domain/ids.ts';
import type { NoticeRow } from '#lib/domain/rows.ts';
import { cleanText } from '#lib/domain/text.ts';
import type { Workspace } from '#lib/sync/workspace.ts';

export interface Place {
	readonly caseId: string;
	readonly thread: Thread;
}

export async function sendMessage(
	ws: Workspace,
	{ caseId, thread }: Place,
	text: string,
	replyToId: string | null
): Promise<void> {
	await ws.commit('message.send', {
		row: {
			id: ws.newId(),
			case_id: caseId,
			audience: thread,
			body: cleanText(text),
			reply_to_id: replyToId
		}
	});
}

/** Tells everybody who works for this organisation. */
export async function postAnnouncement(ws: Workspace, orgId: string, text: string): Promise<void> {
	await ws.commit('message.send', {
		row: { id: ws.newId(), org_id: orgId, audience: 'organization', body: cleanText(text) }
	});
}

/** @param readThrough ISO instant of the newest message that this person has seen */
export async function markRead(
	ws: Workspace,
	{ caseId, thread }: Place,
	readThrough: string
): Promise<void> {
	await ws.commit('message.read', {
		row: {
			id: messageReadId(caseId, thread, ws.me.userId),
			case_id: caseId,
			audience: thread,
			read_through: readThrough
		}
	});
}

export async function markNoticesRead(ws: Workspace, notices: readonly NoticeRow[]): Promise<void> {
	const at = ws.now();
	const unread = notices.filter((notice) => notice.read_at === null);
	if (unread.length === 0) return;
	await ws.commitAll(unread.map(({ id }) => ({ name: 'notice.read', args: { id, at } })));
}
