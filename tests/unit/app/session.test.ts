/** Who may open this phone, offline and on, and what stays on it. */
import { beforeEach, expect, test, vi } from 'vitest';
import { markLeft } from '#lib/app/auto-lock.ts';
import { readRecord } from '#lib/app/phone-record.ts';
import type { ServerAccess } from '#lib/app/server-access.ts';
import { Session, type OpenedWorkspace } from '#lib/app/session.svelte.ts';
import { meiLing, password, Phone, quickPasswords, yiJun } from './session-phone.ts';

let phone: Phone;
beforeEach(() => {
	phone = new Phone();
});

async function signedIn(): Promise<Session> {
	const session = phone.start();
	await session.start();
	expect(await session.signIn(yiJun.email, password)).toEqual({ ok: true });
	return session;
}

test('what the next unlocking needs is made while the server thinks, not after it', async () => {
	const server = Promise.withResolvers<void>();
	const made = Promise.withResolvers<string>();
	phone.serverThinks = server.promise;
	phone.makeVerifier = (given) => {
		made.resolve(given);
		return quickPasswords.makeVerifier(given);
	};
	const session = phone.start();
	await session.start();
	const signingIn = session.signIn(yiJun.email, password);
	expect(await made.promise).toBe(password);
	server.resolve();
	expect(await signingIn).toEqual({ ok: true });
	expect(session.record.users[0]?.verifier.hash).toBe(btoa(password));
});

test('nobody is let in before signing in once', async () => {
	const session = phone.start();
	expect(session.phase).toBe('starting');
	await session.start();
	expect(session.phase).toBe('closed');
	phone.isOnline = false;
	expect(await session.signIn(yiJun.email, password)).toEqual({
		ok: false,
		problem: { kind: 'offline' }
	});
});

test('a signed-in person is at work at once after a reload, without asking the network', async () => {
	await signedIn();
	phone.isOnline = false;
	phone.events = [];
	const session = phone.start();
	await session.start();
	expect(session.phase).toBe('open');
	expect(session.workspace?.me.displayName).toBe('陳怡君');
	expect(phone.events).toEqual(['open yi-jun']);
});

test('a lock keeps the data and the sync behind it, and the password opens it offline', async () => {
	const session = await signedIn();
	session.lock();
	expect(session.phase).toBe('closed');
	expect(session.workspace).toBeNull();
	expect(phone.events).not.toContain('stop yi-jun');
	phone.isOnline = false;
	expect(await session.unlock('yi-jun', 'wrong')).toEqual({
		ok: false,
		problem: { kind: 'wrong_password' }
	});
	expect(session.phase).toBe('closed');
	expect(await session.unlock('yi-jun', password)).toEqual({ ok: true });
	expect(session.phase).toBe('open');
});

test('a locked phone stays locked after a reload, and goes on sending', async () => {
	(await signedIn()).lock();
	phone.events = [];
	const session = phone.start();
	await session.start();
	expect(session.phase).toBe('closed');
	expect(phone.events).toEqual(['open yi-jun']);
});

test('a phone that was left for too long is locked at the next start', async () => {
	await signedIn();
	markLeft(phone.storage, phone.nowMs);
	phone.nowMs += 16 * 60_000;
	const session = phone.start();
	await session.start();
	expect(session.phase).toBe('closed');
});

test('guessing at the lock is slowed down, also across reloads', async () => {
	(await signedIn()).lock();
	phone.isOnline = false;
	const session = phone.start();
	await session.start();
	for (let tries = 0; tries < 5; tries++) await session.unlock('yi-jun', 'guess');
	const again = phone.start();
	await again.start();
	expect(await again.unlock('yi-jun', password)).toEqual({
		ok: false,
		problem: { kind: 'throttled', retryAfterS: 30 }
	});
	phone.nowMs += 30_000;
	expect(await again.unlock('yi-jun', password)).toEqual({ ok: true });
});

test('a password changed on another device opens the lock as soon as the server has vouched for it', async () => {
	const session = await signedIn();
	session.lock();
	phone.passwords.set(yiJun.email, 'a-new-password');
	phone.isOnline = false;
	expect(await session.unlock('yi-jun', 'a-new-password')).toMatchObject({ ok: false });
	phone.isOnline = true;
	expect(await session.unlock('yi-jun', 'a-new-password')).toEqual({ ok: true });
	session.lock();
	phone.isOnline = false;
	expect(await session.unlock('yi-jun', 'a-new-password')).toEqual({ ok: true });
});

test('two people share a phone: each opens their own data only', async () => {
	const session = await signedIn();
	session.lock();
	expect(await session.signIn(meiLing.email, password)).toEqual({ ok: true });
	expect(session.workspace?.me.userId).toBe('mei-ling');
	expect(phone.events.slice(-2)).toEqual(['stop yi-jun', 'open mei-ling']);
	session.lock();
	phone.isOnline = false;
	expect(await session.unlock('yi-jun', password)).toEqual({ ok: true });
	expect(session.workspace?.me.userId).toBe('yi-jun');
	expect(session.record.users.map(({ me }) => me.userId)).toEqual(['yi-jun', 'mei-ling']);
});

test('somebody known gets in with the right password though the server does not answer', async () => {
	const session = await signedIn();
	session.lock();
	phone.serverAnswers = { ok: false, problem: { kind: 'unreachable' } };
	expect(await session.signIn('Worker@example.tw', password)).toEqual({ ok: true });
});

test('a new sign-in after the server ended the session goes on with the same open data', async () => {
	phone.serverPhase = 'signed_out';
	const session = await signedIn();
	expect(session.sessionEnded).toBe(true);
	phone.events = [];
	expect(await session.signIn(yiJun.email, password)).toEqual({ ok: true });
	expect(phone.events).toEqual(['ask server worker@example.tw', 'resume']);
});

test('while the server wants a new sign-in, its silence is said and not taken for one', async () => {
	phone.serverPhase = 'signed_out';
	const session = await signedIn();
	phone.serverAnswers = { ok: false, problem: { kind: 'unreachable' } };
	expect(await session.signIn(yiJun.email, password)).toMatchObject({
		problem: { kind: 'unreachable' }
	});
});

test('signing out takes everything of that person off the phone and nothing of others', async () => {
	const session = await signedIn();
	session.lock();
	await session.signIn(meiLing.email, password);
	phone.isOnline = false;
	await session.wipe();
	expect(phone.events.slice(-2)).toEqual(['stop mei-ling', 'erase mei-ling']);
	expect(session.phase).toBe('closed');
	expect(session.farewell).toBe('wiped');
	expect(readRecord(phone.storage)).toMatchObject({
		activeUserId: null,
		wipingUserId: null,
		users: [{ me: { userId: 'yi-jun' } }]
	});
});

test('a wipe that was interrupted is finished at the next start', async () => {
	const session = await signedIn();
	const halted = new Promise<void>(() => undefined);
	// The window is closed while the data is being deleted.
	const interrupted = new Session({
		storage: phone.storage,
		nowMs: () => phone.nowMs,
		online: () => false,
		server: {} as ServerAccess,
		open: (me) =>
			Promise.resolve({
				workspace: { me, status: { phase: 'synced' } } as unknown as OpenedWorkspace['workspace'],
				pause: () => Promise.resolve(),
				resume: () => undefined,
				stop: () => Promise.resolve()
			}),
		erase: () => halted,
		passwords: quickPasswords,
		askToPersist: () => Promise.resolve(false)
	});
	expect(session.phase).toBe('open');
	await interrupted.start();
	void interrupted.wipe();
	expect(interrupted.phase, 'nobody comes in while a wipe runs').toBe('starting');
	phone.events = [];
	const next = phone.start();
	await next.start();
	expect(phone.events).toEqual(['erase yi-jun']);
	expect(next.phase).toBe('closed');
	expect(next.record.users).toEqual([]);
});

test('a wipe ordered by the office says so', async () => {
	const session = await signedIn();
	phone.listeners?.onWiped();
	await vi.waitFor(() => expect(session.farewell).toBe('wiped_by_office'));
	expect(phone.events).toContain('erase yi-jun');
	expect(session.record.users).toEqual([]);
});

test('a lock in one tab locks the others, and a wipe closes them', async () => {
	const session = await signedIn();
	const other = phone.start();
	await other.start();
	session.lock();
	await other.recordChanged('connect10.phone');
	expect(other.phase).toBe('closed');
	await session.wipe();
	phone.events = [];
	await other.recordChanged('connect10.phone');
	expect(phone.events).toEqual(['stop yi-jun']);
});

test('a store that does not open at sign-in is said there, and tried again', async () => {
	const session = phone.start();
	await session.start();
	phone.storeOpens = false;
	expect(await session.signIn(yiJun.email, password)).toEqual({
		ok: false,
		problem: { kind: 'storage' }
	});
	phone.storeOpens = true;
	expect(await session.signIn(yiJun.email, password)).toEqual({ ok: true });
});

test('a store that does not open at the start is a broken app, not a signed-out one', async () => {
	await signedIn();
	phone.storeOpens = false;
	const session = phone.start();
	await session.start();
	expect(session.phase).toBe('broken');
});

test('what sync learns about the person is known at the next start', async () => {
	await signedIn();
	const memberships = [{ orgId: 'o1', orgName: '雲嶺', role: 'worker' as const }];
	phone.listeners?.onMeChanged({ ...yiJun, memberships });
	const session = phone.start();
	await session.start();
	expect(session.workspace?.me.memberships).toEqual(memberships);
});

test('who is new on this phone comes in when the server has said who they are', async () => {
	phone.serverIsHeard = false;
	const session = phone.start();
	await session.start();
	const signingIn = session.signIn(yiJun.email, password);
	await vi.waitFor(() => expect(phone.events).toContain('open yi-jun'));
	expect(session.phase, 'no screen for nobody in particular').toBe('closed');
	const known = {
		...yiJun,
		memberships: [{ orgId: 'o1', orgName: '雲嶺', role: 'nurse' as const }]
	};
	phone.learn(known);
	phone.listeners?.onHeard();
	expect(await signingIn).toEqual({ ok: true });
	expect(session.phase).toBe('open');
	expect(readRecord(phone.storage).users.map(({ me }) => me)).toEqual([known]);
});

test('a first answer that does not come keeps nobody out for long, nor anybody who has been here before', async () => {
	vi.useFakeTimers();
	try {
		phone.serverIsHeard = false;
		const session = phone.start();
		await session.start();
		const signingIn = session.signIn(yiJun.email, password);
		await vi.advanceTimersByTimeAsync(5_000);
		expect(await signingIn).toEqual({ ok: true });
		const next = phone.start();
		await next.start();
		expect(next.phase).toBe('open');
	} finally {
		vi.useRealTimers();
	}
});

test('a phone is blank until somebody has signed in: not after a failed sign-in, and not after signing out', async () => {
	const session = phone.start();
	expect(session.isBlank).toBe(false);
	await session.start();
	expect(session.isBlank).toBe(true);
	await session.signIn(yiJun.email, 'wrong');
	expect(session.isBlank).toBe(true);
	await session.signIn(yiJun.email, password);
	expect(session.isBlank).toBe(false);
	await session.wipe();
	const again = phone.start();
	await again.start();
	expect(again.record.users).toEqual([]);
	expect(again.isBlank).toBe(false);
});
