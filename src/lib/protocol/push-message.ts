/** What the server sends to a phone (src/lib/server/notifier/push-payload.ts makes it). */

export interface PushAction {
	readonly action: 'on-it' | 'call';
	readonly title: string;
}

export interface PushMessage {
	/** Generic words in the person's language. */
	readonly title: string;
	readonly body: string;
	readonly lang: 'zh-TW' | 'en';
	/** A later message with the same one replaces an earlier. */
	readonly tag: string;
	/** Buttons on the notice. */
	readonly actions: readonly PushAction[];
	readonly kind: 'emergency' | 'test' | 'notice';
	/** The emergency, the test, or the notice. */
	readonly id: string;
	/** Who is told: whose store on this phone may know more. */
	readonly userId: string;
	/** Says to the server that it was shown. */
	readonly token: string;
	readonly severity: 'yellow' | 'orange' | 'red' | null;
	/** Shown without a sound. */
	readonly soft: boolean;
	/** Where a tap leads. */
	readonly path: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The screen that says more. */
export function pathOf(kind: PushMessage['kind'], id: string, about: unknown): string {
	if (kind === 'emergency') return `/emergencies/${id}`;
	if (kind === 'test') return '/settings/notices';
	// A day of which a family is told stands on its first screen.
	return about === 'digest' ? '/' : '/messages?tab=notices';
}

/** Where a tap leads: on "I'm on it" to the question, which is answered in the app, behind its lock; on "call" to the page, which begins with the numbers. */
export function pathOfAction(path: string, action: string): string {
	return action === 'on-it' && path.startsWith('/emergencies/') ? `${path}?ask=act` : path;
}

/** Null for anything else: a phone shows a general notice then, never nothing. */
export function parsePushMessage(text: string | null): PushMessage | null {
	try {
		const { notification } = fieldsOf(JSON.parse(text ?? ''));
		const { title, body, lang, tag, actions, data } = fieldsOf(notification);
		const { v, kind, id, user, token, severity, about, soft } = fieldsOf(data);
		if (v !== 1 || (kind !== 'emergency' && kind !== 'test' && kind !== 'notice')) return null;
		if (!isText(title) || !isText(body) || !isText(tag)) return null;
		if (!isUuid(id) || !isUuid(user) || !isUuid(token)) return null;
		const known = severity === 'yellow' || severity === 'orange' || severity === 'red';
		return {
			title,
			body,
			lang: lang === 'en' ? 'en' : 'zh-TW',
			tag,
			actions: Array.isArray(actions) ? actions.flatMap(actionsIn) : [],
			kind,
			id,
			userId: user,
			token,
			severity: known ? severity : null,
			soft: soft === true,
			path: pathOf(kind, id, about)
		};
	} catch {
		return null;
	}
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
	if (typeof value !== 'object' || value === null) throw new TypeError('not an object');
	return value as Record<string, unknown>;
}

/** One that this release does not know is left out. */
function actionsIn(value: unknown): PushAction[] {
	if (typeof value !== 'object' || value === null) return [];
	const { action, title } = fieldsOf(value);
	return (action === 'on-it' || action === 'call') && isText(title) ? [{ action, title }] : [];
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
