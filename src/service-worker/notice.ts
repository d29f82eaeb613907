/** What a phone shows for a message, and where a tap on it leads. Pure. */
import type { EmergencyFacts } from '#lib/db/emergency-facts.ts';
import { INCIDENT_TYPES } from '#lib/domain/incident-types.ts';
import { veiledName } from '#lib/domain/text.ts';
import type { PushMessage } from '#lib/protocol/push-message.ts';

/** What the notice carries for the tap. */
export interface NoticeData {
	readonly path: string;
	readonly token: string | null;
}

/** As the Notifications API takes it; its types in TypeScript lack what only some browsers have. */
export interface NoticeOptions extends NotificationOptions {
	readonly renotify?: boolean;
	readonly vibrate?: readonly number[];
	readonly actions?: readonly { readonly action: string; readonly title: string }[];
	/** Where a tap leads when the browser takes it itself. */
	readonly navigate?: string;
	readonly data: NoticeData;
}

export interface Notice {
	readonly title: string;
	readonly options: NoticeOptions;
}

const ICONS = { icon: '/icons/icon-192.png', badge: '/icons/shortcut-emergency-96.png' } as const;
/** In whichever language: what should have said so could not be read. */
const UNREADABLE = '有新的通知，請打開 Connect 10 查看。New notice: please open Connect 10.';
const RED_PATTERN = [300, 100, 300, 100, 300];

/**
 * @param message null when what arrived made no sense: something is shown all the same, for browsers take the permission from who stays silent
 * @param facts what this phone's own store knows of the emergency; the name is veiled, because a locked screen is read by others
 * @param navigate the whole address, where the browser itself takes the tap (Push API, declarative messages)
 */
export function noticeOf(
	message: PushMessage | null,
	facts: EmergencyFacts | null,
	navigate?: string
): Notice {
	const everywhere = navigate === undefined ? ICONS : { ...ICONS, navigate };
	if (message === null) {
		return {
			title: 'Connect 10',
			options: {
				...everywhere,
				body: UNREADABLE,
				tag: 'unreadable',
				data: { path: '/', token: null }
			}
		};
	}
	const { title, body, lang, tag, kind, path, token, severity, soft } = message;
	const data = { path, token };
	if (kind !== 'emergency') return { title, options: { ...everywhere, body, lang, tag, data } };
	const type = INCIDENT_TYPES.find(({ code }) => code === facts?.incidentType);
	const what =
		facts && type
			? `${veiledName(facts.personName)} ${lang === 'en' ? type.nameEn : type.nameZh}`
			: null;
	return {
		title,
		options: {
			...everywhere,
			body: what === null ? body : `${what}\n${body}`,
			lang,
			tag,
			// The next step of the ladder says the same, and has to be heard again.
			renotify: !soft,
			...(soft ? { silent: true } : {}),
			requireInteraction: severity !== 'yellow',
			...(severity === 'red' ? { vibrate: RED_PATTERN } : {}),
			actions: message.actions,
			data
		}
	};
}

/** Of a notice that a release before or after this one has shown, too. */
export function dataOf(value: unknown): NoticeData {
	// Any shape; each field is looked at below.
	const { path, token } = (typeof value === 'object' && value !== null ? value : {}) as Record<
		string,
		unknown
	>;
	const isOurs = typeof path === 'string' && /^\/(?!\/)/.test(path);
	return { path: isOurs ? path : '/', token: typeof token === 'string' ? token : null };
}
