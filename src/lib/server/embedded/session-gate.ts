/**
 * One-at-a-time access to the single database session.
 *
 * PGlite has one session, and `@supabase/lite` opens its transactions with several separate
 * statements on it. Without this gate two requests interleave, and a statement of one user runs
 * under the role and claims of another. So each request, and each direct query, holds the gate
 * from its first statement to its last.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface SessionGate {
	/** Runs `work` alone. Work started from inside held work runs at once, as part of it. */
	run<T>(work: () => Promise<T>): Promise<T>;
	/** How many callers hold the gate or wait for it. */
	readonly load: number;
}

interface Hold {
	active: boolean;
}

export function createSessionGate(): SessionGate {
	const holder = new AsyncLocalStorage<Hold>();
	let tail: Promise<unknown> = Promise.resolve();
	let load = 0;

	return {
		get load() {
			return load;
		},
		run<T>(work: () => Promise<T>): Promise<T> {
			// `active` guards against work that outlives its hold, such as a timer it has set.
			if (holder.getStore()?.active) return work();
			load += 1;
			const hold: Hold = { active: true };
			const turn = tail.then(() => holder.run(hold, work));
			tail = turn.then(
				() => release(hold),
				() => release(hold)
			);
			return turn;
		}
	};

	function release(hold: Hold): void {
		hold.active = false;
		load -= 1;
	}
}
