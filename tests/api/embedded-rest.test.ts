import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedServer } from '../fixtures/embedded-server.ts';
import { aSignedIn, call, startToy, type SignedIn } from '../fixtures/embedded-toy.ts';

let server: EmbeddedServer;
let amy: SignedIn;
let ben: SignedIn;

beforeAll(async () => {
	server = await startToy();
	[amy, ben] = [await aSignedIn(server, 'amy'), await aSignedIn(server, 'ben')];
});
afterAll(() => server.stop());

describe('rpc', () => {
	it('runs as the caller, with the claims that policies read', async () => {
		const { data } = await amy.phone.rpc('who_am_i', { request: { n: 1 } });
		expect(data).toMatchObject({ uid: amy.userId, role: 'authenticated', request: { n: 1 } });
		expect(data.session).toBeTruthy();
	});

	it('hands a jsonb argument over as jsonb', async () => {
		const { data } = await amy.phone.rpc('who_am_i', { request: { a: ['值'] } });
		expect(data).toMatchObject({ request: { a: ['值'] }, request_type: 'object' });
	});
});

describe('tables', () => {
	it('shows each caller only their own rows, and times as PostgREST writes them', async () => {
		const { data: made } = await amy.phone.from('notes').insert({ body: '血壓 128/76 ' }).select();
		expect(made).toMatchObject([{ owner: amy.userId, body: '血壓 128/76 ' }]);
		expect(made?.[0].created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/);
		const { data: seen } = await ben.phone.from('notes').select();
		expect(seen).toEqual([]);
	});

	it('keeps revoked what a migration has revoked', async () => {
		const { error } = await amy.phone.from('notes').delete().eq('owner', amy.userId);
		expect(error?.code).toBe('42501');
		const grants = await server.sql(
			`select from information_schema.table_privileges
			 where table_name = 'notes' and grantee = 'authenticated' and privilege_type = 'DELETE'`
		);
		expect(grants).toHaveLength(0);
	});

	it("keeps the auth schema out of every caller's reach", async () => {
		const headers = { 'accept-profile': 'auth' };
		const response = await call(server, '/rest/v1/users', { token: amy.token, headers });
		expect(response.ok).toBe(false);
	});

	it('lets the secret key past the policies, and refuses it from a browser', async () => {
		const ask = (agent: string) =>
			fetch(`${server.url}/rest/v1/notes`, {
				headers: { apikey: server.secretKey, 'user-agent': agent }
			});
		expect(await (await ask('node')).json()).not.toEqual([]);
		expect((await ask('Mozilla/5.0 (iPhone)')).status).toBe(401);
	});
});

describe('transport', () => {
	const big = JSON.stringify({ request: { text: '長'.repeat(2000) } });
	const post = (body: string, headers: Record<string, string> = {}) =>
		call(server, '/rest/v1/rpc/who_am_i', { method: 'POST', body, headers, token: amy.token });

	it('compresses answers from 1 KiB, for clients that take it', async () => {
		const zipped = await post(big);
		expect(zipped.headers.get('content-encoding')).toBe('gzip');
		expect((await zipped.json()).request.text).toHaveLength(2000);
		const plain = await post(big, { 'accept-encoding': 'identity' });
		expect(plain.headers.get('content-encoding')).toBeNull();
		const small = await post('{"request":{}}');
		expect(small.headers.get('content-encoding')).toBeNull();
	});

	it('refuses bodies over 2 MB, announced or streamed', async () => {
		const huge = JSON.stringify({ request: { text: 'x'.repeat(2_200_000) } });
		expect((await post(huge)).status).toBe(413);
		const streamed = await fetch(`${server.url}/rest/v1/rpc/who_am_i`, {
			method: 'POST',
			headers: { apikey: server.publishableKey, 'content-type': 'application/json' },
			body: new Blob([huge]).stream(),
			duplex: 'half'
		} as RequestInit);
		expect(streamed.status).toBe(413);
		expect((await post('{"request":{}}')).status).toBe(200);
	});

	it('lets nothing be kept by caches', async () => {
		const response = await post('{"request":{}}');
		expect(response.headers.get('cache-control')).toBe('no-store');
	});
});

it('tells the app where it is', async () => {
	const response = await fetch(`${server.url}/config.json`);
	expect(response.headers.get('cache-control')).toBe('no-store');
	expect(await response.json()).toEqual({
		supabaseUrl: server.url,
		publishableKey: server.publishableKey,
		version: expect.stringMatching(/^\d+\.\d+\.\d+/),
		demo: false
	});
});
