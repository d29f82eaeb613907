/** What the frame around every screen counts: open emergencies and unread messages. */
import type { LocalDb } from '#lib/db/local-db.ts';

const OPEN: readonly string[] = ['open', 'acknowledged', 'acting'];

/** Emergencies that nobody has closed yet. */
export async function openEmergencyCount(db: LocalDb): Promise<number> {
	return await db.emergencies
		.where('status')
		.anyOf([...OPEN])
		.filter((emergency) => emergency.deleted_at === null)
		.count();
}

/** Messages of others in case threads that this person has not read on any phone. */
export async function unreadMessageCount(db: LocalDb, userId: string): Promise<number> {
	const marks = await db.message_reads.where('user_id').equals(userId).toArray();
	const readThrough = new Map(
		marks.map((mark) => [threadKey(mark.case_id, mark.audience), mark.read_through])
	);
	let unread = 0;
	await db.messages.each((message) => {
		if (message.case_id === null || message.deleted_at !== null) return;
		if (message.created_by === userId) return;
		const readUntil = readThrough.get(threadKey(message.case_id, message.audience));
		if (readUntil === undefined || (message.received_at ?? '') > readUntil) unread += 1;
	});
	return unread;
}

function threadKey(caseId: string, audience: string): string {
	return `${caseId}/${audience}`;
}
