import { expect, test } from 'vitest';
import type { PostgrestAnswer } from '#lib/remote/exchange.ts';
import { exchange, observingFetch } from '#lib/remote/exchange.ts';

/** As postgrest-js sees a response. */
async function ask(
	respond: () => Response | Promise<Response>,
	limitMs = 1000,
	cancel = new AbortController().signal
) {
	const observed = observingFetch(() => Promise.resolve().then(respond));
	const call = async (signal: AbortSignal): Promise<PostgrestAnswer> => {
		try {
			const response = await observed('https://example.org/rpc/sync', {
				method: 'POST',
				body: '{"a":"血"}',
				signal
			});
			const text = await response.text();
			if (response.ok) return { data: JSON.parse(text), error: null, status: response.status };
			const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : { message: text };
			return { data: null, error: parsed as { message: string }, status: response.status };
		} catch (failure) {
			return { data: null, error: { message: String(failure) }, status: 0 };
		}
	};
	return await exchange(call, cancel, limitMs);
}

const refusal =
	(status: number, code: string, message = 'no', headers = {}) =>
	() =>
		Response.json({ code, message }, { status, headers });

test.each([
	['no network', () => Promise.reject(new TypeError('fetch failed')), 'offline'],
	['a captive portal', () => new Response('<!doctype html>', { status: 200 }), 'garbled'],
	['half a body', () => new Response('{"epoch": "x", "ro', { status: 200 }), 'garbled'],
	['a proxy’s own error page', () => new Response('<h1>502</h1>', { status: 502 }), 'unavailable'],
	['an expired token', refusal(401, 'PGRST301'), 'unauthenticated'],
	['a refusal', refusal(403, '42501'), 'forbidden'],
	['too much', refusal(413, ''), 'too_large'],
	['too many mutations', refusal(400, 'P0001', 'batch_too_large'), 'too_large'],
	['too often', refusal(429, ''), 'rate_limited'],
	['a statement timeout', refusal(500, '57014'), 'timeout'],
	['a gateway timeout', refusal(504, ''), 'timeout'],
	['no connection free in time', refusal(504, 'PGRST003'), 'unavailable'],
	['a deadlock', refusal(500, '40P01'), 'unavailable'],
	['a conflict', refusal(409, '40001'), 'unavailable'],
	['a release too old', refusal(400, 'P0001', 'upgrade_required'), 'upgrade_required'],
	['a fault of the server', refusal(500, 'XX000'), 'server'],
	['a state that a trigger did not expect', refusal(500, '55000'), 'server']
] as const)('%s is %s', async (_, respond, kind) => {
	expect(await ask(respond)).toMatchObject({ ok: false, kind });
});

test('Retry-After is read as seconds or as a date', async () => {
	expect(await ask(refusal(429, '', 'slow down', { 'Retry-After': '7' }))).toMatchObject({
		retryAfterMs: 7000
	});
	const inAMinute = new Date(Date.now() + 60_000).toUTCString();
	const answer = await ask(refusal(503, '', 'later', { 'Retry-After': inAMinute }));
	expect(!answer.ok && answer.retryAfterMs).toBeGreaterThan(55_000);
});

test('the server’s word for a refusal is passed on, its sentences are not', async () => {
	expect(await ask(refusal(400, 'P0001', 'invitation_used'))).toMatchObject({
		code: 'invitation_used'
	});
	expect(await ask(refusal(500, 'XX000', 'relation "x" does not exist'))).toMatchObject({
		code: null
	});
});

test('bytes are counted', async () => {
	expect(await ask(() => new Response('{"ok":1}'))).toMatchObject({
		ok: true,
		data: { ok: 1 },
		// A Chinese character is one letter and three bytes.
		bytesSent: 11,
		bytesReceived: 8
	});
});

test('an answer that takes too long is a timeout, and one that nobody wants any more is none', async () => {
	const never = () =>
		new Promise<Response>((_, reject) => setTimeout(() => reject(new Error('late')), 60));
	expect(await ask(never, 20)).toMatchObject({ kind: 'timeout' });
	expect(await ask(never, 1000, AbortSignal.abort())).toMatchObject({ kind: 'offline' });
});
