/**
 * What each bucket adds up to, kept in memory and followed from answer to answer, so that agreeing with the server costs no look at the
 * store. It can only say "as far as I followed, it agrees": whatever does not is counted in the store, and so is everything once more
 * when the app has started anew, six hours after it was counted, and when another tab has gone on.
 */
import type { Tally } from '#lib/db/bucket-rows.ts';
import type { StoredRow } from '#lib/db/records.ts';
import type { SumChanges } from './sum-changes.ts';

const COUNT_AGAIN_MS = 6 * 3_600_000;

interface Kept {
	live: number;
	sum: number;
	/** Of a bucket that has not been whole yet, what has come: it may come twice. */
	readonly arrived: Map<string, number> | null;
	readonly countedAtMs: number;
}

export class KeptSums {
	readonly #buckets = new Map<number, Kept>();
	/** The state of the store, and the window, that they are about. */
	#round: number | null = null;
	#since = '';

	/** Buckets whose rows are to be looked up before they are written, because what they were counts. */
	wholeAt(round: number, since: string): ReadonlySet<number> {
		if (round !== this.#round || since !== this.#since) return new Set();
		return new Set([...this.#buckets].flatMap(([id, { arrived }]) => (arrived ? [] : [id])));
	}

	/** An answer asked at `round` has been stored. @param changes null when its rows were not */
	follow(round: number, since: string, changes: SumChanges | null, nowMs: number): void {
		if (round !== this.#round || since !== this.#since || !changes) this.#buckets.clear();
		this.#round = changes ? round + 1 : null;
		this.#since = since;
		if (!changes) return;
		for (const bucket of changes.anew) this.#buckets.delete(bucket);
		for (const bucket of changes.first)
			this.#buckets.set(bucket, { live: 0, sum: 0, arrived: new Map(), countedAtMs: nowMs });
		for (const row of changes.before) this.#count(row, -1);
		for (const row of changes.after) this.#count(row, 1);
		for (const bucket of changes.whole) {
			const kept = this.#buckets.get(bucket);
			if (kept?.arrived) this.#buckets.set(bucket, { ...kept, arrived: null });
		}
	}

	agrees(bucket: number, { live, sum }: Tally, nowMs: number): boolean {
		const kept = this.#buckets.get(bucket);
		if (!kept || kept.arrived || kept.live !== live || kept.sum !== sum) return false;
		return nowMs >= kept.countedAtMs && nowMs - kept.countedAtMs < COUNT_AGAIN_MS;
	}

	counted(bucket: number, tally: Tally, nowMs: number): void {
		if (this.#round !== null)
			this.#buckets.set(bucket, { ...tally, arrived: null, countedAtMs: nowMs });
	}

	/** It will be fetched again, or is gone. */
	forget(bucket: number): void {
		this.#buckets.delete(bucket);
	}

	#count({ id, bucket_id, relevant_at, seq }: StoredRow, sign: 1 | -1): void {
		const kept = this.#buckets.get(bucket_id);
		if (!kept || relevant_at < this.#since) return;
		if (kept.arrived && sign > 0) {
			const earlier = kept.arrived.get(id);
			if (earlier !== undefined) {
				kept.live -= 1;
				kept.sum -= earlier;
			}
			kept.arrived.set(id, seq);
		}
		kept.live += sign;
		kept.sum += sign * seq;
	}
}
