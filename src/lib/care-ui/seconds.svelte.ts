/** The time of this phone as a reactive value that moves on every second, for what is counted down before somebody's eyes. */
import { createSubscriber } from 'svelte/reactivity';

const SECOND_MS = 1000;

class SecondClock {
	#subscribe = createSubscriber((update) => {
		const timer = setInterval(update, SECOND_MS);
		// A phone that slept in a pocket has missed its timers: catch up when it is looked at again.
		document.addEventListener('visibilitychange', update);
		return () => {
			clearInterval(timer);
			document.removeEventListener('visibilitychange', update);
		};
	});

	/** Device time in milliseconds. */
	get nowMs(): number {
		this.#subscribe();
		return Date.now();
	}
}

export const seconds = new SecondClock();
