import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js';
import { createClient } from '@supabase/supabase-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { EmbeddedServer } from '../fixtures/embedded-server.ts';
import { aSignedIn, PASSWORD, startToy } from '../fixtures/embedded-toy.ts';

let server: EmbeddedServer;
let nurse: { phone: SupabaseClient; userId: string; token: string };

beforeAll(async () => {
	server = await startToy({ realtime: { recheckEveryMs: 100, sweepEveryMs: 20 } });
	nurse = await aSignedIn(server, 'nurse');
});
afterAll(() => server.stop());
afterEach(async () => {
	await nurse.phone.removeAllChannels();
	await server.sql('delete from private.listeners');
});

const grant = (topic: string, userId = nurse.userId) =>
	server.sql('insert into private.listeners values ($1, $2)', [userId, topic]);

/** Resolves with the first status that `subscribe` reports, and its error's message. */
function firstStatus(channel: RealtimeChannel): Promise<[string, string]> {
	return new Promise((resolve) => {
		channel.subscribe((status, error) => resolve([status, error?.message ?? '']));
	});
}

const privately = { config: { private: true } };

describe('joining', () => {
	it('lets a member of the topic in', async () => {
		await grant('bucket:12');
		const [status] = await firstStatus(nurse.phone.channel('bucket:12', privately));
		expect(status).toBe('SUBSCRIBED');
	});

	it('refuses everyone else, and says why', async () => {
		const [status, reason] = await firstStatus(nurse.phone.channel('bucket:99', privately));
		expect(status).toBe('CHANNEL_ERROR');
		expect(reason).toContain(
			'You do not have permissions to read from this Channel topic: bucket:99'
		);
	});

	it('refuses public channels', async () => {
		await grant('bucket:12');
		const [status, reason] = await firstStatus(nurse.phone.channel('bucket:12'));
		expect([status, reason]).toEqual(['CHANNEL_ERROR', expect.stringContaining('PrivateOnly')]);
	});

	it('refuses who has not signed in, and forged tokens', async () => {
		const stranger = createClient(server.url, server.publishableKey);
		const [, noToken] = await firstStatus(stranger.channel('bucket:12', privately));
		expect(noToken).toContain('InvalidJWTToken');
		const [head, body] = nurse.token.split('.');
		await stranger.realtime.setAuth(`${head}.${body}.${'A'.repeat(43)}`);
		const [, forged] = await firstStatus(stranger.channel('bucket:13', privately));
		expect(forged).toContain('InvalidJWTToken');
		await stranger.removeAllChannels();
	});

	it('refuses a socket without a known key', async () => {
		const socket = new WebSocket(`${server.url}/realtime/v1/websocket?apikey=x&vsn=2.0.0`);
		const [error] = await once(socket, 'error');
		expect(String(error)).toContain('401');
	});
});

describe('pokes', () => {
	it.each(['2.0.0', '1.0.0'])('reach a listener (vsn %s)', async (vsn) => {
		await grant('bucket:12');
		const phone = createClient(server.url, server.publishableKey, {
			auth: { persistSession: false, autoRefreshToken: false },
			realtime: { vsn }
		});
		await phone.auth.signInWithPassword({ email: 'nurse@example.org', password: PASSWORD });
		const channel = phone.channel('bucket:12', privately);
		const heard = new Promise((resolve) => {
			channel.on('broadcast', { event: 'moved' }, resolve);
		});
		await firstStatus(channel);
		await nurse.phone.rpc('poke', { topic: 'bucket:12', times: 1 });
		expect(await heard).toMatchObject({ event: 'moved', payload: { bucket: 12 } });
		await phone.removeAllChannels();
	});

	it('are sent once for a burst, and only to those who listen', async () => {
		await grant('bucket:12');
		await grant('bucket:13');
		const heard: string[] = [];
		const twelve = nurse.phone.channel('bucket:12', privately);
		twelve.on('broadcast', { event: 'moved' }, () => heard.push('12'));
		const thirteen = nurse.phone.channel('bucket:13', privately);
		const last = new Promise((resolve) => {
			thirteen.on('broadcast', { event: 'moved' }, () => resolve(heard.push('13')));
		});
		await firstStatus(twelve);
		await firstStatus(thirteen);
		await nurse.phone.rpc('poke', { topic: 'bucket:14', times: 1 });
		await Promise.all(
			[1, 2, 3].map(() => nurse.phone.rpc('poke', { topic: 'bucket:12', times: 20 }))
		);
		await nurse.phone.rpc('poke', { topic: 'bucket:13', times: 1 });
		await last;
		expect(heard.filter((topic) => topic === '12').length).toBeLessThanOrEqual(3);
		expect(heard).toContain('12');
		expect(heard.at(-1)).toBe('13');
	});

	it('are not sent when the write is rolled back', async () => {
		await grant('bucket:12');
		const channel = nurse.phone.channel('bucket:12', privately);
		const heard = new Promise((resolve) => {
			channel.on('broadcast', { event: 'moved' }, ({ payload }) => resolve(payload));
		});
		await firstStatus(channel);
		await server.exec(
			`begin; select realtime.send('{"bucket":-1}', 'moved', 'bucket:12'); rollback;`
		);
		await nurse.phone.rpc('poke', { topic: 'bucket:12', times: 1 });
		expect(await heard).toEqual({ bucket: 12 });
	});
});

describe('phones only listen', () => {
	it('refuses what a phone broadcasts', async () => {
		await grant('bucket:12');
		const channel = nurse.phone.channel('bucket:12', {
			config: { private: true, broadcast: { ack: true, self: true } }
		});
		await firstStatus(channel);
		expect(await channel.send({ type: 'broadcast', event: 'moved', payload: {} })).toBe('error');
	});
});

describe('staying', () => {
	/** Joins, and tells what the server says when it closes the channel again. */
	async function joined(channel: RealtimeChannel): Promise<{ dropped: Promise<string> }> {
		const { promise: dropped, resolve: drop } = Promise.withResolvers<string>();
		let said = '';
		channel.on('system', {}, (payload: { message: string }) => (said = payload.message));
		await new Promise<void>((resolve) => {
			channel.subscribe((status: string) => {
				if (status === 'SUBSCRIBED') resolve();
				if (status === 'CLOSED') drop(said);
			});
		});
		return { dropped };
	}

	it('ends when the membership is taken away', async () => {
		await grant('bucket:12');
		const { dropped } = await joined(nurse.phone.channel('bucket:12', privately));
		await server.sql('delete from private.listeners');
		expect(await dropped).toContain('no longer have permission');
	});

	it('ends when the session is signed out', async () => {
		const leaver = await aSignedIn(server, 'leaver');
		await grant('bucket:12', leaver.userId);
		const { dropped } = await joined(leaver.phone.channel('bucket:12', privately));
		await server.sql('delete from auth.sessions where user_id = $1', [leaver.userId]);
		expect(await dropped).toContain('no longer have permission');
		await leaver.phone.removeAllChannels();
	});

	it('ends when the token expires, and goes on when a new one came in time', async () => {
		await grant('bucket:12');
		await grant('bucket:13');
		const [expiring, renewed] = [await phoneWithToken(4), await phoneWithToken(4)];
		const one = await joined(expiring.channel('bucket:12', privately));
		const two = renewed.channel('bucket:13', privately);
		const heard = new Promise((resolve) => {
			two.on('broadcast', { event: 'moved' }, resolve);
		});
		await joined(two);
		await renewed.realtime.setAuth(tokenFor(3600));
		expect(await one.dropped).toContain('expired');
		await nurse.phone.rpc('poke', { topic: 'bucket:13', times: 1 });
		await heard;
		await expiring.removeAllChannels();
		await renewed.removeAllChannels();
	});

	async function phoneWithToken(lifetimeS: number): Promise<SupabaseClient> {
		const phone = createClient(server.url, server.publishableKey, {
			auth: { persistSession: false, autoRefreshToken: false }
		});
		await phone.realtime.setAuth(tokenFor(lifetimeS));
		return phone;
	}

	/** The nurse's own token with another expiry, signed with the server's secret. */
	function tokenFor(lifetimeS: number): string {
		const [head = '', body = ''] = nurse.token.split('.');
		const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
		claims.exp = Math.floor(Date.now() / 1000) + lifetimeS;
		const text = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
		const { jwtSecret } = JSON.parse(readFileSync(join(server.dataDir, 'keys.json'), 'utf8'));
		return `${text}.${createHmac('sha256', jwtSecret).update(text).digest('base64url')}`;
	}
});
