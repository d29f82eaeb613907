/**
 * Slows password guessing and mass sign-up, which `@supabase/lite` does not (120 wrong passwords
 * got 120 plain refusals). Counters live in memory: a restart forgets them, and costs an attacker
 * more than it gives.
 */
export interface ThrottleLimits {
	/** Wrong passwords for one account from one address before delays begin. */
	failuresPerAccountAndAddress: number;
	/** Wrong passwords for one account from anywhere before delays begin. */
	failuresPerAccount: number;
	/** Wrong passwords from one address, whichever the account, before delays begin. */
	failuresPerAddress: number;
	/** New accounts from one address in a window. Generous: a whole agency may share one address. */
	signUpsPerAddress: number;
	/** A counter that rests for this long starts again from nothing. */
	windowMs: number;
	/** The longest that one delay grows to. */
	maxDelayMs: number;
}

export const DEFAULT_LIMITS: ThrottleLimits = {
	failuresPerAccountAndAddress: 5,
	failuresPerAccount: 20,
	failuresPerAddress: 50,
	signUpsPerAddress: 100,
	windowMs: 15 * 60_000,
	maxDelayMs: 5 * 60_000
};

export interface Throttle {
	/** How long this sign-in has to wait, in ms; 0 means go ahead. */
	signInDelayMs(account: string, address: string): number;
	/** Counts a try. It is called before the password is checked, as if the try had failed. */
	signInTried(account: string, address: string): void;
	/** Takes the try back. */
	signInSucceeded(account: string, address: string): void;
	/** Counts a sign-up and says how long it has to wait, in ms; 0 means go ahead. */
	signUpDelayMs(address: string): number;
	/** How many counters it remembers. */
	readonly size: number;
}

interface Counter {
	count: number;
	lastAt: number;
	blockedUntil: number;
}

const FIRST_DELAY_MS = 2_000;
/** Past this many counters the rested ones are dropped, so that guessing cannot fill the memory. */
const MAX_COUNTERS = 10_000;

/** @param now The clock, in ms. */
export function createThrottle(limits: ThrottleLimits, now: () => number): Throttle {
	const counters = new Map<string, Counter>();

	return {
		get size() {
			return counters.size;
		},
		signInDelayMs: (account, address) =>
			Math.max(...keysOf(account, address).map(({ key }) => remainingMs(key))),
		signInTried(account, address) {
			for (const { key, limit } of keysOf(account, address)) count(key, limit);
		},
		signInSucceeded(account, address) {
			counters.delete(pairKey(account, address));
			counters.delete(`account ${account}`);
			// The address only loses this one try: one known account must not buy guesses at others.
			uncount(`address ${address}`, limits.failuresPerAddress);
		},
		signUpDelayMs(address) {
			const key = `sign-up ${address}`;
			const waitMs = remainingMs(key);
			if (waitMs === 0) count(key, limits.signUpsPerAddress);
			return waitMs;
		}
	};

	function keysOf(account: string, address: string): { key: string; limit: number }[] {
		return [
			{ key: pairKey(account, address), limit: limits.failuresPerAccountAndAddress },
			{ key: `account ${account}`, limit: limits.failuresPerAccount },
			{ key: `address ${address}`, limit: limits.failuresPerAddress }
		];
	}

	function remainingMs(key: string): number {
		return Math.max(0, (counters.get(key)?.blockedUntil ?? 0) - now());
	}

	function count(key: string, limit: number): void {
		const at = now();
		if (counters.size >= MAX_COUNTERS) dropRested(at);
		const before = counters.get(key);
		const rested = before === undefined || at - before.lastAt > limits.windowMs;
		const total = rested ? 1 : before.count + 1;
		const over = total - limit;
		const delayMs = over < 0 ? 0 : Math.min(limits.maxDelayMs, FIRST_DELAY_MS * 2 ** over);
		counters.set(key, { count: total, lastAt: at, blockedUntil: at + delayMs });
	}

	function uncount(key: string, limit: number): void {
		const counter = counters.get(key);
		if (counter === undefined) return;
		counter.count -= 1;
		if (counter.count < limit) counter.blockedUntil = 0;
	}

	function dropRested(at: number): void {
		for (const [key, counter] of counters) {
			if (at - counter.lastAt > limits.windowMs) counters.delete(key);
		}
	}
}

function pairKey(account: string, address: string): string {
	return `account ${account} from ${address}`;
}
