/**
 * The engine: every few seconds it asks the database what is due, sends it, and says how that went. It remembers nothing that matters:
 * killed at any moment, the next one (or another server's) goes on, and at worst something is sent twice.
 */
import type { Channel, Delivery, EnginePort, Outcome, Result } from './engine-port.ts';

/** What one round has taken on. */
export interface Round {
	/** Steps of ladders. */
	readonly rung: number;
	/** Messages, tried again or for the first time. */
	readonly messages: number;
}

export type Sender = (delivery: Delivery) => Promise<Outcome>;

export interface EngineParts {
	readonly port: EnginePort;
	/** Asked for before the first round, until the database answers. The sender never rejects. */
	readonly open: () => Promise<Sender>;
	/** A problem that begins, in plain words for the operator; not said again until it is over. */
	readonly onProblem: (problem: string) => void;
}

/** Milliseconds from the end of one round to the next. */
const PAUSE_MS = 5000;
/** Milliseconds that results are gathered before they are told. */
const GATHER_MS = 200;
/** Milliseconds that a stop waits for what is under way. */
const PATIENCE_MS = 3000;
/** Messages under way at once. */
const MOST_AT_ONCE = 60;

type Problem = 'database' | 'round' | Channel;

export class Engine {
	readonly #parts: EngineParts;
	#send: Sender | null = null;
	readonly #underWay = new Set<Promise<void>>();
	#results: Result[] = [];
	#settling: NodeJS.Timeout | null = null;
	#timer: NodeJS.Timeout | null = null;
	#round: Promise<Round> | null = null;
	#stopped = false;
	readonly #problems = new Set<Problem>();

	constructor(parts: EngineParts) {
		this.#parts = parts;
	}

	/** Goes on until stop(). */
	run(): void {
		void this.tick().then(() => {
			if (this.#stopped) return;
			this.#timer = setTimeout(() => this.run(), PAUSE_MS);
			// It alone keeps no process alive.
			this.#timer.unref();
		});
	}

	/** One round; two that are asked for at once are one. Never rejects. */
	async tick(): Promise<Round> {
		this.#round ??= this.#rounds().finally(() => (this.#round = null));
		return await this.#round;
	}

	/** Takes on nothing more. What is not done within some seconds is sent again when its lease has ended. */
	async stop(): Promise<void> {
		this.#stopped = true;
		if (this.#timer) clearTimeout(this.#timer);
		let limit: NodeJS.Timeout | undefined;
		const patience = new Promise<void>((resolve) => {
			limit = setTimeout(resolve, PATIENCE_MS);
		});
		const rest = Promise.resolve(this.#round).then(() => this.settled());
		await Promise.race([rest, patience]).finally(() => clearTimeout(limit));
		if (this.#settling) clearTimeout(this.#settling);
	}

	/** Resolves when nothing is under way and all results are told. */
	async settled(): Promise<void> {
		while (this.#underWay.size > 0) await Promise.all(this.#underWay);
		await this.#settle();
	}

	/** Five hundred reports at once are many rounds, one straight after the other. */
	async #rounds(): Promise<Round> {
		let done: Round = { rung: 0, messages: 0 };
		try {
			const send = (this.#send ??= await this.#parts.open());
			for (;;) {
				const { rung, failed, deliveries } = await this.#parts.port.tick(
					MOST_AT_ONCE - this.#underWay.size
				);
				for (const delivery of deliveries) this.#take(delivery, send);
				this.#problems.delete('database');
				if (failed.length === 0) this.#problems.delete('round');
				else this.#tell('round', `A part of the engine's round fails (${failed.join(', ')}).`);
				done = { rung: done.rung + rung, messages: done.messages + deliveries.length };
				if (this.#stopped || rung + deliveries.length === 0) return done;
				// All hands are full: the next one that is free asks again.
				if (this.#underWay.size >= MOST_AT_ONCE) await Promise.race(this.#underWay);
			}
		} catch (failure) {
			this.#tell('database', `The database does not answer the engine (${wordOf(failure)}).`);
			return done;
		}
	}

	#take(delivery: Delivery, send: Sender): void {
		const sending = send(delivery).then((outcome) => {
			this.#underWay.delete(sending);
			this.#results.push({ id: delivery.id, ...outcome });
			this.#watch(delivery, outcome);
			this.#settling ??= setTimeout(() => void this.#settle(), GATHER_MS);
		});
		this.#underWay.add(sending);
	}

	/** What cannot be told now is told with the next; if that never comes, the lease ends and it is sent again. */
	async #settle(): Promise<void> {
		if (this.#settling) clearTimeout(this.#settling);
		this.#settling = null;
		const results = this.#results;
		if (results.length === 0) return;
		this.#results = [];
		try {
			await this.#parts.port.settle(results);
		} catch (failure) {
			this.#results = [...results, ...this.#results];
			// After a stop the database may be gone, too: whoever comes next sends it again.
			if (this.#stopped) return;
			this.#tell('database', `The database does not take what was sent (${wordOf(failure)}).`);
			this.#settling ??= setTimeout(() => void this.#settle(), PAUSE_MS);
		}
	}

	#watch({ channel }: Delivery, { outcome }: Outcome): void {
		if (outcome === 'accepted') this.#problems.delete(channel);
		if (outcome !== 'refused') return;
		const who = channel === 'push' ? 'A push service' : 'The second channel';
		this.#tell(channel, `${who} refuses our key or our name (401 or 403).`);
	}

	#tell(problem: Problem, words: string): void {
		if (!this.#problems.has(problem)) this.#parts.onProblem(words);
		this.#problems.add(problem);
	}
}

function wordOf(failure: unknown): string {
	return failure instanceof Error ? failure.message : 'unknown';
}
