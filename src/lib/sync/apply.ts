/** One answer of the server → this phone, in ONE transaction: verdicts, access, rows, cursors, view. */
import type { LocalDb, Tx } from '#lib/db/local-db.ts';
import { PULL_STORES, SYNC_STORES } from '#lib/db/local-db.ts';
import type { ClientRecord, CursorRecord, OutboxEntry } from '#lib/db/records.ts';
import type { BucketState, SyncResponse } from '#lib/protocol/sync.ts';
import { leaveBuckets } from './apply-access.ts';
import { applyVerdicts, askedEntries, requeueJournal, settleAcked } from './apply-verdicts.ts';
import { BaseRows } from './base-rows.ts';
import type { BuiltRequest } from './build-request.ts';
import { loadClient, readClient } from './client-record.ts';
import { completeShare } from './complete-share.ts';
import { Cursors, refetch } from './cursors.ts';
import { SumChanges } from './sum-changes.ts';
import { replayedEntries, showView } from './view.ts';
import { fromWire, isKnownTable } from './wire-rows.ts';
import { Writes } from './writes.ts';

const NONE: ReadonlySet<number> = new Set();

export interface ApplyOptions {
	readonly nowMs: number;
	/** Device clock minus server clock; null when this exchange does not tell. */
	readonly clockOffsetMs: number | null;
	/** Leave rows and cursors alone and store the verdicts only: the phone is full. */
	readonly verdictsOnly: boolean;
	readonly newId: () => string;
	/** Buckets whose sums are followed; none when left out. */
	readonly followed?: ReadonlySet<number>;
}

export interface Applied {
	/** Something changed: intents answered, rows, cursors. An answer that changes nothing and promises more would loop. */
	readonly progressed: boolean;
	/** Some bucket is not complete yet. */
	readonly more: boolean;
	/** Intents were put back to be sent again. */
	readonly requeued: boolean;
	/** 0..1 */
	readonly completeShare: number;
	/** Null when the rows were left out. */
	readonly sums: SumChanges | null;
}

/** @throws {StorageError} nothing was applied */
export async function applyResponse(
	db: LocalDb,
	request: BuiltRequest,
	response: SyncResponse,
	options: ApplyOptions
): Promise<Applied> {
	if (request.quiet && bringsRowsAlone(response) && !options.verdictsOnly) {
		const applied = await applyRowsAlone(db, request, response, options);
		if (applied) return applied;
	}
	return await db.inTransaction('rw', SYNC_STORES, async (tx) => {
		const writes = new Writes();
		const [before, asked, cursors] = await Promise.all([
			loadClient(tx, options.newId),
			askedEntries(tx, response.results),
			Cursors.load(tx, writes)
		]);
		// Another tab forked meanwhile: the numbers of this answer mean other intents now.
		if (before.id !== request.wire.client)
			return { progressed: true, more: true, requeued: true, completeShare: 0, sums: null };
		const verdicts = await applyVerdicts(tx, writes, before, asked, response.results, options);
		let { client } = verdicts;
		// Rows fit only the state from which they were asked; a second tab may have gone on.
		const fits = before.round === request.round && !options.verdictsOnly;
		const requeued = fits && (await resumeAfterLoss(tx, cursors, client, response, options.nowMs));
		const sums = new SumChanges(options.followed ?? NONE);
		const base = await BaseRows.load(tx, writes, sums);
		let moved = false;
		if (fits) {
			await leaveBuckets(tx, base, cursors, response.removed);
			sums.anew.push(...response.removed);
			moved = await storePull(cursors, base, response, isRestored(client, response), sums);
			client = heard(client, response);
		}
		const settled = fits && cursors.areComplete;
		const entries = await replayedEntries(tx);
		const [acked, open] = settled ? byAnswer(entries) : [[], entries];
		showView(tx, writes, base.shadows, open);
		// Another identity has heard nothing yet.
		const turn = fits && client.id === before.id ? (response.turn ?? 0) : (client.turn ?? 0);
		writes.add(tx.meta.put(afterRound({ ...client, turn }, settled, options)));
		if (settled) settleAcked(tx, writes, acked, options.nowMs);
		await writes.done();
		return {
			progressed: verdicts.answered > 0 || requeued || moved || (fits && carriesRows(response)),
			more: !settled,
			requeued: requeued || client.id !== before.id,
			completeShare: completeShare(cursors.all),
			sums: fits ? sums : null
		};
	});
}

function byAnswer(entries: readonly OutboxEntry[]): [acked: OutboxEntry[], open: OutboxEntry[]] {
	const acked = entries.filter(({ state }) => state === 'acked');
	return [acked, entries.filter(({ state }) => state !== 'acked')];
}

/** Neither verdicts nor the end of an access nor a server that was set back: nothing of it concerns what a person did here. */
export function bringsRowsAlone(response: SyncResponse): boolean {
	return response.results.length + response.removed.length === 0 && !wasSetBack(response);
}

/**
 * The same for rows alone, in a transaction that leaves the outbox out and therefore need not wait for the disk.
 * @returns null, with nothing changed, when there is more to it
 */
async function applyRowsAlone(
	db: LocalDb,
	request: BuiltRequest,
	response: SyncResponse,
	options: ApplyOptions
): Promise<Applied | null> {
	return await db.inTransaction('rw', PULL_STORES, async (tx) => {
		const writes = new Writes();
		const [client, intents, cursors] = await Promise.all([
			readClient(tx),
			tx.shadow.count(),
			Cursors.load(tx, writes)
		]);
		if (client?.id !== request.wire.client || client.round !== request.round) return null;
		// What was tapped meanwhile has left the server's copy of its rows there.
		if (intents > 0 || isRestored(client, response) || isForgotten(client, response)) return null;
		const { epoch, turn } = response;
		const sums = new SumChanges(options.followed ?? NONE);
		const base = BaseRows.withoutShadows(tx, writes, sums);
		const moved = await storePull(cursors, base, response, false, sums);
		const settled = cursors.areComplete;
		const next = afterRound({ ...client, epoch, turn: turn ?? 0 }, settled, options);
		writes.add(tx.meta.put(next));
		await writes.done();
		return {
			progressed: moved || carriesRows(response),
			more: !settled,
			requeued: false,
			completeShare: completeShare(cursors.all),
			sums
		};
	});
}

function afterRound(
	client: ClientRecord,
	settled: boolean,
	{ nowMs, clockOffsetMs }: ApplyOptions
): ClientRecord {
	return {
		...client,
		round: client.round + 1,
		clockOffsetMs: clockOffsetMs ?? client.clockOffsetMs,
		...(settled ? { firstSyncDone: true, lastSyncedAt: new Date(nowMs).toISOString() } : {})
	};
}

/** @returns whether the server has lost something, so that intents were put back to be sent again */
async function resumeAfterLoss(
	tx: Tx,
	cursors: Cursors,
	client: ClientRecord,
	response: SyncResponse,
	nowMs: number
): Promise<boolean> {
	const restored = isRestored(client, response);
	if (!restored && !isForgotten(client, response)) return false;
	if (restored) cursors.put(cursors.all.map(refetch));
	await requeueJournal(tx, nowMs);
	return true;
}

function heard(client: ClientRecord, { epoch, last_n }: SyncResponse): ClientRecord {
	return { ...client, epoch, ackedN: Math.min(last_n, client.ackedN) };
}

/** @returns whether a cursor has moved */
async function storePull(
	cursors: Cursors,
	base: BaseRows,
	response: SyncResponse,
	restored: boolean,
	sums: SumChanges
): Promise<boolean> {
	const { next, moved } = nextCursors(cursors, response.buckets, restored, sums);
	await storeRows(base, response, next);
	for (const { bucket, gen, complete, sweep } of next.values())
		if (sweep && complete) await base.sweep(bucket, gen);
	cursors.put(
		[...next.values()].map((cursor) => ({ ...cursor, sweep: cursor.sweep && !cursor.complete }))
	);
	return moved;
}

function isRestored({ epoch }: ClientRecord, response: SyncResponse): boolean {
	return epoch !== null && epoch !== response.epoch;
}

function isForgotten({ ackedN }: ClientRecord, response: SyncResponse): boolean {
	return response.last_n < ackedN || wasSetBack(response);
}

/** The server starts a bucket anew because this phone has seen more of it than there is: it has lost commits. */
function wasSetBack({ buckets }: SyncResponse): boolean {
	return Object.values(buckets).some(({ reset }) => reset);
}

function nextCursors(
	cursors: Cursors,
	buckets: SyncResponse['buckets'],
	restored: boolean,
	sums: SumChanges
): { next: Map<number, CursorRecord>; moved: boolean } {
	const next = new Map<number, CursorRecord>();
	let moved = false;
	for (const [key, state] of Object.entries(buckets)) {
		const bucket = Number(key);
		const stored = cursors.get(bucket);
		const known = stored ?? newCursor(bucket);
		const cursor = moveCursor(state.reset && !restored ? refetch(known) : known, state);
		sums.moved(stored, cursor);
		next.set(bucket, cursor);
		moved ||= cursor.cursor !== known.cursor || cursor.complete !== known.complete;
	}
	return { next, moved };
}

function newCursor(bucket: number): CursorRecord {
	return { bucket, cursor: 0, gen: 0, complete: false, sweep: false, refetchedAtMs: 0 };
}

function moveCursor(cursor: CursorRecord, { seq, more }: BucketState): CursorRecord {
	return { ...cursor, cursor: seq, complete: !more };
}

function carriesRows({ rows, gone, removed }: SyncResponse): boolean {
	return removed.length + Object.keys(rows).length + Object.keys(gone).length > 0;
}

async function storeRows(
	base: BaseRows,
	{ rows, gone }: SyncResponse,
	cursors: ReadonlyMap<number, CursorRecord>
): Promise<void> {
	for (const [table, ids] of Object.entries(gone))
		if (isKnownTable(table)) await base.remove(table, ids);
	const genOf = (bucket: number) => cursors.get(bucket)?.gen ?? 0;
	await Promise.all(
		Object.entries(rows).map(async ([table, wireRows]) => {
			if (!isKnownTable(table)) return;
			const arrived = wireRows.map((row) => fromWire(table, row, genOf(row.bucket_id)));
			await base.put(table, arrived);
		})
	);
}
