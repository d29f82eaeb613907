/** The round trip, whose code is fetched when it is first made: no screen waits for it. */
import type { Cycle, CycleOutcome, CycleParts } from './cycle.ts';

/** Fetches the code of ./cycle.ts when it is time. */
export type LoadCycle = () => Promise<{ readonly Cycle: typeof Cycle }>;

export class LazyCycle {
	readonly #load: LoadCycle;
	readonly #parts: CycleParts;
	#cycle: Cycle | null = null;

	constructor(load: LoadCycle, parts: CycleParts) {
		this.#load = load;
		this.#parts = parts;
	}

	/** As Cycle's; before the first round trip there is nothing to retry. */
	retryStorage(): void {
		this.#cycle?.retryStorage();
	}

	/** Never throws; code that cannot be had is asked for again with the next try. */
	async run(signal: AbortSignal): Promise<CycleOutcome> {
		if (this.#cycle === null) {
			try {
				const { Cycle } = await this.#load();
				this.#cycle ??= new Cycle(this.#parts);
			} catch (failure) {
				console.warn('The code that syncs was not loaded', failure);
				return { kind: 'failed', problem: 'offline', retryAfterMs: null };
			}
		}
		return await this.#cycle.run(signal);
	}
}
