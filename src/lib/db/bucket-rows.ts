/** The rows of one bucket, found through the one index that every table has. */
import type { Collection } from 'dexie';
import type { TableName } from '#lib/domain/rows.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import type { LocalDb } from './local-db.ts';
import type { StoredRow } from './records.ts';

const BUCKET_INDEX = '[bucket_id+relevant_at+seq]';
/** In IndexedDB's order of keys an array comes after every string and number. */
const AFTER_ALL: readonly never[] = [];

export function rowsOfBucket(
	db: LocalDb,
	table: TableName,
	bucket: number
): Collection<StoredRow, string> {
	return db.anyRows(table).where(BUCKET_INDEX).between([bucket], [bucket, AFTER_ALL]);
}

export interface Tally {
	readonly live: number;
	/** Sum of seq. */
	readonly sum: number;
}

/** Dexie compares each range with each other one. */
const RANGES_A_PASS = 100;

/**
 * Counts the rows of each bucket that are about `since` (ISO instant) or later, from the indexes alone: one pass over each table, because
 * a request to IndexedDB for each bucket and table would take longer than the counting.
 */
export async function tallyBuckets(
	db: LocalDb,
	buckets: readonly number[],
	since: string
): Promise<Map<number, Tally>> {
	const tallies = new Map<number, Tally>();
	const passes: PromiseLike<unknown>[] = [];
	for (let from = 0; from < buckets.length; from += RANGES_A_PASS) {
		const ranges = buckets
			.slice(from, from + RANGES_A_PASS)
			.map((bucket): [unknown[], unknown[]] => [
				[bucket, since],
				[bucket, AFTER_ALL]
			]);
		for (const table of TABLE_NAMES)
			passes.push(db.anyRows(table).where(BUCKET_INDEX).inAnyRange(ranges).keys());
	}
	for (const keys of await Promise.all(passes))
		// Keys of the index are [bucket_id, relevant_at, seq].
		for (const [bucket, , seq] of keys as [number, string, number][]) {
			const { live, sum } = tallies.get(bucket) ?? { live: 0, sum: 0 };
			tallies.set(bucket, { live: live + 1, sum: sum + seq });
		}
	return tallies;
}
