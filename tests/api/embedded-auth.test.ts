import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedServer } from '../fixtures/embedded-server.ts';
import { aPhone, aSignedIn, call, PASSWORD, startToy } from '../fixtures/embedded-toy.ts';

let server: EmbeddedServer;

beforeAll(async () => {
	server = await startToy({ limits: { failuresPerAddress: 30, signUpsPerAddress: 10 } });
});
afterAll(() => server.stop());

describe('sign-up and sign-in', () => {
	it('signs a new account up at once, without a mail to confirm', async () => {
		const phone = aPhone(server);
		const { data, error } = await phone.auth.signUp({
			email: 'new@example.org',
			password: PASSWORD,
			options: { data: { display_name: '新同事' } }
		});
		expect(error).toBeNull();
		expect(data.session?.access_token).toBeTruthy();
		expect(data.user?.user_metadata['display_name']).toBe('新同事');
	});

	it('signs in accounts that were made directly in the database', async () => {
		const { phone, userId } = await aSignedIn(server, 'direct');
		const { data } = await phone.auth.getUser();
		expect(data.user?.id).toBe(userId);
	});

	it('gives a new token for a refresh token', async () => {
		const { phone } = await aSignedIn(server, 'refresher');
		const { data, error } = await phone.auth.refreshSession();
		expect(error).toBeNull();
		expect(data.session?.refresh_token).toBeTruthy();
	});

	it('refuses passwords shorter than eight characters', async () => {
		const { error } = await aPhone(server).auth.signUp({
			email: 's@example.org',
			password: 'short7!'
		});
		expect(error?.status).toBe(422);
	});
});

describe('what is closed', () => {
	it.each(['otp', 'magiclink', 'recover', 'verify', 'resend', 'authorize', 'callback', 'factors'])(
		'does not offer /auth/v1/%s',
		async (route) => {
			const response = await call(server, `/auth/v1/${route}`, { method: 'POST', body: '{}' });
			expect(response.status).toBe(404);
		}
	);

	it.each([
		'/_system/info',
		'/storage/v1/bucket',
		'/graphql/v1',
		'/realtime/v1/api/broadcast',
		'/'
	])('answers 404 for %s', async (path) => {
		expect((await call(server, path)).status).toBe(404);
	});

	it('lets nobody in without a key, not even from this machine', async () => {
		expect((await fetch(`${server.url}/rest/v1/notes`)).status).toBe(401);
		expect((await fetch(`${server.url}/rest/v1/notes`, { headers: { apikey: 'x' } })).status).toBe(
			401
		);
	});

	it('does not let /auth/v1 be left by dots or doubled slashes', async () => {
		for (const path of [
			'/auth/v1/../../_system/info',
			'/auth/v1//verify',
			'/auth/v1/token/../verify'
		]) {
			expect((await call(server, path, { method: 'POST', body: '{}' })).status).toBe(404);
		}
	});
});

describe('the operator', () => {
	const operator = () =>
		createClient(server.url, server.secretKey, { auth: { persistSession: false } });

	it('makes an account, finds it, and sets its password, which signs its phones out', async () => {
		const email = 'chief@example.org';
		const { data: made, error } = await operator().auth.admin.createUser({
			email,
			password: PASSWORD,
			email_confirm: true,
			user_metadata: { display_name: '王督導' }
		});
		expect(error).toBeNull();
		expect(made.user).toMatchObject({ email, user_metadata: { display_name: '王督導' } });
		const phone = aPhone(server);
		await phone.auth.signInWithPassword({ email, password: PASSWORD });

		const { data: all } = await operator().auth.admin.listUsers({ perPage: 1000 });
		const found = all.users.find((user) => user.email === email);
		expect(found?.id).toBe(made.user?.id);
		const changed = await operator().auth.admin.updateUserById(found?.id ?? '', {
			password: 'another-password'
		});
		expect(changed.error).toBeNull();
		expect((await phone.auth.refreshSession()).error).not.toBeNull();
		const again = await phone.auth.signInWithPassword({ email, password: 'another-password' });
		expect(again.error).toBeNull();
	});

	it('is told when the address is taken or the password too short', async () => {
		await server.createUser({ email: 'taken@example.org', password: PASSWORD });
		const { admin } = operator().auth;
		const taken = await admin.createUser({ email: 'Taken@example.org', password: PASSWORD });
		expect(taken.error?.code).toBe('email_exists');
		const short = await admin.createUser({ email: 'short@example.org', password: 'short' });
		expect(short.error?.code).toBe('weak_password');
	});

	it('is nobody without the secret key', async () => {
		const { phone, token } = await aSignedIn(server, 'climber');
		const { error } = await phone.auth.admin.listUsers();
		expect(error?.status).toBe(403);
		const response = await call(server, '/auth/v1/admin/users', { token });
		expect(response.status).toBe(403);
	});
});

describe('password guessing', () => {
	const guess = (email: string, password: string) =>
		call(server, '/auth/v1/token?grant_type=password', {
			method: 'POST',
			body: JSON.stringify({ email, password })
		});

	it('makes the sixth guess wait, even with the right password, and says how long', async () => {
		await server.createUser({ email: 'target@example.org', password: PASSWORD });
		for (let i = 0; i < 5; i += 1) {
			expect((await guess('target@example.org', `wrong-${i}`)).status).toBe(400);
		}
		const sixth = await guess('Target@example.org ', PASSWORD);
		expect(sixth.status).toBe(429);
		expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0);
		const { error } = await aPhone(server).auth.signInWithPassword({
			email: 'target@example.org',
			password: PASSWORD
		});
		expect(error?.code).toBe('over_request_rate_limit');
	});

	it('does not make others at the same address wait', async () => {
		await expect(aSignedIn(server, 'neighbour')).resolves.toBeTruthy();
	});

	it('counts guesses that arrive all at once', async () => {
		await server.createUser({ email: 'parallel@example.org', password: PASSWORD });
		const answers = await Promise.all(
			Array.from({ length: 12 }, (_, i) => guess('parallel@example.org', `wrong-${i}`))
		);
		expect(answers.filter((answer) => answer.status === 400)).toHaveLength(5);
		expect(answers.filter((answer) => answer.status === 429)).toHaveLength(7);
	});

	it('takes as long to refuse an unknown account as a known one', async () => {
		const startedAt = performance.now();
		await guess('nobody@example.org', 'whatever-1');
		expect(performance.now() - startedAt).toBeGreaterThan(390);
	});
});

it('slows mass sign-up from one address', async () => {
	const statuses: number[] = [];
	for (let i = 0; i < 12; i += 1) {
		const body = JSON.stringify({ email: `mass${i}@example.org`, password: PASSWORD });
		statuses.push((await call(server, '/auth/v1/signup', { method: 'POST', body })).status);
	}
	expect(statuses.at(-1)).toBe(429);
});
