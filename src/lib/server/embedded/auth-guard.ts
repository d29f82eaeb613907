/** What stands in front of `/auth/v1`: the routes that are offered, and the throttle on sign-in. */
import { setTimeout as delay } from 'node:timers/promises';
import { problem } from './responses.ts';
import type { Throttle } from './throttle.ts';

/**
 * Only password sign-in and sign-up are offered. The mail, code and redirect flows of lite stay
 * closed: no mail is sent here, and six-digit codes without a throttle would be a way in.
 */
const OFFERED = new Set(['signup', 'token', 'logout', 'user', 'settings', 'health']);

/** A refusal takes at least this long, so that its time does not tell whether the account exists. */
const REFUSAL_MS = 400;

export interface AuthCall {
	request: Request;
	url: URL;
	body: Uint8Array;
	address: string;
}

export async function guardAuth(
	call: AuthCall,
	throttle: Throttle,
	forward: () => Promise<Response>
): Promise<Response> {
	const route = call.url.pathname.slice('/auth/v1/'.length);
	if (!OFFERED.has(route)) return problem(404, 'not_found', 'This sign-in method is not offered.');
	if (call.request.method !== 'POST') return forward();
	if (route === 'signup') {
		const waitMs = throttle.signUpDelayMs(call.address);
		return waitMs > 0 ? tooMany(waitMs) : forward();
	}
	const isPassword = route === 'token' && call.url.searchParams.get('grant_type') === 'password';
	return isPassword ? signIn(call, throttle, forward) : forward();
}

async function signIn(
	call: AuthCall,
	throttle: Throttle,
	forward: () => Promise<Response>
): Promise<Response> {
	const account = accountIn(call.body);
	const waitMs = throttle.signInDelayMs(account, call.address);
	if (waitMs > 0) return tooMany(waitMs);
	// Counted before the password is checked: guesses sent all at once must not pass together.
	throttle.signInTried(account, call.address);
	const answerable = delay(REFUSAL_MS, undefined, { ref: false });
	const response = await forward();
	if (response.ok) throttle.signInSucceeded(account, call.address);
	else await answerable;
	return response;
}

function accountIn(body: Uint8Array): string {
	try {
		const value: unknown = JSON.parse(new TextDecoder().decode(body));
		if (typeof value === 'object' && value !== null && 'email' in value) {
			return String(value.email).trim().toLowerCase();
		}
	} catch {
		// Not JSON: lite refuses it, and the failure is counted for the nameless account.
	}
	return '';
}

function tooMany(waitMs: number): Response {
	const seconds = Math.ceil(waitMs / 1000);
	return problem(
		429,
		'over_request_rate_limit',
		`Too many attempts. Try again in ${seconds} seconds.`,
		{ 'retry-after': String(seconds) }
	);
}
