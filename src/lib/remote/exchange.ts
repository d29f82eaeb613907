/** One HTTP exchange with the server: bounded in time, measured, and its failure told apart. */
import type { FailureKind, RemoteFailure, Traffic } from '#lib/protocol/answers.ts';

/** What fetch saw; supabase-js passes on neither headers nor sizes. */
interface Observed {
	bytesSent: number;
	bytesReceived: number;
	/** A response arrived, whatever it was. */
	responded: boolean;
	retryAfterMs: number | null;
}

const observedBySignal = new WeakMap<AbortSignal, Observed>();

/** A fetch that records what supabase-js does not tell; exchanges are told apart by their signal. */
export function observingFetch(underlying: typeof fetch): typeof fetch {
	return async (input, init) => {
		const observed = init?.signal ? observedBySignal.get(init.signal) : undefined;
		if (observed && typeof init?.body === 'string')
			observed.bytesSent += new TextEncoder().encode(init.body).length;
		const response = await underlying(input, init);
		if (!observed) return response;
		observed.responded = true;
		observed.retryAfterMs = retryAfterMs(response.headers.get('Retry-After'), Date.now());
		const body = await response.arrayBuffer();
		observed.bytesReceived += body.byteLength;
		const { status, statusText, headers } = response;
		return new Response(hasNoBody(status) ? null : body, { status, statusText, headers });
	};
}

/** What postgrest-js answers, as far as it matters here. */
export interface PostgrestAnswer {
	readonly data: unknown;
	readonly error: { readonly message: string; readonly code?: string } | null;
	readonly status: number;
}

export type Exchanged = ({ readonly ok: true; readonly data: unknown } & Traffic) | RemoteFailure;

/**
 * @param cancel the caller no longer wants the answer
 * @param limitMs gives up after so long
 */
export async function exchange(
	call: (signal: AbortSignal) => PromiseLike<PostgrestAnswer>,
	cancel: AbortSignal,
	limitMs: number
): Promise<Exchanged> {
	const bounded = new AbortController();
	const observed: Observed = {
		bytesSent: 0,
		bytesReceived: 0,
		responded: false,
		retryAfterMs: null
	};
	observedBySignal.set(bounded.signal, observed);
	let timedOut = false;
	const timer = setTimeout(() => {
		timedOut = true;
		bounded.abort();
	}, limitMs);
	const onCancel = () => bounded.abort();
	cancel.addEventListener('abort', onCancel);
	if (cancel.aborted) bounded.abort();
	try {
		const answer = await call(bounded.signal);
		const { bytesSent, bytesReceived } = observed;
		if (!answer.error && answer.status < 300)
			return { ok: true, data: answer.data, bytesSent, bytesReceived };
		return failure(kindOf(answer, observed, timedOut), observed, codeWord(answer.error));
	} finally {
		clearTimeout(timer);
		cancel.removeEventListener('abort', onCancel);
	}
}

/** An answer that parsed as JSON but is not what was asked for. */
export function garbled({ bytesSent, bytesReceived }: Traffic): RemoteFailure {
	return { ok: false, kind: 'garbled', retryAfterMs: null, code: null, bytesSent, bytesReceived };
}

function failure(
	kind: FailureKind,
	{ bytesSent, bytesReceived, retryAfterMs: retry }: Observed,
	code: string | null
): RemoteFailure {
	return { ok: false, kind, retryAfterMs: retry, code, bytesSent, bytesReceived };
}

/** SQLSTATEs of the moment (serialization, deadlock, resources, lock, shutdown, connection): the same batch may do later. */
const TRANSIENT = /^(40|53|55P03|57P|08)/;
const STATEMENT_TIMEOUT = '57014';
/** PostgREST got no connection to the database, or none in time because all were at work: nothing was begun, whatever was sent. */
const NOT_BEGUN = /^PGRST00[0-3]$/;

function kindOf(
	{ error, status }: PostgrestAnswer,
	observed: Observed,
	timedOut: boolean
): FailureKind {
	if (timedOut) return 'timeout';
	// No status: fetch failed, or the body was cut or was not JSON.
	if (status === 0 || status < 400) return observed.responded ? 'garbled' : 'offline';
	const code = error?.code ?? '';
	if (NOT_BEGUN.test(code)) return 'unavailable';
	if (code === STATEMENT_TIMEOUT || status === 408 || status === 504) return 'timeout';
	if (status === 401) return 'unauthenticated';
	if (status === 403) return 'forbidden';
	if (status === 413 || error?.message === 'batch_too_large') return 'too_large';
	if (status === 429) return 'rate_limited';
	if (error?.message === 'upgrade_required') return 'upgrade_required';
	// Without a code it was not our server that spoke, but something before it; and 409 is a lock or a conflict of the moment.
	const ofTheMoment =
		TRANSIENT.test(code) || code === '' || status === 409 || status === 502 || status === 503;
	return ofTheMoment ? 'unavailable' : 'server';
}

/** Our SQL refuses with a word (`raise … using message = 'not_allowed'`); anything else is not for screens. */
function codeWord(error: PostgrestAnswer['error']): string | null {
	if (!error) return null;
	if (/^[a-z][a-z_]+$/.test(error.message)) return error.message;
	return error.code === '42501' ? 'not_allowed' : null;
}

/** Seconds, or an HTTP date (RFC 9110 §10.2.3). */
function retryAfterMs(header: string | null, nowMs: number): number | null {
	if (!header) return null;
	const seconds = Number(header);
	const waitMs = Number.isNaN(seconds) ? Date.parse(header) - nowMs : seconds * 1000;
	return Number.isNaN(waitMs) ? null : Math.max(0, waitMs);
}

function hasNoBody(status: number): boolean {
	return status === 101 || status === 204 || status === 205 || status === 304;
}
