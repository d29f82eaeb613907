/** The queue behind ToastHost: at most three messages, each with its own countdown that can be paused. */

export interface ToastAction {
	readonly label: string;
	readonly run: () => void | Promise<void>;
}

export interface ToastInput {
	readonly text: string;
	readonly tone?: 'neutral' | 'success' | 'warning';
	/** Usually Undo. */
	readonly action?: ToastAction;
	/** Defaults to 10 s with an action, 5 s without. */
	readonly durationMs?: number;
	/** Runs when it leaves unused (time is up or closed), not after its action ran. */
	readonly onexpire?: () => void;
}

export interface Toast extends ToastInput {
	readonly id: number;
}

/** What the queue needs of a clock; `setTimeout` and `performance.now` in the app, a fake in tests. */
export interface ToastClock {
	now(): number;
	/** Answers a function that cancels. */
	after(delayMs: number, run: () => void): () => void;
}

export const undoMs = 10_000;
const plainMs = 5_000;
const maxShown = 3;

interface Countdown {
	remainingMs: number;
	startedAtMs: number;
	cancel: (() => void) | null;
}

const browserClock: ToastClock = {
	now: () => performance.now(),
	after: (delayMs, run) => {
		const timer = setTimeout(run, delayMs);
		return () => clearTimeout(timer);
	}
};

export class ToastQueue {
	items = $state.raw<readonly Toast[]>([]);
	#countdowns = new Map<number, Countdown>();
	#clock: ToastClock;
	#nextId = 1;
	#paused = false;

	constructor(clock: ToastClock = browserClock) {
		this.#clock = clock;
	}

	/** Shows a message; the oldest gives way when three stand already. Answers the id for `dismiss`. */
	show(input: ToastInput): number {
		const id = this.#nextId++;
		while (this.items.length >= maxShown) this.dismiss(this.items[0]?.id ?? -1);
		this.items = [...this.items, { ...input, id }];
		const remainingMs = input.durationMs ?? (input.action ? undoMs : plainMs);
		this.#countdowns.set(id, { remainingMs, startedAtMs: this.#clock.now(), cancel: null });
		if (!this.#paused) this.#start(id);
		return id;
	}

	/** Runs the toast's action and takes it away; a second press finds nothing to run. */
	async act(id: number): Promise<void> {
		const toast = this.#take(id);
		await toast?.action?.run();
	}

	dismiss(id: number): void {
		this.#take(id)?.onexpire?.();
	}

	/** Stops all countdowns, while a person points at or has focus in the messages. */
	pause(): void {
		if (this.#paused) return;
		this.#paused = true;
		for (const countdown of this.#countdowns.values()) {
			countdown.cancel?.();
			countdown.cancel = null;
			countdown.remainingMs -= this.#clock.now() - countdown.startedAtMs;
		}
	}

	resume(): void {
		if (!this.#paused) return;
		this.#paused = false;
		for (const id of this.#countdowns.keys()) this.#start(id);
	}

	#start(id: number): void {
		const countdown = this.#countdowns.get(id);
		if (!countdown) return;
		countdown.startedAtMs = this.#clock.now();
		countdown.cancel = this.#clock.after(Math.max(0, countdown.remainingMs), () =>
			this.dismiss(id)
		);
	}

	#take(id: number): Toast | undefined {
		const toast = this.items.find((item) => item.id === id);
		if (!toast) return undefined;
		this.#countdowns.get(id)?.cancel?.();
		this.#countdowns.delete(id);
		this.items = this.items.filter((item) => item.id !== id);
		return toast;
	}
}

/** The app's one queue; `toasts.show({ text, action })` from any screen. */
export const toasts = new ToastQueue();
