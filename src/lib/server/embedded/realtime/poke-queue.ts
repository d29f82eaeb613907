/** Gathers pokes for a moment and lets each distinct one through once. */

export interface Poke {
	/** Without the `realtime:` prefix. */
	topic: string;
	event: string;
	payload: unknown;
}

export interface PokeQueue {
	add(poke: Poke): void;
	stop(): void;
}

/** Short enough to go unnoticed, long enough that a burst of writes to one case pokes once. */
const GATHER_MS = 40;

export function createPokeQueue(deliver: (poke: Poke) => void): PokeQueue {
	const waiting = new Map<string, Poke>();
	let timer: NodeJS.Timeout | undefined;

	return {
		add(poke) {
			waiting.set(JSON.stringify([poke.topic, poke.event, poke.payload]), poke);
			timer ??= setTimeout(flush, GATHER_MS);
		},
		stop() {
			clearTimeout(timer);
			waiting.clear();
		}
	};

	function flush(): void {
		timer = undefined;
		const batch = [...waiting.values()];
		waiting.clear();
		for (const poke of batch) deliver(poke);
	}
}
