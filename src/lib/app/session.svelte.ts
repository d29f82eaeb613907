/**
 * Who uses this phone now, and whose data is open.
 *
 *   starting ──► closed ──signIn / unlock──► open ──lock──► closed (the data stays, sync goes on)
 *                   ▲                          │
 *                   └────────── wipe ──────────┘  (everything of that person leaves the phone)
 *
 * Nothing here waits for the network but signing in for the first time.
 */
import type { Outcome, SignInProblem } from '#lib/features/signin/port.ts';
import type { Me, Workspace } from '#lib/sync/workspace.ts';
import { after } from './after.ts';
import { markBack, wasAwayTooLong } from './auto-lock.ts';
import { LiveMe } from './live-me.svelte.ts';
import type { PasswordVerifier } from './password-verifier.ts';
import {
	afterWrongPassword,
	changeUser,
	EMPTY_RECORD,
	pauseLeftMs,
	PHONE_RECORD_KEY,
	readRecord,
	userIn,
	withoutUser,
	withUser,
	writeRecord,
	type PhoneRecord,
	type RememberedUser
} from './phone-record.ts';
import type { EnterAnswer, ServerAccess } from './server-access.ts';

export interface SessionParts {
	readonly storage: Storage;
	readonly nowMs: () => number;
	readonly online: () => boolean;
	readonly server: ServerAccess;
	/** Opens this person's store and starts sync; resolves without the network. @throws when the store cannot be opened */
	readonly open: (me: LiveMe, listeners: OpenListeners) => Promise<OpenedWorkspace>;
	/** Takes everything of this person off this phone; their workspace is stopped already. */
	readonly erase: (userId: string) => Promise<void>;
	/** The phone's own check of passwords (password-verifier.ts). */
	readonly passwords: {
		readonly makeVerifier: (password: string) => Promise<PasswordVerifier>;
		readonly matches: (password: string, verifier: PasswordVerifier) => Promise<boolean>;
	};
	/** Asked once after a sign-in: please keep what is stored. */
	readonly askToPersist: () => Promise<boolean>;
}

export interface OpenListeners {
	/** The server had this person's copy deleted. */
	readonly onWiped: () => void;
	/** The synced rows say something new about this person. */
	readonly onMeChanged: (me: Me) => void;
	/** What this phone holds is enough to know who this person is; called early, and perhaps more than once. */
	readonly onHeard: () => void;
}

/** A workspace with the handles that only the session holds. */
export interface OpenedWorkspace {
	readonly workspace: Workspace;
	pause(): Promise<void>;
	resume(): void;
	/** Ends it; the store is closed. */
	stop(): Promise<void>;
}

/** Longer than a first answer takes on a bad line; then the screens show what they have. */
const HEARD_AT_MOST_MS = 5_000;

export type SessionPhase = 'starting' | 'closed' | 'open' | 'broken';

/** Why the app closed by itself; said on the sign-in screen. */
export type FarewellReason = 'wiped' | 'wiped_by_office';

export class Session {
	record: PhoneRecord = $state.raw(EMPTY_RECORD);
	farewell: FarewellReason | null = $state.raw(null);
	/** This phone's memory was never written: it is new, or its browser has deleted everything. */
	isBlank = $state(false);
	/** The store of this phone could not be opened. */
	failure: unknown = $state.raw(null);
	#started = $state(false);
	#opened: OpenedWorkspace | null = $state.raw(null);
	readonly #parts: SessionParts;

	constructor(parts: SessionParts) {
		this.#parts = parts;
	}

	get phase(): SessionPhase {
		if (this.failure !== null) return 'broken';
		// While a wipe runs nobody may come in: the door would still know the one who is leaving.
		if (!this.#started || this.record.wipingUserId !== null) return 'starting';
		return this.workspace === null ? 'closed' : 'open';
	}

	/** The open workspace; null while the app is locked, though sync may be running behind the lock. */
	get workspace(): Workspace | null {
		return this.record.locked ? null : (this.#opened?.workspace ?? null);
	}

	get sessionEnded(): boolean {
		return this.#opened?.workspace.status.phase === 'signed_out';
	}

	/** Stops sync from using the network, for the switch to a new service worker. */
	async pauseSync(): Promise<void> {
		await this.#opened?.pause();
	}

	resumeSync(): void {
		this.#opened?.resume();
	}

	/** Call once, early. */
	async start(): Promise<void> {
		this.#read();
		await this.#finishWipe();
		const { activeUserId, locked } = this.record;
		if (activeUserId !== null) {
			// Behind a lock too: an emergency that was reported before the lock must still leave this phone.
			if (!locked && wasAwayTooLong(this.#parts.storage, this.#parts.nowMs())) this.lock();
			const user = userIn(this.record, activeUserId);
			if (user) await this.#run(new LiveMe(user.me));
		}
		markBack(this.#parts.storage);
		this.#started = true;
	}

	/** With the password that last signed in here; works offline. */
	async unlock(userId: string, password: string): Promise<Outcome<SignInProblem>> {
		const user = userIn(this.record, userId);
		if (!user) return refused({ kind: 'unexpected' });
		const pauseMs = pauseLeftMs(user, this.#parts.nowMs());
		if (pauseMs > 0) {
			return refused({ kind: 'throttled', retryAfterS: Math.ceil(pauseMs / 1000) });
		}
		if (await this.#parts.passwords.matches(password, user.verifier))
			return await this.#letIn(user);
		// The password may have been changed on another device.
		const answer = this.#parts.online()
			? await this.#parts.server.signIn(user.me.email, password)
			: null;
		if (answer?.ok) return await this.#remember(answer.me, this.#prepare(password));
		if (answer?.problem.kind === 'throttled') return refused(answer.problem);
		this.#save(changeUser(this.record, userId, afterWrongPassword(user, this.#parts.nowMs())));
		return refused({ kind: 'wrong_password' });
	}

	async signIn(email: string, password: string): Promise<Outcome<SignInProblem>> {
		const known = this.record.users.find(
			({ me }) => me.email.toLowerCase() === email.toLowerCase()
		);
		if (!this.#parts.online()) {
			return known ? await this.unlock(known.me.userId, password) : refused({ kind: 'offline' });
		}
		const prepared = this.#prepare(password);
		const answer = await this.#parts.server.signIn(email, password);
		const noAnswer = !answer.ok && answer.problem.kind === 'unreachable';
		if (noAnswer && known && !this.sessionEnded)
			return await this.unlock(known.me.userId, password);
		return await this.#enter(answer, prepared);
	}

	async signUp(account: {
		readonly displayName: string;
		readonly email: string;
		readonly password: string;
	}): Promise<Outcome<SignInProblem>> {
		if (!this.#parts.online()) return refused({ kind: 'offline' });
		const prepared = this.#prepare(account.password);
		return await this.#enter(await this.#parts.server.signUp(account), prepared);
	}

	/** Closes the app at once; the data stays, and sync goes on behind the lock. */
	lock(): void {
		if (this.record.activeUserId !== null) this.#save({ ...this.record, locked: true });
	}

	/** Takes everything of the active person off this phone; works offline. */
	async wipe(reason: FarewellReason = 'wiped'): Promise<void> {
		const userId = this.record.activeUserId;
		if (userId === null) return;
		this.#save({ ...this.record, wipingUserId: userId, locked: true });
		await this.#stop();
		await this.#parts.erase(userId);
		this.farewell = reason;
		this.#save(withoutUser(this.record, userId));
	}

	/** Another tab has changed the record. */
	async recordChanged(key: string | null): Promise<void> {
		// null: somebody cleared the whole storage.
		if (!this.#started || (key !== PHONE_RECORD_KEY && key !== null)) return;
		const before = this.record.activeUserId;
		this.#read();
		const now = userIn(this.record, this.record.activeUserId);
		if (before === this.record.activeUserId) return;
		await this.#stop();
		if (now) await this.#run(new LiveMe(now.me));
	}

	/** What only a password that is right will need: made while the server is asked, because it takes as long as a round trip. */
	#prepare(password: string): Promise<PasswordVerifier> {
		const verifier = this.#parts.passwords.makeVerifier(password);
		// Whoever needs it hears of a failure.
		verifier.catch(() => undefined);
		return verifier;
	}

	async #enter(
		answer: EnterAnswer,
		prepared: Promise<PasswordVerifier>
	): Promise<Outcome<SignInProblem>> {
		return answer.ok ? await this.#remember(answer.me, prepared) : refused(answer.problem);
	}

	async #remember(
		entered: Me,
		prepared: Promise<PasswordVerifier>
	): Promise<Outcome<SignInProblem>> {
		const verifier = await prepared;
		const outcome = await this.#letIn({
			me: userIn(this.record, entered.userId)?.me ?? entered,
			verifier,
			usedAt: this.#nowIso(),
			failures: 0,
			tryAgainAt: null
		});
		if (outcome.ok) void this.#parts.askToPersist();
		return outcome;
	}

	async #letIn(user: RememberedUser): Promise<Outcome<SignInProblem>> {
		const { userId } = user.me;
		const isRunning = this.#opened?.workspace.me.userId === userId;
		if (!isRunning) await this.#stop();
		this.failure = null;
		const me = new LiveMe(user.me);
		const isNew = userIn(this.record, userId) === undefined;
		if (!isRunning && !(await this.#run(me, isNew))) {
			this.failure = null;
			return refused({ kind: 'storage' });
		}
		if (isRunning) this.#opened?.resume();
		this.farewell = null;
		const fresh = {
			...user,
			me: me.snapshot,
			usedAt: this.#nowIso(),
			failures: 0,
			tryAgainAt: null
		};
		this.#save({ ...withUser(this.record, fresh), activeUserId: userId, locked: false });
		return { ok: true };
	}

	/** @param isNew nobody knows yet for whom the screens are: they wait for the server's first answer, but not for ever */
	async #run(me: LiveMe, isNew = false): Promise<boolean> {
		try {
			let hear = () => {};
			const heard = new Promise<void>((resolve) => (hear = resolve));
			const opened = await this.#parts.open(me, {
				onWiped: () => void this.#wipedByServer(),
				// For the next start, which must not wait for the store.
				onMeChanged: (known) => this.#save(changeUser(this.record, known.userId, { me: known })),
				onHeard: hear
			});
			if (isNew) await Promise.race([heard, after(HEARD_AT_MOST_MS)]);
			this.#opened = opened;
			return true;
		} catch (failure) {
			this.failure = failure;
			return false;
		}
	}

	async #stop(): Promise<void> {
		const opened = this.#opened;
		this.#opened = null;
		await opened?.stop();
	}

	/** The engine has deleted the store already; the rest goes the same way as at a sign-out. */
	async #wipedByServer(): Promise<void> {
		this.#opened = null;
		await this.wipe('wiped_by_office');
	}

	/** A wipe that a crash or a closed window interrupted. */
	async #finishWipe(): Promise<void> {
		const userId = this.record.wipingUserId;
		if (userId === null) return;
		await this.#parts.erase(userId);
		this.#save(withoutUser(this.record, userId));
	}

	#read(): void {
		this.isBlank = this.#parts.storage.getItem(PHONE_RECORD_KEY) === null;
		this.record = readRecord(this.#parts.storage);
	}

	/** What happens must happen (a lock above all), even when this phone can keep no note of it. */
	#save(record: PhoneRecord): void {
		this.isBlank = false;
		this.record = record;
		try {
			writeRecord(this.#parts.storage, record);
		} catch (failure) {
			console.warn('This phone could not keep who uses it', failure);
		}
	}

	#nowIso(): string {
		return new Date(this.#parts.nowMs()).toISOString();
	}
}

function refused(problem: SignInProblem): Outcome<SignInProblem> {
	return { ok: false, problem };
}
