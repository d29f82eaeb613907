/** Reproducible chance for property tests: the seed is in the label, and TEST_SEED plays it again. */
import { randomInt } from 'node:crypto';

export class Random {
	readonly label: string;
	#state: number;

	constructor(seed: number, label = '') {
		this.#state = seed >>> 0 || 1;
		this.label = `${label} TEST_SEED=${seed}`;
	}

	/** Seeded by TEST_SEED, or anew for each run; prints the seed. */
	static seeded(label: string): Random {
		const given = Number(process.env.TEST_SEED);
		const seed = given > 0 ? given : randomInt(1, 2 ** 31);
		console.warn(`${label}: TEST_SEED=${seed}`);
		return new Random(seed, label);
	}

	/** 0 ≤ x < 1; xorshift32. */
	next(): number {
		let x = this.#state;
		x ^= x << 13;
		x ^= x >>> 17;
		x ^= x << 5;
		this.#state = x >>> 0;
		return this.#state / 2 ** 32;
	}

	/** Both ends included. */
	int(min: number, max: number): number {
		return min + Math.floor(this.next() * (max - min + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(items: readonly T[]): T {
		const item = items[this.int(0, items.length - 1)];
		if (item === undefined) throw new Error('Nothing to pick from.');
		return item;
	}
}
