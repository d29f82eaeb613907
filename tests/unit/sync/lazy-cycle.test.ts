/** The code of the round trip comes with the first one; while it cannot be had, the phone is as good as offline. */
import { expect, test, vi } from 'vitest';
import type { Cycle, CycleOutcome, CycleParts } from '#lib/sync/cycle.ts';
import { LazyCycle } from '#lib/sync/lazy-cycle.ts';

const parts = {} as CycleParts;
const signal = new AbortController().signal;
const done: CycleOutcome = {
	kind: 'done',
	again: false,
	changed: false,
	releaseInMs: null,
	completeShare: 1,
	problem: null
};

/** Counts what is built of it and what it is asked. */
function aCycle() {
	const seen = { built: 0, runs: 0, retries: 0 };
	class Counted {
		constructor() {
			seen.built++;
		}
		retryStorage(): void {
			seen.retries++;
		}
		run(): Promise<CycleOutcome> {
			seen.runs++;
			return Promise.resolve(done);
		}
	}
	return { seen, code: { Cycle: Counted as unknown as typeof Cycle } };
}

test('the code is loaded with the first round trip, and one cycle makes them all', async () => {
	const { seen, code } = aCycle();
	const load = vi.fn(() => Promise.resolve(code));
	const lazy = new LazyCycle(load, parts);
	lazy.retryStorage();
	expect(load).not.toHaveBeenCalled();

	expect(await lazy.run(signal)).toEqual(done);
	await lazy.run(signal);
	lazy.retryStorage();

	expect(load).toHaveBeenCalledOnce();
	expect(seen).toEqual({ built: 1, runs: 2, retries: 1 });
});

test('code that cannot be had is a failure like no network, and the next try asks again', async () => {
	const { seen, code } = aCycle();
	const warn = vi.spyOn(console, 'warn').mockReturnValue();
	const load = vi
		.fn(() => Promise.resolve(code))
		.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
	const lazy = new LazyCycle(load, parts);

	const failed = { kind: 'failed', problem: 'offline', retryAfterMs: null };
	expect(await lazy.run(signal)).toEqual(failed);
	expect(warn).toHaveBeenCalledOnce();
	expect(await lazy.run(signal)).toEqual(done);
	expect(seen.runs).toBe(1);
	warn.mockRestore();
});
