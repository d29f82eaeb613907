/** What people do with messages and notices, each one intent. */
import type { Thread } from '#lib/db/queries/messages.ts';
import { messageReadId } from '#lib/domain/ids.ts';
import type { MessagePinRow, MessageRow, NoticeRow } from '#lib/domain/rows.ts';
import { cleanText } from '#lib/domain/text.ts';
import { announcePhoto, type AnnouncedFile } from '#lib/care-ui/photos/take-photo.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import type { ShrunkPicture } from '#lib/ui/shrink-picture.ts';
import { partsInWords } from './thread-words.ts';
import { announceVoice } from './voice/announce-voice.ts';
import type { Recording } from './voice/recorder.svelte.ts';

export interface Place {
	readonly caseId: string;
	readonly thread: Thread;
}

export interface NewMessage {
	/** May be blank when something goes with it. */
	readonly text: string;
	/** Ids of those it is meant for. */
	readonly mentions: readonly string[];
	readonly replyToId: string | null;
	/** The first message of one's own that it corrects. */
	readonly correctsId: string | null;
	readonly pictures: readonly ShrunkPicture[];
	readonly voice: Recording | null;
}

/** The words and what goes with them are stored together or not at all. @throws {StorageError} */
export async function sendMessage(
	ws: Workspace,
	{ caseId, thread }: Place,
	{ text, mentions, replyToId, correctsId, pictures, voice }: NewMessage
): Promise<void> {
	const message = { id: ws.newId(), audience: thread };
	const announced: AnnouncedFile[] = [];
	for (const picture of pictures)
		announced.push(await announcePhoto(ws, { caseId, message }, picture, PLAIN_PHOTO));
	if (voice !== null) announced.push(await announceVoice(ws, caseId, message, voice));
	const row = {
		...message,
		case_id: caseId,
		body: cleanText(text) || partsInWords(pictures.length, voice?.durationMs ?? null),
		reply_to_id: replyToId,
		corrects_id: correctsId,
		mentions
	};
	await ws.commitAll(
		[
			{ name: 'message.send', args: { row } },
			...announced.map(({ args }) => ({ name: 'attachment.add', args }) as const)
		],
		{ files: announced.map(({ file }) => file) }
	);
}

const PLAIN_PHOTO = {
	kind: 'photo',
	bodySite: null,
	wound: null,
	caption: '',
	audience: 'circle'
} as const;

/** Characters of a message that stand in its pin, as the server cuts it. */
const EXCERPT_LENGTH = 500;

/** Takes a message to the top of its thread, for everybody in it. @throws {StorageError} */
export async function pinMessage(ws: Workspace, place: Place, message: MessageRow): Promise<void> {
	await setPin(ws, place, {
		message_id: message.id,
		pinned: true,
		said_by: message.author_name,
		said_at: message.recorded_at,
		excerpt: [...message.body].slice(0, EXCERPT_LENGTH).join('')
	});
}

/** @throws {StorageError} */
export async function unpinMessage(
	ws: Workspace,
	place: Place,
	{ message_id, said_by, said_at, excerpt }: MessagePinRow
): Promise<void> {
	await setPin(ws, place, { message_id, pinned: false, said_by, said_at, excerpt });
}

async function setPin(
	ws: Workspace,
	{ caseId, thread }: Place,
	pin: Pick<MessagePinRow, 'message_id' | 'pinned' | 'said_by' | 'said_at' | 'excerpt'>
): Promise<void> {
	const row = { id: ws.newId(), case_id: caseId, audience: thread, ...pin };
	await ws.commit('message_pin.add', { row });
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
