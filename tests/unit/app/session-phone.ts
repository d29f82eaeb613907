/** A phone with a server that knows two people, for the tests of the session; everything that happens to it is noted. */
import type { LiveMe } from '#lib/app/live-me.svelte.ts';
import type { EnterAnswer, ServerAccess } from '#lib/app/server-access.ts';
import {
	Session,
	type OpenedWorkspace,
	type OpenListeners,
	type SessionParts
} from '#lib/app/session.svelte.ts';
import type { Me } from '#lib/sync/workspace.ts';
import { memoryStorage } from './memory-storage.ts';

export const yiJun: Me = {
	userId: 'yi-jun',
	email: 'worker@example.tw',
	displayName: '陳怡君',
	memberships: []
};
export const meiLing: Me = {
	userId: 'mei-ling',
	email: 'nurse@example.tw',
	displayName: '許美玲',
	memberships: []
};
export const password = 'connect10-demo';

/** The real check takes its time on purpose. */
export const quickPasswords: SessionParts['passwords'] = {
	makeVerifier: (given) => Promise.resolve({ salt: '', hash: btoa(given), iterations: 1 }),
	matches: (given, { hash }) => Promise.resolve(hash === btoa(given))
};

/** One phone with a server that knows two people; everything that happens is noted. */
export class Phone {
	storage = memoryStorage();
	nowMs = Date.parse('2026-11-22T01:00:00Z');
	isOnline = true;
	passwords = new Map([
		[yiJun.email, password],
		[meiLing.email, password]
	]);
	serverAnswers: EnterAnswer | null = null;
	serverThinks = Promise.resolve();
	makeVerifier = quickPasswords.makeVerifier;
	serverPhase: 'synced' | 'signed_out' = 'synced';
	storeOpens = true;
	serverIsHeard = true;
	events: string[] = [];
	me: LiveMe | null = null;
	listeners: OpenListeners | null = null;

	start(): Session {
		return new Session({
			storage: this.storage,
			nowMs: () => this.nowMs,
			online: () => this.isOnline,
			server: {
				signIn: (email: string, given: string) => this.#signIn(email, given)
			} as unknown as ServerAccess,
			open: (me, listeners) => this.#open(me, listeners),
			erase: (userId) => this.#note(`erase ${userId}`),
			passwords: { ...quickPasswords, makeVerifier: (given) => this.makeVerifier(given) },
			askToPersist: () => Promise.resolve(true)
		});
	}

	async #signIn(email: string, given: string): Promise<EnterAnswer> {
		this.events.push(`ask server ${email}`);
		await this.serverThinks;
		if (this.serverAnswers) return this.serverAnswers;
		const me = [yiJun, meiLing].find((each) => each.email === email);
		const matches = me && this.passwords.get(email) === given;
		return matches ? { ok: true, me } : { ok: false, problem: { kind: 'wrong_password' } };
	}

	/** What sync does when this person's rows arrive. */
	learn(known: Me): void {
		this.me?.update(known);
		this.listeners?.onMeChanged(known);
	}

	#open(me: LiveMe, listeners: OpenListeners): Promise<OpenedWorkspace> {
		if (!this.storeOpens) return Promise.reject(new Error('no storage'));
		this.me = me;
		this.listeners = listeners;
		this.events.push(`open ${me.userId}`);
		if (this.serverIsHeard) listeners.onHeard();
		const status = { phase: this.serverPhase };
		return Promise.resolve({
			workspace: { me, status } as unknown as OpenedWorkspace['workspace'],
			pause: () => Promise.resolve(),
			resume: () => void this.events.push('resume'),
			stop: () => this.#note(`stop ${me.userId}`)
		});
	}

	#note(event: string): Promise<void> {
		this.events.push(event);
		return Promise.resolve();
	}
}
