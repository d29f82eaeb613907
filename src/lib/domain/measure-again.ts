/** The wait before a vital sign is measured again: an instant and a length, so that it goes on while the phone is off. */

import type { NextStep } from './vital-sign-steps.ts';

export interface Wait {
	/** Instant at which the person began to rest, or took the sugar. */
	readonly since: string;
	readonly minutes: number;
}

/** How long each step waits; steps that ask for no second reading are left out. */
const WAIT_MINUTES: Readonly<Partial<Record<NextStep, number>>> = {
	rest_5_min_measure_again: 5,
	sugar_15_g_measure_again_in_15_min: 15
};

/** Minutes until the next reading that these steps ask for; null when they ask for none. */
export function minutesToWait(steps: readonly NextStep[]): number | null {
	for (const step of steps) {
		const minutes = WAIT_MINUTES[step];
		if (minutes !== undefined) return minutes;
	}
	return null;
}

/** Instant from which to measure again. */
export function waitEndsAt({ since, minutes }: Wait): string {
	return new Date(Date.parse(since) + minutes * 60_000).toISOString();
}

/** Seconds still to wait, 0 when it is over; never more than the whole wait, should the phone's clock have been set back. */
export function secondsToWait(wait: Wait, nowMs: number): number {
	const leftMs = Date.parse(waitEndsAt(wait)) - nowMs;
	return Math.min(wait.minutes * 60, Math.max(0, Math.ceil(leftMs / 1000)));
}
