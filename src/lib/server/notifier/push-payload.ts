/** What is sent to a phone: no name, no place, no measurement. The phone finds the words in its own store (service-worker/). */
import { pathOf, pathOfAction } from '#lib/protocol/push-message.ts';
import type { Delivery } from './engine-port.ts';

export interface NoticeWords {
	readonly title: string;
	readonly body: string;
	/** Buttons on the notice; what they do, the phone knows. */
	readonly actions?: readonly { readonly action: 'on-it' | 'call'; readonly title: string }[];
}

export type WordsOf = (
	told: Pick<Delivery, 'locale' | 'kind' | 'severity' | 'about'>
) => NoticeWords;

/**
 * Also a declarative message of the Push API (`web_push` 8030, Safari 18.4), which is shown when the worker fails; that needs the whole
 * address, which a server without ORIGIN does not know.
 */
export function pushPayload(delivery: Delivery, wordsOf: WordsOf, origin: string | null): string {
	const { kind, subject, severity, about, user, token, soft, locale } = delivery;
	const path = pathOf(kind, subject, about);
	const addressOf = (to: string) => (origin === null ? to : new URL(to, origin).href);
	const { title, body, actions = [] } = wordsOf(delivery);
	return JSON.stringify({
		...(origin === null ? {} : { web_push: 8030, mutable: true }),
		notification: {
			title,
			body,
			actions: actions.map(({ action, title: name }) => ({
				action,
				title: name,
				navigate: addressOf(pathOfAction(path, action))
			})),
			lang: locale === 'en' ? 'en' : 'zh-TW',
			navigate: addressOf(path),
			tag: tagOf(delivery),
			...(soft ? { silent: true } : {}),
			data: {
				v: 1,
				kind,
				id: subject,
				user,
				token,
				...(severity === null ? {} : { severity }),
				...(about === null ? {} : { about }),
				...(soft ? { soft } : {})
			}
		}
	});
}

/** At most 32 letters of base64url: a later message about the same thing replaces the one that a phone has not fetched yet. */
export function topicOf(delivery: Delivery): string {
	return delivery.kind === 'notice' ? tagOf(delivery) : delivery.subject.replaceAll('-', '');
}

/** On the phone's screen a later one with the same tag replaces an earlier: one for all tasks, one a report. */
function tagOf({ kind, about, subject }: Delivery): string {
	if (kind === 'notice') return `notice-${about ?? 'other'}`;
	return kind === 'emergency' ? `emergency-${subject}` : 'test';
}
