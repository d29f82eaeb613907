/** One message to one push service, and what its answer means (RFC 8030; the makers' own words for 401, 403 and 410). */
import type { Agent } from 'node:https';
import webPush from 'web-push';
import type { Delivery, Outcome, VapidKeys } from './engine-port.ts';
import { topicOf } from './push-payload.ts';

export interface PushOptions {
	readonly keys: VapidKeys;
	/** `mailto:` or `https:`; whom a push service may ask about us. */
	readonly contact: string;
	/** In [0, 1). */
	readonly fraction: () => number;
	/** For a push service with a certificate of one's own. */
	readonly agent?: Agent;
}

/** Milliseconds without a word from the push service. */
const SILENCE_MS = 8000;
/** Milliseconds in all: one that drips its answer is no better than one that hangs. */
const LIMIT_MS = 12_000;

/** Never throws. */
export async function sendPush(
	delivery: Delivery,
	payload: string,
	options: PushOptions
): Promise<Outcome> {
	const { endpoint, p256dh, auth } = delivery;
	if (endpoint === null || p256dh === null || auth === null) return { outcome: 'gone' };
	const { keys, contact, agent } = options;
	const sending = webPush.sendNotification({ endpoint, keys: { p256dh, auth } }, payload, {
		vapidDetails: { subject: contact, publicKey: keys.public, privateKey: keys.private },
		TTL: delivery.ttl_s,
		urgency: urgencyOf(delivery),
		topic: topicOf(delivery),
		contentEncoding: 'aes128gcm',
		timeout: SILENCE_MS,
		...(agent ? { agent } : {})
	});
	let limit: NodeJS.Timeout | undefined;
	const tooLong = new Promise<never>((_, reject) => {
		limit = setTimeout(() => reject(new Error('too long')), LIMIT_MS);
	});
	try {
		await Promise.race([sending, tooLong]);
		return { outcome: 'accepted' };
	} catch (failure) {
		return afterFailure(failure, delivery.attempts, options.fraction());
	} finally {
		clearTimeout(limit);
		sending.catch(() => undefined);
	}
}

/** A phone that sleeps is woken for what cannot wait, and for a test of just that; news comes when it wakes. */
function urgencyOf({ kind, severity }: Delivery): 'normal' | 'high' {
	return kind === 'notice' || severity === 'yellow' ? 'normal' : 'high';
}

/** @param fraction as of retryLater */
function afterFailure(failure: unknown, attempts: number, fraction: number): Outcome {
	const status = failure instanceof webPush.WebPushError ? failure.statusCode : 0;
	if (status === 404 || status === 410) return { outcome: 'gone' };
	if (status === 401 || status === 403) return { outcome: 'refused' };
	if (status === 429 || status === 503) {
		const asked = retryAfterS(failure);
		if (asked !== null) return { outcome: 'retry', retry_s: asked };
	}
	// No answer, or one that speaks of the moment; anything else it will say again.
	if (status === 0 || status === 408 || status === 429 || status >= 500)
		return retryLater(attempts, fraction);
	return { outcome: 'failed' };
}

const LONGEST_S = 300;

/** @param fraction in [0, 1), spreads what failed together */
export function retryLater(attempts: number, fraction: number): Outcome {
	const ceiling = Math.min(LONGEST_S, 5 * 2 ** Math.min(attempts, 10));
	return { outcome: 'retry', retry_s: ceiling / 2 + (fraction * ceiling) / 2 };
}

/** Seconds, or a date; nothing that is longer than a quarter of an hour is obeyed for an emergency. */
function retryAfterS(failure: unknown): number | null {
	const header = failure instanceof webPush.WebPushError ? failure.headers['retry-after'] : null;
	if (typeof header !== 'string') return null;
	const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
	return Number.isFinite(seconds) ? Math.min(900, Math.max(1, seconds)) : null;
}
