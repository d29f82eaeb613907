/** What is sent to a phone: no name, no place, no measurement. The phone finds the words in its own store (service-worker/). */
import type { Delivery } from './engine-port.ts';

export interface NoticeWords {
	readonly title: string;
	readonly body: string;
}

export type WordsOf = (
	locale: string | null,
	kind: Delivery['kind'],
	severity: Delivery['severity']
) => NoticeWords;

/**
 * Also a declarative message of the Push API (`web_push` 8030, Safari 18.4), which is shown when the worker fails; that needs the whole
 * address, which a server without ORIGIN does not know.
 */
export function pushPayload(delivery: Delivery, wordsOf: WordsOf, origin: string | null): string {
	const { kind, subject, severity, user, token, locale } = delivery;
	const path = kind === 'emergency' ? `/emergencies/${subject}` : '/settings/notices';
	return JSON.stringify({
		...(origin === null ? {} : { web_push: 8030, mutable: true }),
		notification: {
			...wordsOf(locale, kind, severity),
			navigate: origin === null ? path : new URL(path, origin).href,
			tag: kind === 'emergency' ? `emergency-${subject}` : 'test',
			data: { v: 1, kind, id: subject, user, token, ...(severity === null ? {} : { severity }) }
		}
	});
}

/** At most 32 letters of base64url: a later message about the same thing replaces the one that a phone has not fetched yet. */
export function topicOf({ subject }: Delivery): string {
	return subject.replaceAll('-', '');
}
