/** What comes over the line is an answer of ours, or none. */
import { expect, test } from 'vitest';
import type { SyncRequest } from '#lib/protocol/sync.ts';
import { RpcPort } from '#lib/remote/rpc-port.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import { memoryStorage } from '../app/memory-storage.ts';

const USER = '11111111-1111-4111-8111-111111111111';
const request: SyncRequest = {
	v: 1,
	schema: 1,
	epoch: null,
	client: USER,
	acked: 0,
	turn: 0,
	push: [],
	cursors: {}
};

async function answerTo(body: unknown) {
	const sessions = new SessionStore(memoryStorage());
	sessions.write({
		userId: USER,
		email: 'a@example.org',
		accessToken: 'token',
		refreshToken: 'token',
		expiresAtMs: Date.now() + 3_600_000
	});
	const config = { supabaseUrl: 'http://localhost:1', publishableKey: 'key', version: '0' };
	const fetch = () => Promise.resolve(Response.json(body));
	const port = new RpcPort({ config, sessions, fetch }, USER);
	return await port.sync(request, new AbortController().signal);
}

test('somebody else’s JSON is no answer, though it came with 200', async () => {
	for (const body of [{ hello: 'world' }, [], null, { epoch: USER, results: 'none' }])
		expect(await answerTo(body)).toMatchObject({ ok: false, kind: 'garbled' });
});
