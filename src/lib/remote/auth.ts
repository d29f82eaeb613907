/** Signing in, and keeping the session fresh without ever making anybody wait for it. */
import type { AuthError, AuthResponse, AuthTokenResponsePassword } from '@supabase/supabase-js';
import * as v from 'valibot';
import type { ServerConfig } from './server-config.ts';
import type { Session, SessionStore } from './session-store.ts';
import type { AuthClient } from './supabase.ts';
import { loadAuthClient } from './supabase.ts';

export interface AuthParts {
	readonly config: ServerConfig;
	readonly sessions: SessionStore;
	readonly fetch?: typeof fetch;
}

export type AuthProblem =
	| { readonly kind: 'wrong_password' | 'email_taken' | 'weak_password' }
	/** No answer, or not our server's. */
	| { readonly kind: 'unreachable' }
	| { readonly kind: 'throttled'; readonly retryAfterS: number }
	| { readonly kind: 'unexpected' };
export type AuthOutcome =
	| { readonly ok: true; readonly session: Session }
	| { readonly ok: false; readonly problem: AuthProblem };

export async function signIn(
	parts: AuthParts,
	email: string,
	password: string
): Promise<AuthOutcome> {
	return await enter(parts, (auth) => auth.signInWithPassword({ email, password }));
}

/** @param displayName kept as the account's name; the server makes the profile from it */
export async function signUp(
	parts: AuthParts,
	{ email, password, displayName }: { email: string; password: string; displayName: string }
): Promise<AuthOutcome> {
	const options = { data: { display_name: displayName } };
	return await enter(parts, (auth) => auth.signUp({ email, password, options }));
}

/** Ends the session here at once, and on the server if it can be reached. Only this phone's: other devices stay signed in. */
export async function signOut(
	{ config, sessions, fetch: ownFetch = fetch }: AuthParts,
	userId: string
): Promise<void> {
	const session = sessions.read(userId);
	sessions.remove(userId);
	if (!session) return;
	try {
		await ownFetch(`${config.supabaseUrl}/auth/v1/logout?scope=local`, {
			method: 'POST',
			headers: { apikey: config.publishableKey, Authorization: `Bearer ${session.accessToken}` }
		});
	} catch (failure) {
		// Without network the server's side of the session ends by itself when its refresh token expires.
		console.warn('The server was not told of the sign-out', failure);
	}
}

const RENEW_LIMIT_MS = 15_000;
const tokenSchema = v.object({
	access_token: v.string(),
	refresh_token: v.string(),
	expires_in: v.number(),
	user: v.object({ id: v.string(), email: v.optional(v.string(), '') })
});

/**
 * A new access token for the old refresh token. Asked directly rather than through supabase-js, which keeps trying for 25 s
 * without a network. One tab at a time: a refresh token that is used twice ends the session on the server.
 */
export async function renewSession(
	parts: AuthParts,
	userId: string
): Promise<'renewed' | 'ended' | 'unreachable'> {
	const before = parts.sessions.read(userId);
	if (!before) return 'ended';
	return await alone(`connect10-session-${userId}`, async () => {
		const current = parts.sessions.read(userId);
		if (!current) return 'ended';
		// Another tab was quicker.
		if (current.accessToken !== before.accessToken) return 'renewed';
		return await requestToken(parts, current);
	});
}

async function requestToken(
	{ config, sessions, fetch: ownFetch = fetch }: AuthParts,
	{ refreshToken, userId }: Session
): Promise<'renewed' | 'ended' | 'unreachable'> {
	const giveUp = new AbortController();
	const timer = setTimeout(() => giveUp.abort(), RENEW_LIMIT_MS);
	try {
		const response = await ownFetch(
			`${config.supabaseUrl}/auth/v1/token?grant_type=refresh_token`,
			{
				method: 'POST',
				headers: { apikey: config.publishableKey, 'Content-Type': 'application/json' },
				body: JSON.stringify({ refresh_token: refreshToken }),
				signal: giveUp.signal
			}
		);
		const body: unknown = await response.json();
		if (!response.ok) return isAuthRefusal(response.status, body) ? 'ended' : 'unreachable';
		const parsed = v.safeParse(tokenSchema, body);
		if (!parsed.success || parsed.output.user.id !== userId) return 'unreachable';
		sessions.write(toSession(parsed.output));
		return 'renewed';
	} catch (failure) {
		// No network, cut off, or a captive portal's page instead of JSON: the session may still be good.
		console.warn('The session was not renewed', failure);
		return 'unreachable';
	} finally {
		clearTimeout(timer);
	}
}

/** Only the auth server's own word ends a session: a portal or a proxy may answer 400 or 401 as well. */
function isAuthRefusal(status: number, body: unknown): boolean {
	const worded = v.is(
		v.union([
			v.object({ error_code: v.string() }),
			v.object({ error: v.string() }),
			v.object({ code: v.union([v.string(), v.number()]) })
		]),
		body
	);
	return worded && status >= 400 && status < 500 && status !== 408 && status !== 429;
}

async function enter(
	parts: AuthParts,
	call: (auth: AuthClient) => Promise<AuthResponse | AuthTokenResponsePassword>
): Promise<AuthOutcome> {
	try {
		const { data, error } = await call(await loadAuthClient(parts));
		if (error) return { ok: false, problem: problemOf(error) };
		const parsed = v.safeParse(tokenSchema, data.session);
		if (!parsed.success) return { ok: false, problem: { kind: 'unexpected' } };
		const session = toSession(parsed.output);
		parts.sessions.write(session);
		return { ok: true, session };
	} catch (failure) {
		// The code could not be loaded, or something that is no answer of the auth server came back.
		console.warn('Signing in failed', failure);
		return { ok: false, problem: { kind: 'unreachable' } };
	}
}

function problemOf({ status, code, name, message }: AuthError): AuthProblem {
	if (status === 429) return { kind: 'throttled', retryAfterS: waitIn(message) };
	if (code === 'invalid_credentials') return { kind: 'wrong_password' };
	if (code === 'user_already_exists' || code === 'email_exists') return { kind: 'email_taken' };
	if (code === 'weak_password') return { kind: 'weak_password' };
	const noAnswer = name === 'AuthRetryableFetchError' || name === 'AuthUnknownError' || !status;
	if (noAnswer || status >= 500) return { kind: 'unreachable' };
	return { kind: 'unexpected' };
}

/** auth-js hides the Retry-After header; both servers say the seconds in their sentence. */
function waitIn(message: string): number {
	return Number(/(\d+) seconds?/.exec(message)?.[1] ?? 60);
}

function toSession({
	access_token,
	refresh_token,
	expires_in,
	user
}: v.InferOutput<typeof tokenSchema>): Session {
	return {
		userId: user.id,
		email: user.email,
		accessToken: access_token,
		refreshToken: refresh_token,
		expiresAtMs: Date.now() + expires_in * 1000
	};
}

/** Under a lock that all tabs share; where there are no locks, alone as far as this tab goes. */
async function alone<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
	if (typeof navigator === 'undefined' || !('locks' in navigator)) return await work();
	return await navigator.locks.request(name, work);
}
