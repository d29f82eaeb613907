/** What this phone remembers of the people who signed in here: small, in localStorage, readable before anything else is known. */
import type { Me } from '#lib/sync/workspace.ts';
import type { PasswordVerifier } from './password-verifier.ts';

export interface RememberedUser {
	readonly me: Me;
	/** Checks the password without the network. */
	readonly verifier: PasswordVerifier;
	/** ISO instant of the last time this person opened the app here. */
	readonly usedAt: string;
	/** Wrong passwords in a row at the lock. */
	readonly failures: number;
	/** ISO instant before which the lock takes no further try. */
	readonly tryAgainAt: string | null;
}

export interface PhoneRecord {
	readonly users: readonly RememberedUser[];
	/** Whose app is open, or was when it was locked. */
	readonly activeUserId: string | null;
	readonly locked: boolean;
	/** A wipe that began; it is finished at the next start, whatever interrupted it. */
	readonly wipingUserId: string | null;
}

export const PHONE_RECORD_KEY = 'connect10.phone';

export const EMPTY_RECORD: PhoneRecord = {
	users: [],
	activeUserId: null,
	locked: false,
	wipingUserId: null
};

/** What is unreadable counts as nobody remembered: the person signs in again, and the stored rows are still there. */
export function readRecord(storage: Pick<Storage, 'getItem'>): PhoneRecord {
	const text = storage.getItem(PHONE_RECORD_KEY);
	if (text === null) return EMPTY_RECORD;
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : EMPTY_RECORD;
	} catch {
		// Not JSON: somebody else's value or a torn write; see above.
		return EMPTY_RECORD;
	}
}

export function writeRecord(storage: Pick<Storage, 'setItem'>, record: PhoneRecord): void {
	storage.setItem(PHONE_RECORD_KEY, JSON.stringify(record));
}

/** Adds the user, or puts the new values in place of the old ones; the one used last stands first. */
export function withUser(record: PhoneRecord, user: RememberedUser): PhoneRecord {
	return { ...record, users: [user, ...withoutUserId(record, user.me.userId)] };
}

export function withoutUser(record: PhoneRecord, userId: string): PhoneRecord {
	return {
		users: withoutUserId(record, userId),
		activeUserId: record.activeUserId === userId ? null : record.activeUserId,
		locked: record.activeUserId === userId ? false : record.locked,
		wipingUserId: record.wipingUserId === userId ? null : record.wipingUserId
	};
}

export function userIn(record: PhoneRecord, userId: string | null): RememberedUser | undefined {
	return record.users.find((user) => user.me.userId === userId);
}

/** Changes nothing but the given user's own entry, in its place. */
export function changeUser(
	record: PhoneRecord,
	userId: string,
	change: Partial<RememberedUser>
): PhoneRecord {
	return {
		...record,
		users: record.users.map((user) => (user.me.userId === userId ? { ...user, ...change } : user))
	};
}

const FREE_TRIES = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/** After five wrong passwords each further one doubles the pause: 30 s, 1 min, … 15 min. */
export function afterWrongPassword(
	user: RememberedUser,
	nowMs: number
): Pick<RememberedUser, 'failures' | 'tryAgainAt'> {
	const failures = user.failures + 1;
	const over = failures - FREE_TRIES;
	if (over < 0) return { failures, tryAgainAt: null };
	const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** over);
	return { failures, tryAgainAt: new Date(nowMs + pauseMs).toISOString() };
}

/** Milliseconds until the lock takes another try; never longer than the longest pause, should the phone's clock have been set back. */
export function pauseLeftMs(user: RememberedUser, nowMs: number): number {
	if (user.tryAgainAt === null) return 0;
	return Math.min(LONGEST_PAUSE_MS, Math.max(0, Date.parse(user.tryAgainAt) - nowMs));
}

function withoutUserId(record: PhoneRecord, userId: string): RememberedUser[] {
	return record.users.filter((user) => user.me.userId !== userId);
}

function isRecord(value: unknown): value is PhoneRecord {
	return (
		isObject(value) &&
		Array.isArray(value.users) &&
		value.users.every(isUser) &&
		isTextOrNull(value.activeUserId) &&
		isTextOrNull(value.wipingUserId) &&
		typeof value.locked === 'boolean'
	);
}

function isUser(value: unknown): value is RememberedUser {
	if (!isObject(value) || !isObject(value.me) || !isObject(value.verifier)) return false;
	const { me, verifier } = value;
	return (
		[me.userId, me.email, me.displayName, verifier.salt, verifier.hash, value.usedAt].every(
			(part) => typeof part === 'string'
		) &&
		Array.isArray(me.memberships) &&
		typeof verifier.iterations === 'number' &&
		typeof value.failures === 'number' &&
		isTextOrNull(value.tryAgainAt)
	);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function isTextOrNull(value: unknown): value is string | null {
	return value === null || typeof value === 'string';
}
