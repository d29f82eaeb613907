/**
 * A cookie that says on which day this browser last held data of the app. Browsers that delete what scripts have stored leave
 * a cookie that only the server can write, so that the app can tell a loss from a first visit. It names nobody.
 */
import { isDay, taipeiDay } from '#lib/domain/taiwan-dates.ts';

export const HELD_COOKIE = 'connect10.held';

/** The longest that browsers allow. */
const LIFETIME_S = 400 * 24 * 60 * 60;

/** @param value of the cookie, which anybody may have written */
export function readHeld(value: string | undefined): string | null {
	return value !== undefined && isDay(value) ? value : null;
}

/**
 * Answers this app's own page with the cookie, and any other page with 403.
 * @param heldAt ISO instant at which this browser holds data; null: it was erased on purpose, and the cookie goes
 */
export function heldAnswer(request: Request, heldAt: string | null): Response {
	const url = new URL(request.url);
	if (!isFromOwnPage(request.headers, url.origin)) return new Response(null, { status: 403 });
	const cookie = [
		`${HELD_COOKIE}=${heldAt === null ? '' : taipeiDay(heldAt)}`,
		'Path=/',
		`Max-Age=${heldAt === null ? 0 : LIFETIME_S}`,
		'HttpOnly',
		'SameSite=Strict',
		...(url.protocol === 'https:' ? ['Secure'] : [])
	];
	return new Response(null, { status: 204, headers: { 'set-cookie': cookie.join('; ') } });
}

/** Where the browser says itself from where the request comes, a proxy that hides the public address cannot confuse it. */
function isFromOwnPage(headers: Headers, origin: string): boolean {
	const site = headers.get('sec-fetch-site');
	return site === null ? headers.get('origin') === origin : site === 'same-origin';
}
