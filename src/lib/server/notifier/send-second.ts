/**
 * The second channel: a webhook of the agency's own (an SMS gateway, LINE, a voice call), because a sleeping phone may throw a push away.
 * What it is told: a telephone number, the generic words, the severity and the address of the app. No name, no place.
 */
import type { Delivery, Outcome } from './engine-port.ts';
import { retryLater } from './send-push.ts';
import type { NoticeWords } from './push-payload.ts';

export interface SecondChannel {
	readonly url: string;
	/** Sent as a bearer token. */
	readonly secret: string | null;
}

const LIMIT_MS = 8000;

/** Never throws. 2xx is accepted; 429 and 5xx are tried again; 401 and 403 need somebody to look; anything else will not be taken. */
export async function sendSecond(
	{ url, secret }: SecondChannel,
	delivery: Delivery,
	words: NoticeWords,
	link: string | null,
	fraction: number
): Promise<Outcome> {
	const { id, phone, severity } = delivery;
	try {
		const answer = await fetch(url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				// The same message twice has the same key.
				'idempotency-key': id,
				...(secret === null ? {} : { authorization: `Bearer ${secret}` })
			},
			body: JSON.stringify({ to: phone, text: `${words.title} ${words.body}`, severity, link }),
			redirect: 'error',
			signal: AbortSignal.timeout(LIMIT_MS)
		});
		if (answer.ok) return { outcome: 'accepted' };
		if (answer.status === 401 || answer.status === 403) return { outcome: 'refused' };
		if (answer.status === 429 || answer.status >= 500)
			return retryLater(delivery.attempts, fraction);
		return { outcome: 'failed' };
	} catch {
		// No answer, or one that leads elsewhere.
		return retryLater(delivery.attempts, fraction);
	}
}
