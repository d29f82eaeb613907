/** Threads and messages in words: names, previews, who has read. */
import { listWords } from '#lib/care-ui/join-words.ts';
import type { Thread } from '#lib/db/queries/messages.ts';
import { m } from '#lib/paraglide/messages.js';

/** Characters of a message that a list shows. */
const PREVIEW_LENGTH = 48;
/** More names than these are counted. */
const MOST_NAMES = 3;

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

/** `已讀：王小明、李美華`; beyond three names the rest is counted. */
export function readByWords(names: readonly string[]): string {
	const named = listWords(names.slice(0, MOST_NAMES));
	const rest = names.length - MOST_NAMES;
	return rest > 0
		? m.messages_read_by_more({ names: named, count: rest })
		: m.messages_read_by({ names: named });
}
