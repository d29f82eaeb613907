/** One answer of the server → this phone, in ONE transaction: verdicts, access, rows, cursors, view. */
import type { LocalDb } from '#lib/db/local-db.ts';
import { PULL_STORES, SYNC_STORES } from '#lib/db/local-db.ts';
import type { ClientRecord, CursorRecord } from '#lib/db/records.ts';
import type { BucketState, SyncResponse } from '#lib/protocol/sync.ts';
import { leaveBuckets } from './apply-access.ts';
import { applyVerdicts, requeueJournal, settleAcked } from './apply-verdicts.ts';
import { BaseRows } from './base-rows.ts';
import type { BuiltRequest } from './build-request.ts';
import { loadClient, readClient } from './client-record.ts';
import { completeShare } from './complete-share.ts';
import { SumChanges } from './sum-changes.ts';
import { rebuildView } from './view.ts';
import { fromWire, isKnownTable } from './wire-rows.ts';

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
	return await db.inTransaction('rw', SYNC_STORES, async () => {
		const before = await loadClient(db, options.newId);
		// Another tab forked meanwhile: the numbers of this answer mean other intents now.
		if (before.id !== request.wire.client)
			return { progressed: true, more: true, requeued: true, completeShare: 0, sums: null };
		const verdicts = await applyVerdicts(db, before, response.results, options);
		let { client } = verdicts;
		// Rows fit only the state from which they were asked; a second tab may have gone on.
		const fits = before.round === request.round && !options.verdictsOnly;
		const sums = new SumChanges(options.followed ?? NONE);
		const pulled = fits
			? await applyPull(db, client, response, options.nowMs, sums)
			: { client, changed: false, requeued: false };
		// Another identity has heard nothing yet.
		const turn = fits && client.id === before.id ? (response.turn ?? 0) : (client.turn ?? 0);
		client = { ...pulled.client, turn };
		const cursors = await db.cursors.toArray();
		const settled = fits && cursors.every(({ complete }) => complete);
		if (settled) await settleAcked(db, options.nowMs);
		await db.meta.put(afterRound(client, settled, options));
		await rebuildView(db);
		return {
			progressed: verdicts.answered > 0 || pulled.changed,
			more: !settled,
			requeued: pulled.requeued || client.id !== before.id,
			completeShare: completeShare(cursors),
			sums: fits ? sums : null
		};
	});
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
	return await db.inTransaction('rw', PULL_STORES, async () => {
		const client = await readClient(db);
		const intents = await db.shadow.count();
		if (client?.id !== request.wire.client || client.round !== request.round) return null;
		// What was tapped meanwhile has left the server's copy of its rows there.
		if (intents > 0 || isRestored(client, response) || isForgotten(client, response)) return null;
		const { epoch, turn } = response;
		const sums = new SumChanges(options.followed ?? NONE);
		const base = BaseRows.withoutShadows(db, sums);
		const moved = await storePull(db, base, response, false, sums);
		const cursors = await db.cursors.toArray();
		const settled = cursors.every(({ complete }) => complete);
		await db.meta.put(afterRound({ ...client, epoch, turn: turn ?? 0 }, settled, options));
		return {
			progressed: moved || carriesRows(response),
			more: !settled,
			requeued: false,
			completeShare: completeShare(cursors),
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

interface Pulled {
	readonly client: ClientRecord;
	readonly changed: boolean;
	readonly requeued: boolean;
}

async function applyPull(
	db: LocalDb,
	client: ClientRecord,
	response: SyncResponse,
	nowMs: number,
	sums: SumChanges
): Promise<Pulled> {
	const restored = isRestored(client, response);
	const forgotten = isForgotten(client, response);
	if (restored)
		await db.cursors.toCollection().modify((cursor) => void Object.assign(cursor, refetch(cursor)));
	if (restored || forgotten) await requeueJournal(db, nowMs);

	const base = await BaseRows.load(db, sums);
	await leaveBuckets(db, base, response.removed);
	sums.anew.push(...response.removed);
	const moved = await storePull(db, base, response, restored, sums);
	return {
		client: {
			...client,
			epoch: response.epoch,
			ackedN: Math.min(response.last_n, client.ackedN)
		},
		changed: restored || forgotten || moved || carriesRows(response),
		requeued: restored || forgotten
	};
}

/** @returns whether a cursor has moved */
async function storePull(
	db: LocalDb,
	base: BaseRows,
	response: SyncResponse,
	restored: boolean,
	sums: SumChanges
): Promise<boolean> {
	const { cursors, moved } = await nextCursors(db, response.buckets, restored, sums);
	await storeRows(base, response, cursors);
	for (const { bucket, gen, complete, sweep } of cursors.values())
		if (sweep && complete) await base.sweep(bucket, gen);
	if (cursors.size > 0)
		await db.cursors.bulkPut(
			[...cursors.values()].map((cursor) => ({
				...cursor,
				sweep: cursor.sweep && !cursor.complete
			}))
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

/** The bucket from its beginning; rows of the present fetch stay in sight until the new one is complete. */
export function refetch(cursor: CursorRecord): CursorRecord {
	return { ...cursor, cursor: 0, gen: cursor.gen + 1, complete: false, sweep: true };
}

async function nextCursors(
	db: LocalDb,
	buckets: SyncResponse['buckets'],
	restored: boolean,
	sums: SumChanges
): Promise<{ cursors: Map<number, CursorRecord>; moved: boolean }> {
	const cursors = new Map<number, CursorRecord>();
	let moved = false;
	const stored = await db.cursors.bulkGet(Object.keys(buckets).map(Number));
	for (const [index, [key, state]] of Object.entries(buckets).entries()) {
		const bucket = Number(key);
		const known = stored[index] ?? newCursor(bucket);
		const next = moveCursor(state.reset && !restored ? refetch(known) : known, state);
		sums.moved(stored[index], next);
		cursors.set(bucket, next);
		moved ||= next.cursor !== known.cursor || next.complete !== known.complete;
	}
	return { cursors, moved };
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
	for (const [table, wireRows] of Object.entries(rows)) {
		if (!isKnownTable(table)) continue;
		await base.put(
			table,
			wireRows.map((row) => fromWire(table, row, genOf(row.bucket_id)))
		);
	}
}
