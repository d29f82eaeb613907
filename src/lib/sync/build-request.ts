/** Puts together what the next round trip carries, and gives each intent the number under which it travels from now on. */
import type { LocalDb } from '#lib/db/local-db.ts';
import type { OutboxEntry } from '#lib/db/records.ts';
import type { PushedMutation, SyncRequest } from '#lib/protocol/sync.ts';
import { APP_SCHEMA, MAX_PUSH, PROTOCOL_VERSION } from '#lib/protocol/sync.ts';
import { loadClient } from './client-record.ts';
import { forgottenRefusals, hasToSettle } from './apply-verdicts.ts';
import { dependsOn } from './mentions.ts';
import { wireArgs } from './wire-args.ts';
import { Writes } from './writes.ts';

const REQUEUED_WAIT_MS = 7 * 86_400_000;
/** Today is in the first answer (docs/sync.md); the less comes with it, the sooner it stands on a new phone on a bad line. */
const FIRST_ROWS = 300;

export interface BuiltRequest {
	readonly wire: SyncRequest;
	/** The state of the store that the answer will fit. */
	readonly round: number;
	/** Intents that could be sent and did not fit. */
	readonly left: number;
	/** Nothing in the outbox or the journal waits for an answer or for a tidying: what is pulled concerns rows alone. */
	readonly quiet: boolean;
}

export interface RequestLimits {
	/** Intents a request; 0 = pull only. */
	readonly push: number;
	/** Rows an answer. */
	readonly rows: number;
}

/** @throws {StorageError} */
export async function buildRequest(
	db: LocalDb,
	nowMs: number,
	limits: RequestLimits,
	newId: () => string
): Promise<BuiltRequest> {
	return await db.inTransaction('rw', ['outbox', 'journal', 'cursors', 'meta'], async (tx) => {
		// Side by side: each read that waits for another costs a turn of the page's event loop, and a tap waits for all of them.
		const [client, pending, refused, cursors, unsettled] = await Promise.all([
			loadClient(tx, newId),
			tx.outbox.where('state').equals('pending').toArray(),
			forgottenRefusals(tx).toArray(),
			tx.cursors.toArray(),
			hasToSettle(tx, nowMs)
		]);
		const ready = inSendingOrder([...refused, ...pending], nowMs);
		const batch = ready.slice(0, Math.min(limits.push, MAX_PUSH));
		let nextN = client.nextN;
		const push: PushedMutation[] = [];
		const sent: OutboxEntry[] = [];
		const patient: OutboxEntry[] = [];
		for (const entry of batch) {
			const n = entry.n ?? nextN++;
			const again = mayHaveToWait(entry, nowMs) || patient.some((other) => dependsOn(entry, other));
			if (again) patient.push(entry);
			sent.push({ ...entry, n, attempts: entry.attempts + 1 });
			push.push(toWire(entry, n, again));
		}
		const writes = new Writes();
		if (sent.length > 0) writes.add(tx.outbox.bulkPut(sent));
		if (nextN !== client.nextN) writes.add(tx.meta.put({ ...client, nextN }));
		await writes.done();
		return {
			round: client.round,
			left: ready.length - batch.length,
			quiet: ready.length + pending.length === 0 && !unsettled,
			wire: {
				v: PROTOCOL_VERSION,
				schema: APP_SCHEMA,
				epoch: client.epoch,
				client: client.id,
				turn: client.turn ?? 0,
				acked: client.ackedN,
				push,
				cursors: Object.fromEntries(cursors.map(({ bucket, cursor }) => [bucket, cursor])),
				limit: client.epoch === null ? Math.min(limits.rows, FIRST_ROWS) : limits.rows
			}
		};
	});
}

/** Milliseconds until an intent may be sent that has not been: 0 if its hold ended while another request was under way; null when none waits. */
export async function nextReleaseInMs(db: LocalDb, nowMs: number): Promise<number | null> {
	const pending = await db.outbox.where('state').equals('pending').toArray();
	if (inSendingOrder(pending, nowMs).some(({ n }) => n === null)) return 0;
	const waits = pending
		.filter((entry) => isHeld(entry, nowMs))
		.map(({ heldFromMs, holdMs }) => heldFromMs + holdMs - nowMs);
	return waits.length > 0 ? Math.min(...waits) : null;
}

/**
 * Numbered intents first, by number; then the others as they were made, without those that are held and those that need a held one.
 */
function inSendingOrder(pending: OutboxEntry[], nowMs: number): OutboxEntry[] {
	const numbered = pending.filter(({ n }) => n !== null).sort((a, b) => (a.n ?? 0) - (b.n ?? 0));
	const waiting: OutboxEntry[] = [];
	const free: OutboxEntry[] = [];
	for (const entry of pending.filter(({ n }) => n === null).sort((a, b) => a.order - b.order)) {
		const waits = isHeld(entry, nowMs) || waiting.some((held) => dependsOn(entry, held));
		(waits ? waiting : free).push(entry);
	}
	return [...numbered, ...free];
}

/** A clock that jumps in either direction ends the hold instead of prolonging it. */
function isHeld({ heldFromMs, holdMs }: OutboxEntry, nowMs: number): boolean {
	return nowMs >= heldFromMs && nowMs < heldFromMs + holdMs;
}

function toWire(
	{ mid, mutation, base, offsetMs, state, code }: OutboxEntry,
	n: number,
	again: boolean
): PushedMutation {
	const { name, args, at } = mutation;
	return {
		n,
		mid,
		name,
		args: wireArgs(args),
		base,
		at,
		...(offsetMs === null ? {} : { offset_ms: offsetMs }),
		...(again ? { again } : {}),
		...(state === 'attention' && code !== null ? { refused: code } : {})
	};
}

/** In a week the phones with which the rest was done have come by; after that a person is told that it was refused. */
function mayHaveToWait({ requeuedAtMs }: OutboxEntry, nowMs: number): boolean {
	return requeuedAtMs !== undefined && Math.abs(nowMs - requeuedAtMs) < REQUEUED_WAIT_MS;
}
