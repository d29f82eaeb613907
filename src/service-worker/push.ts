/** From a message to a notice on the screen, and from a tap to the app; what they need of the browser is given to them. */
import type { EmergencyFacts } from '#lib/db/emergency-facts.ts';
import { parsePushMessage, pathOfAction } from '#lib/protocol/push-message.ts';
import { dataOf, noticeOf, type Notice } from './notice.ts';

export interface PushSurroundings {
	readonly facts: (userId: string, emergencyId: string) => Promise<EmergencyFacts | null>;
	readonly show: (notice: Notice) => Promise<void>;
	/** Tells the server how far it came. */
	readonly tell: (token: string, state: 'shown' | 'opened') => Promise<void>;
}

/** The notice that a browser proposes which has read the message by itself. */
export interface ProposedNotice {
	readonly title: string;
	readonly body: string;
	readonly lang: string;
	readonly tag: string;
	readonly data: unknown;
	/** The whole address; what it shows instead has to lead somewhere, too. */
	readonly navigate?: string;
}

/** What arrived: the message as it was sent, or, where the browser understands declarative ones (Safari 18.4), what it made of it. */
export interface Arrived {
	readonly data?: { text(): string } | null;
	readonly notification?: ProposedNotice | null;
}

/** Milliseconds; a store that does not answer must not hold up the notice. */
const FACTS_LIMIT_MS = 1500;

export async function takePush(
	{ data, notification }: Arrived,
	{ facts, show, tell }: PushSurroundings
): Promise<void> {
	const message = parsePushMessage(data ? data.text() : proposedText(notification));
	const known =
		message?.kind === 'emergency'
			? await atMost(FACTS_LIMIT_MS, facts(message.userId, message.id))
			: null;
	await show(noticeOf(message, known, notification?.navigate));
	// The notice stands; whether the server hears of it changes nothing for the person.
	if (message !== null) await tell(message.token, 'shown').catch(() => undefined);
}

/** In the form in which the server sends it (Push API, "declarative push message"): the browser's object has no fields of its own to copy. */
function proposedText(notification: ProposedNotice | null | undefined): string | null {
	if (!notification) return null;
	const { title, body, lang, tag, data } = notification;
	return JSON.stringify({ notification: { title, body, lang, tag, data } });
}

export async function takeTap(
	data: unknown,
	action: string,
	{
		open,
		tell
	}: Pick<PushSurroundings, 'tell'> & { readonly open: (path: string) => Promise<void> }
): Promise<void> {
	const notice = dataOf(data);
	const told = notice.token === null ? null : tell(notice.token, 'opened').catch(() => undefined);
	await open(pathOfAction(notice.path, action));
	await told;
}

async function atMost<Value>(ms: number, asked: Promise<Value>): Promise<Value | null> {
	let limit: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<null>((resolve) => {
		limit = setTimeout(() => resolve(null), ms);
	});
	return await Promise.race([asked.catch(() => null), late]).finally(() => clearTimeout(limit));
}
