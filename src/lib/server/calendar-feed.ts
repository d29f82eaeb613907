/**
 * One person's visits for their phone's calendar, by the secret in the address. Asks the database as nobody in particular, with the
 * publishable key: the secret alone opens it (calendar_feed). The address is never logged.
 */
import { icalendar } from '#lib/domain/icalendar.ts';
import {
	visitEvents,
	type CalendarWords,
	type VisitForCalendar
} from '#lib/domain/visit-events.ts';

interface Feed {
	readonly locale: string;
	readonly visits: readonly VisitForCalendar[];
}

/** Whoever looks longer than this has an unreachable database. */
const LIMIT_MS = 10_000;

export async function calendarFeed(
	token: string,
	{
		supabaseUrl,
		publishableKey,
		fetch,
		now,
		wordsOf
	}: {
		readonly supabaseUrl: string;
		readonly publishableKey: string;
		readonly fetch: typeof globalThis.fetch;
		/** Instant. */
		readonly now: string;
		readonly wordsOf: (locale: string) => CalendarWords;
	}
): Promise<Response> {
	if (!/^[0-9a-f]{64}$/.test(token)) return refusal(404);
	let answer: Response;
	try {
		answer = await fetch(`${supabaseUrl}/rest/v1/rpc/calendar_feed`, {
			method: 'POST',
			headers: { apikey: publishableKey, 'content-type': 'application/json' },
			body: JSON.stringify({ token }),
			signal: AbortSignal.timeout(LIMIT_MS)
		});
	} catch {
		// Nothing of the address may be told further, and the calendar asks again by itself.
		return refusal(503);
	}
	if (!answer.ok)
		return refusal(answer.status === 404 || answer.status === 429 ? answer.status : 503);
	const feed = (await answer.json()) as Feed; // made by our own function of the database
	const words = wordsOf(feed.locale);
	return new Response(icalendar(visitEvents(feed.visits, words), { name: words.name, now }), {
		headers: { ...HEADERS, 'content-type': 'text/calendar; charset=utf-8' }
	});
}

const HEADERS = {
	'cache-control': 'private, no-store',
	'x-robots-tag': 'noindex',
	'referrer-policy': 'no-referrer'
};

function refusal(status: 404 | 429 | 503): Response {
	const headers = status === 404 ? HEADERS : { ...HEADERS, 'retry-after': '3600' };
	return new Response(null, { status, headers });
}
