/** Threads and messages in words: names, previews, who has read. */
import type { Thread } from '#lib/db/queries/messages.ts';
import { joinWords } from '#lib/care-ui/join-words.ts';
import { voiceTime } from '#lib/domain/voice-notes.ts';
import { m } from '#lib/paraglide/messages.js';

/** Characters of a message that a list shows. */
const PREVIEW_LENGTH = 48;

export function threadName(thread: Thread): string {
	return thread === 'circle' ? m.messages_thread_circle() : m.messages_thread_staff();
}

export function threadHint(thread: Thread): string {
	return thread === 'circle' ? m.messages_thread_circle_hint() : m.messages_thread_staff_hint();
}

/** One line of a message, cut where a list has no more room. */
export function preview(body: string): string {
	const line = body.replace(/\s+/g, ' ').trim();
	const characters = [...line];
	return characters.length <= PREVIEW_LENGTH
		? line
		: `${characters.slice(0, PREVIEW_LENGTH).join('').trimEnd()}…`;
}

/** What stands for the words of a message that has none: lists, notices and older releases show it. */
export function partsInWords(photoCount: number, voiceMs: number | null): string {
	return joinWords([
		...(voiceMs === null ? [] : [m.voice_body({ time: voiceTime(voiceMs) })]),
		...(photoCount === 0 ? [] : [m.messages_only_photos({ count: photoCount })])
	]);
}
