/** Seeded randomness for the demo organisation: the same seed gives the same people and the same history. */

export interface Random {
	/** 0 ≤ x < 1 */
	next(): number;
	/** Whole number, both ends included. */
	int(from: number, to: number): number;
	pick<T>(items: readonly T[]): T;
	chance(probability: number): boolean;
	/** Roughly normal: the mean of four uniform draws, spread so that ±`spread` holds about 95 %. */
	around(mean: number, spread: number): number;
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for made-up people. */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
	return {
		next,
		int,
		pick: (items) => {
			const item = items[int(0, items.length - 1)];
			if (item === undefined) throw new Error('pick needs a non-empty list');
			return item;
		},
		chance: (probability) => next() < probability,
		around: (mean, spread) => mean + ((next() + next() + next() + next() - 2) / 1.15) * spread
	};
}
