/** The rows of one bucket, found through the one index that every table has. */
import type { Collection } from 'dexie';
import type { TableName } from '#lib/domain/rows.ts';
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

/** Counts the rows of a bucket that are about `since` (ISO instant) or later, from the index alone. */
export async function tallyBucket(
	db: LocalDb,
	table: TableName,
	bucket: number,
	since: string
): Promise<Tally> {
	const keys: unknown = await db
		.anyRows(table)
		.where(BUCKET_INDEX)
		.between([bucket, since], [bucket, AFTER_ALL])
		.keys();
	// Keys of the index are [bucket_id, relevant_at, seq].
	const seqs = (keys as [number, string, number][]).map(([, , seq]) => seq);
	return { live: seqs.length, sum: seqs.reduce((total, seq) => total + seq, 0) };
}
