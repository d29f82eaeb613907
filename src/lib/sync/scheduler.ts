/**
 * When to sync. One state machine; only the tab that leads runs it.
 *
 *              wake                       nothing left
 *   asleep ────────────► running ─────────────────────────► asleep (poll timer, release timer)
 *     ▲                    │  ▲ failed: backoff with full jitter, or Retry-After
 *     │ lead        failed │  │ timer, or a reason that may break the wait
 *   standby                ▼  │
 *   (another tab leads)  waiting
 *
 *   paused: from any state; the request under way is cancelled; resume() wakes.
 *   signed_out: the server wants a sign-in; only 'user' and resume() try again. ended: wiped or stopped, for good.
 */
import type { CycleOutcome } from './cycle.ts';
import type { Clock, Network, Random } from './environment.ts';

export type WakeReason =
	'start' | 'commit' | 'emergency' | 'online' | 'visible' | 'poke' | 'timer' | 'user';

export type SchedulerState =
	'standby' | 'asleep' | 'running' | 'waiting' | 'paused' | 'signed_out' | 'ended';

export interface SchedulerParts {
	readonly clock: Clock;
	readonly network: Network;
	readonly random: Random;
	readonly runCycle: (signal: AbortSignal) => Promise<CycleOutcome>;
	/** Hints of changes arrive by themselves, so that polling may be slow. */
	readonly pokesLive: () => boolean;
	readonly onChange: (change: SchedulerChange) => void;
	readonly onWiped: (clientId: string) => void;
}

export interface SchedulerChange {
	readonly state: SchedulerState;
	readonly outcome?: CycleOutcome;
	/** Milliseconds until the next try after a failure. */
	readonly nextTryInMs?: number;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** In view, unsent work is on its way within a minute of the last failure, however long the failures went on. */
const BACKOFF = {
	baseMs: SECOND_MS,
	capMs: { visible: 45 * SECOND_MS, hidden: 5 * MINUTE_MS }
} as const;
const POLL_MS = { visible: 30 * SECOND_MS, poked: 2 * MINUTE_MS, hidden: 5 * MINUTE_MS } as const;
/** A phone that saves asks more rarely, and so does one that has heard of nothing new for a while. */
const SLOWER = { saving: 4, quiet: 2, quietAfterPolls: 10 } as const;
/** In view and without hints, asking is the only way to hear of an emergency. */
const POLL_MOST_MS = {
	visible: 2 * MINUTE_MS,
	poked: 10 * MINUTE_MS,
	hidden: 10 * MINUTE_MS
} as const;
/** Failures of the way to the server: anything that comes from there says that they are over. */
const LINE_PROBLEMS: readonly string[] = ['offline', 'timeout', 'garbled'];
/** Taps that follow each other closely travel together. */
const GATHER_MS = 50;

/** Reasons that a person waits for, or that make success likely now, do not wait for the backoff. */
const BREAKS_WAIT: Readonly<Record<WakeReason, boolean>> = {
	start: true,
	commit: false,
	emergency: true,
	online: true,
	visible: true,
	poke: false,
	timer: true,
	user: true
};
const TRIES_OFFLINE: readonly WakeReason[] = ['user', 'timer', 'emergency', 'start'];

export class Scheduler {
	readonly #parts: SchedulerParts;
	#state: SchedulerState = 'standby';
	#wakeAgain = false;
	#failures = 0;
	/** Rounds in a row that brought and took nothing. */
	#quietPolls = 0;
	/** It waits because the line failed, and the server has not asked for patience. */
	#lineFailed = false;
	#cancelTimer: () => void = () => undefined;
	#cancelGather: (() => void) | null = null;
	#abort = new AbortController();
	#running: Promise<void> = Promise.resolve();

	constructor(parts: SchedulerParts) {
		this.#parts = parts;
	}

	get state(): SchedulerState {
		return this.#state;
	}

	/** This tab is now the one that syncs. */
	lead(): void {
		if (this.#state !== 'standby') return;
		this.#enter('asleep');
		this.wake('start');
	}

	/** Another tab has taken over. */
	async stepBack(): Promise<void> {
		if (this.#state === 'ended' || this.#state === 'standby') return;
		await this.#halt('standby');
	}

	wake(reason: WakeReason): void {
		if (this.#state === 'running') {
			this.#wakeAgain = true;
			return;
		}
		const mayRun =
			this.#state === 'asleep' ||
			(this.#state === 'waiting' && (BREAKS_WAIT[reason] || this.#isLineBack(reason))) ||
			(this.#state === 'signed_out' && reason === 'user');
		if (!mayRun) return;
		if (!this.#parts.network.online() && !TRIES_OFFLINE.includes(reason)) return;
		if (this.#state === 'asleep' && (reason === 'commit' || reason === 'poke')) this.#gather();
		else this.#run();
	}

	/** A browser may call a dead line "online" all along; a hint that arrives has come over a living one. */
	#isLineBack(reason: WakeReason): boolean {
		return reason === 'poke' && this.#lineFailed;
	}

	/** Resolves when no request is under way and none will start: for the switch to a new service worker. */
	async pause(): Promise<void> {
		if (this.#state === 'ended' || this.#state === 'standby') return;
		await this.#halt('paused');
	}

	/** Goes on after pause(), and after a new sign-in. */
	resume(): void {
		if (this.#state !== 'paused' && this.#state !== 'signed_out') return;
		this.#failures = 0;
		this.#enter('asleep');
		this.wake('start');
	}

	/** Ends it for good; resolves when nothing runs any more. */
	async stop(): Promise<void> {
		await this.#halt('ended');
	}

	async #halt(state: SchedulerState): Promise<void> {
		this.#enter(state);
		this.#abort.abort();
		await this.#running;
	}

	#gather(): void {
		this.#cancelGather ??= this.#parts.clock.setTimer(() => {
			this.#cancelGather = null;
			if (this.#state === 'asleep') this.#run();
		}, GATHER_MS);
	}

	#run(): void {
		this.#enter('running');
		this.#abort = new AbortController();
		this.#running = this.#cycles(this.#abort.signal);
	}

	async #cycles(signal: AbortSignal): Promise<void> {
		for (;;) {
			this.#wakeAgain = false;
			const outcome = await this.#parts.runCycle(signal);
			if (this.#state !== 'running') return;
			if (!this.#after(outcome)) return;
		}
	}

	/** @returns whether to go on at once */
	#after(outcome: CycleOutcome): boolean {
		switch (outcome.kind) {
			case 'done':
				this.#failures = 0;
				this.#quietPolls = outcome.changed ? 0 : this.#quietPolls + 1;
				if (outcome.again || this.#wakeAgain) {
					this.#parts.onChange({ state: 'running', outcome });
					return true;
				}
				this.#enter('asleep', outcome);
				this.#setTimer(Math.min(this.#pollMs(), outcome.releaseInMs ?? Infinity));
				return false;
			case 'failed': {
				const nextTryInMs = outcome.retryAfterMs ?? this.#backoffMs();
				this.#failures++;
				this.#lineFailed = outcome.retryAfterMs === null && LINE_PROBLEMS.includes(outcome.problem);
				this.#enter('waiting', outcome, nextTryInMs);
				this.#setTimer(nextTryInMs);
				return false;
			}
			case 'signed_out':
				this.#enter('signed_out', outcome);
				return false;
			case 'wiped':
				this.#enter('ended', outcome);
				this.#parts.onWiped(outcome.clientId);
				return false;
		}
	}

	/** Full jitter: phones that lost the same mast do not all come back in the same second. */
	#backoffMs(): number {
		const capMs = BACKOFF.capMs[this.#parts.network.visible() ? 'visible' : 'hidden'];
		const ceilingMs = Math.min(capMs, BACKOFF.baseMs * 2 ** Math.min(this.#failures + 1, 20));
		return BACKOFF.baseMs + this.#parts.random.fraction() * (ceilingMs - BACKOFF.baseMs);
	}

	#pollMs(): number {
		const { network, pokesLive } = this.#parts;
		const state = !network.visible() ? 'hidden' : pokesLive() ? 'poked' : 'visible';
		const saving = network.saving() ? SLOWER.saving : 1;
		const quiet = this.#quietPolls > SLOWER.quietAfterPolls ? SLOWER.quiet : 1;
		return Math.min(POLL_MOST_MS[state], POLL_MS[state] * saving * quiet);
	}

	#setTimer(delayMs: number): void {
		this.#cancelTimer = this.#parts.clock.setTimer(() => this.wake('timer'), delayMs);
	}

	#enter(state: SchedulerState, outcome?: CycleOutcome, nextTryInMs?: number): void {
		this.#cancelTimer();
		this.#cancelGather?.();
		this.#cancelGather = null;
		this.#state = state;
		this.#parts.onChange({ state, outcome, nextTryInMs });
	}
}
