/** Seconds that somebody still has to wait, counted down before their eyes. */

export class Countdown {
	secondsLeft = $state(0);
	#timer: ReturnType<typeof setInterval> | undefined;
	#endsAtMs = 0;

	start(seconds: number): void {
		this.stop();
		this.secondsLeft = seconds;
		this.#endsAtMs = Date.now() + seconds * 1000;
		this.#timer = setInterval(() => this.#tick(), 1000);
	}

	stop(): void {
		clearInterval(this.#timer);
		this.secondsLeft = 0;
	}

	/** From the clock, not by counting: a timer that slept in a pocket would be late. */
	#tick(): void {
		this.secondsLeft = Math.max(0, Math.ceil((this.#endsAtMs - Date.now()) / 1000));
		if (this.secondsLeft === 0) clearInterval(this.#timer);
	}
}
