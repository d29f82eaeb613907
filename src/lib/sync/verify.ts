/**
 * Compares what this phone holds of a bucket with what the server says it should. A bucket that differs is fetched again; and
 * since a server that was set back unnoticed looks the same, what it had acknowledged is sent again (it answers `dup` if it has it).
 */
import { tallyBucket } from '#lib/db/bucket-rows.ts';
import type { Tally } from '#lib/db/bucket-rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { SYNC_STORES } from '#lib/db/local-db.ts';
import type { ShadowRecord, StoredRow } from '#lib/db/records.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import type { SyncResponse } from '#lib/protocol/sync.ts';
import { refetch } from './apply.ts';
import { requeueJournal } from './apply-verdicts.ts';
import { rebuildView } from './view.ts';

/** A difference that a fetch did not cure (a table that this release does not know) is not chased all day. */
const REFETCH_PAUSE_MS = 6 * 3_600_000;

/**
 * @returns the buckets that will be fetched again
 * @throws {StorageError}
 */
export async function verifyBuckets(
	db: LocalDb,
	response: SyncResponse,
	nowMs: number
): Promise<number[]> {
	const since = response.since;
	const claims = Object.entries(response.buckets).flatMap(([key, { seq, more, live, sum }]) =>
		more || typeof live !== 'number' || typeof sum !== 'number'
			? []
			: [{ bucket: Number(key), seq, live, sum }]
	);
	if (!since || claims.length === 0) return [];
	const sinceIso = new Date(since).toISOString();
	return await db.inTransaction('rw', SYNC_STORES, async () => {
		const corrections = await shadowCorrections(db, sinceIso);
		const differing: number[] = [];
		for (const { bucket, seq, live, sum } of claims) {
			const held = await tallyBase(db, bucket, sinceIso, corrections.get(bucket));
			const cursor = await db.cursors.get(bucket);
			if ((held.live === live && held.sum === sum) || !cursor?.complete) continue;
			// A second tab has gone on since: the claim is about an earlier state.
			if (cursor.cursor !== seq) continue;
			if (nowMs - cursor.refetchedAtMs < REFETCH_PAUSE_MS && nowMs >= cursor.refetchedAtMs)
				continue;
			await db.cursors.put({ ...refetch(cursor), refetchedAtMs: nowMs });
			differing.push(bucket);
		}
		if (differing.length > 0) {
			await requeueJournal(db);
			await rebuildView(db);
		}
		return differing;
	});
}

async function tallyBase(
	db: LocalDb,
	bucket: number,
	since: string,
	correction: Tally = { live: 0, sum: 0 }
): Promise<Tally> {
	let { live, sum } = correction;
	for (const table of TABLE_NAMES) {
		const tally = await tallyBucket(db, table, bucket, since);
		live += tally.live;
		sum += tally.sum;
	}
	return { live, sum };
}

/** The index counts rows as the screens see them; where intents wait, the server's copy counts instead. */
async function shadowCorrections(db: LocalDb, since: string): Promise<Map<number, Tally>> {
	const corrections = new Map<number, Tally>();
	const add = (row: StoredRow | null | undefined, sign: 1 | -1) => {
		if (!row || row.relevant_at < since) return;
		const { live, sum } = corrections.get(row.bucket_id) ?? { live: 0, sum: 0 };
		corrections.set(row.bucket_id, { live: live + sign, sum: sum + sign * row.seq });
	};
	const shadows: ShadowRecord[] = await db.shadow.toArray();
	for (const { table, id, row } of shadows) {
		add(await db.anyRows(table).get(id), -1);
		add(row, 1);
	}
	return corrections;
}
