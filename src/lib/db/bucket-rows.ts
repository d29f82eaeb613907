/** The rows of one bucket, found through the one index that every table has. */
import Dexie from 'dexie';
import type { Collection } from 'dexie';
import type { TableName } from '#lib/domain/rows.ts';
import type { LocalDb } from './local-db.ts';
import type { StoredRow } from './records.ts';

const BUCKET_INDEX = '[bucket_id+relevant_at+seq]';

export function rowsOfBucket(
	db: LocalDb,
	table: TableName,
	bucket: number
): Collection<StoredRow, string> {
	return db
		.anyRows(table)
		.where(BUCKET_INDEX)
		.between([bucket, Dexie.minKey, Dexie.minKey], [bucket, Dexie.maxKey, Dexie.maxKey]);
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
		.between([bucket, since, Dexie.minKey], [bucket, Dexie.maxKey, Dexie.maxKey])
		.keys();
	// Keys of the index are [bucket_id, relevant_at, seq].
	const seqs = (keys as [number, string, number][]).map(([, , seq]) => seq);
	return { live: seqs.length, sum: seqs.reduce((total, seq) => total + seq, 0) };
}
