/** Time that passes only when the laboratory says so: all timers of all phones on one line, and a signal for "something changed". */

interface Timer {
	readonly atMs: number;
	readonly run: () => void;
}

export class LabTime {
	nowMs = Date.now();
	readonly #timers = new Set<Timer>();

	setTimer(run: () => void, delayMs: number): () => void {
		const timer = { atMs: this.nowMs + delayMs, run };
		this.#timers.add(timer);
		return () => this.#timers.delete(timer);
	}

	/** When the next timer is due; null when none is set. */
	get nextAtMs(): number | null {
		const due = [...this.#timers].map(({ atMs }) => atMs);
		return due.length === 0 ? null : Math.min(...due);
	}

	/** Goes on to `untilMs`, or to the first timer before it, which it runs. @returns whether a timer ran */
	step(untilMs: number): boolean {
		const first = [...this.#timers].sort((a, b) => a.atMs - b.atMs)[0];
		if (!first || first.atMs > untilMs) {
			this.nowMs = Math.max(this.nowMs, untilMs);
			return false;
		}
		this.nowMs = Math.max(this.nowMs, first.atMs);
		this.#timers.delete(first);
		first.run();
		return true;
	}
}

/** The laboratory itself is stuck when what it awaits does not come in this (real) time. */
const HANG_MS = 90_000;

export class Signal {
	readonly #waiting = new Set<() => void>();

	readonly changed = (): void => {
		for (const wake of [...this.#waiting]) wake();
	};

	/** Resolves when it holds; looks at each change. */
	async until(holds: () => boolean, what: () => string): Promise<void> {
		// One turn of the event loop: messages between tabs arrive first.
		await new Promise((resolve) => setImmediate(resolve));
		while (!holds()) {
			let hang: NodeJS.Timeout | undefined;
			await new Promise<void>((resolve, reject) => {
				this.#waiting.add(resolve);
				hang = setTimeout(() => reject(new Error(`The laboratory hangs: ${what()}`)), HANG_MS);
			}).finally(() => clearTimeout(hang));
			this.#waiting.clear();
			await new Promise((resolve) => setImmediate(resolve));
		}
	}
}
