/**
 * Compares what this phone holds of a bucket with what the server says it should. A bucket that differs is fetched again; and
 * since a server that was set back unnoticed looks the same, what it had acknowledged is sent again (it answers `dup` if it has it).
 */
import { tallyBuckets } from '#lib/db/bucket-rows.ts';
import type { Tally } from '#lib/db/bucket-rows.ts';
import type { LocalDb, Tx } from '#lib/db/local-db.ts';
import { SYNC_STORES } from '#lib/db/local-db.ts';
import type { CursorRecord, StoredRow } from '#lib/db/records.ts';
import type { SyncResponse } from '#lib/protocol/sync.ts';
import { requeueJournal } from './apply-verdicts.ts';
import { refetch } from './cursors.ts';
import { KeptSums } from './kept-sums.ts';
import { loadRows, rebuildView } from './view.ts';

/** A difference that a fetch did not cure (a table that this release does not know) is not chased all day. */
const REFETCH_PAUSE_MS = 6 * 3_600_000;

interface Claim extends Tally {
	readonly bucket: number;
	/** The cursor at which it holds. */
	readonly seq: number;
}

/**
 * @param kept what needs no counting; learns what was counted
 * @returns the buckets that will be fetched again
 * @throws {StorageError}
 */
export async function verifyBuckets(
	db: LocalDb,
	response: SyncResponse,
	nowMs: number,
	kept = new KeptSums()
): Promise<number[]> {
	const since = response.since;
	if (!since) return [];
	const claims = claimsOf(response).filter((claim) => !kept.agrees(claim.bucket, claim, nowMs));
	if (claims.length === 0) return [];
	const sinceIso = new Date(since).toISOString();
	// Reading alone lets the screens read too.
	const seen = await db.inTransaction(
		'r',
		SYNC_STORES,
		// Async itself: Dexie follows a transaction through awaits only then.
		async (tx) => await compare(tx, claims, sinceIso, nowMs)
	);
	for (const claim of claims)
		if (seen.agreeing.has(claim.bucket)) kept.counted(claim.bucket, claim, nowMs);
		else kept.forget(claim.bucket);
	if (seen.differing.length === 0) return [];
	return await db.inTransaction('rw', SYNC_STORES, async (tx) => {
		const { differing } = await compare(tx, claims, sinceIso, nowMs);
		if (differing.length > 0) {
			await tx.cursors.bulkPut(
				differing.map((cursor) => ({ ...refetch(cursor), refetchedAtMs: nowMs }))
			);
			await requeueJournal(tx, nowMs);
			await rebuildView(tx);
		}
		return differing.map(({ bucket }) => bucket);
	});
}

function claimsOf({ buckets }: SyncResponse): Claim[] {
	return Object.entries(buckets).flatMap(([key, { seq, more, live, sum }]) =>
		more || typeof live !== 'number' || typeof sum !== 'number'
			? []
			: [{ bucket: Number(key), seq, live, sum }]
	);
}

interface Comparison {
	readonly agreeing: ReadonlySet<number>;
	/** To be fetched again. */
	readonly differing: readonly CursorRecord[];
}

async function compare(
	tx: Tx,
	claims: readonly Claim[],
	since: string,
	nowMs: number
): Promise<Comparison> {
	const buckets = claims.map(({ bucket }) => bucket);
	const [cursors, corrections, tallies] = await Promise.all([
		tx.cursors.bulkGet(buckets),
		shadowCorrections(tx, since),
		tallyBuckets(tx, buckets, since)
	]);
	const agreeing = new Set<number>();
	const differing: CursorRecord[] = [];
	for (const [index, { bucket, seq, live, sum }] of claims.entries()) {
		const held = plus(tallies.get(bucket), corrections.get(bucket));
		const cursor = cursors[index];
		// A second tab has gone on since: the claim is about an earlier state.
		if (!cursor?.complete || cursor.cursor !== seq) continue;
		if (held.live === live && held.sum === sum) agreeing.add(bucket);
		else if (!isRecent(cursor, nowMs)) differing.push(cursor);
	}
	return { agreeing, differing };
}

function isRecent({ refetchedAtMs }: CursorRecord, nowMs: number): boolean {
	return nowMs - refetchedAtMs < REFETCH_PAUSE_MS && nowMs >= refetchedAtMs;
}

const NOTHING: Tally = { live: 0, sum: 0 };

function plus(one: Tally = NOTHING, other: Tally = NOTHING): Tally {
	return { live: one.live + other.live, sum: one.sum + other.sum };
}

/** Rows are counted as the screens see them; where intents wait, the server's copy counts instead. */
async function shadowCorrections(tx: Tx, since: string): Promise<Map<number, Tally>> {
	const corrections = new Map<number, Tally>();
	const add = (row: StoredRow | null | undefined, sign: 1 | -1) => {
		if (!row || row.relevant_at < since) return;
		const correction = { live: sign, sum: sign * row.seq };
		corrections.set(row.bucket_id, plus(corrections.get(row.bucket_id), correction));
	};
	const shadows = await tx.shadow.toArray();
	for (const row of (await loadRows(tx, shadows)).values()) add(row, -1);
	for (const { row } of shadows) add(row, 1);
	return corrections;
}
