/** The time of this phone as a reactive value that moves on every minute, for "late", "in 2 hours" and the change of day. */
import { createSubscriber } from 'svelte/reactivity';
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';

const MINUTE_MS = 60_000;

class MinuteClock {
	#subscribe = createSubscriber((update) => {
		let timer: ReturnType<typeof setTimeout>;
		const schedule = () => {
			timer = setTimeout(tick, MINUTE_MS - (Date.now() % MINUTE_MS));
		};
		const tick = () => {
			update();
			schedule();
		};
		// A phone that slept in a pocket has missed its timers: catch up when it is looked at again.
		const wake = () => {
			if (document.visibilityState === 'visible') update();
		};
		schedule();
		document.addEventListener('visibilitychange', wake);
		return () => {
			clearTimeout(timer);
			document.removeEventListener('visibilitychange', wake);
		};
	});

	/** ISO instant of the current minute; the same text within a minute, so that what hangs on it is not computed again. */
	get now(): string {
		this.#subscribe();
		return new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS).toISOString();
	}

	/** The Taipei day of `now`. */
	get today(): string {
		return taipeiDay(this.now);
	}
}

export const clock = new MinuteClock();
