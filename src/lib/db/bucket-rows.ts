/** The rows of one bucket, found through the one index that every table has. */
import type { Collection } from 'dexie';
import type { TableName } from '#lib/domain/rows.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import type { Tx } from './local-db.ts';
import type { StoredRow } from './records.ts';

const BUCKET_INDEX = '[bucket_id+relevant_at+seq]';
/** In IndexedDB's order of keys an array comes after every string and number. */
const AFTER_ALL: readonly never[] = [];

/** @param since ISO instant; all of them without it */
export function rowsOfBucket(
	tx: Tx,
	table: TableName,
	bucket: number,
	since?: string
): Collection<StoredRow, string> {
	const from = since === undefined ? [bucket] : [bucket, since];
	return tx.anyRows(table).where(BUCKET_INDEX).between(from, [bucket, AFTER_ALL]);
}

export interface Tally {
	readonly live: number;
	/** Sum of seq. */
	readonly sum: number;
}

/**
 * Adds up the rows of each bucket that are about `since` (ISO instant) or later. Whole rows are read, one request a bucket and table: a cursor over
 * the index alone steps through the page's event loop at every row, and takes three to eight times as long (docs/decisions/017-transactions-are-handed-over.md).
 */
export async function tallyBuckets(
	tx: Tx,
	buckets: readonly number[],
	since: string
): Promise<Map<number, Tally>> {
	const tallies = new Map<number, Tally>();
	const count = ({ bucket_id, seq }: StoredRow) => {
		const { live, sum } = tallies.get(bucket_id) ?? { live: 0, sum: 0 };
		tallies.set(bucket_id, { live: live + 1, sum: sum + seq });
	};
	const reads = buckets.flatMap((bucket) =>
		TABLE_NAMES.map((table) =>
			rowsOfBucket(tx, table, bucket, since).toArray((rows) => rows.forEach(count))
		)
	);
	await Promise.all(reads);
	return tallies;
}
