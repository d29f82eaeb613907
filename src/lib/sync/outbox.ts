/** What a person may do with intents that wait: undo, send again, give up; and how many there are. */
import { dropFiles } from '#lib/db/file-stores.ts';
import type { LocalDb, Tx } from '#lib/db/local-db.ts';
import { SYNC_STORES } from '#lib/db/local-db.ts';
import type { JournalOutcome, OutboxEntry, OutboxState } from '#lib/db/records.ts';
import type { Mutation } from '#lib/domain/mutations/catalogue.ts';
import { touchedRows } from '#lib/domain/mutations/local-effect.ts';
import { createsRows, dependsOn } from './mentions.ts';
import { toPlainJson } from './plain-json.ts';
import { keepShadows, rebuildView, replayedEntries } from './view.ts';
import { Writes } from './writes.ts';

export interface OutboxCounts {
	/** Not yet answered by the server. */
	readonly pending: number;
	/** Answered, but the rows that follow are still on their way. */
	readonly acked: number;
	readonly attention: number;
	/** Pictures whose intent does not wait any more, but whose bytes do. */
	readonly files: number;
	/** ISO device instant. */
	readonly oldestPendingAt: string | null;
}

export async function countOutbox(db: LocalDb): Promise<OutboxCounts> {
	// One read of all: it is asked at every change, and there are seldom many.
	const [entries, uploads] = await Promise.all([db.outbox.toArray(), db.uploads.toArray()]);
	const inState = (state: OutboxState) => entries.filter((entry) => entry.state === state);
	const pending = inState('pending');
	const announced = entries.filter(({ state }) => state !== 'acked').flatMap(announcedBy);
	const files = uploads.filter(({ id }) => !announced.includes(id));
	const since = [
		...pending.map(({ mutation }) => mutation.at),
		...files.map((file) => file.addedAt)
	];
	return {
		pending: pending.length,
		acked: inState('acked').length,
		attention: inState('attention').length,
		files: files.length,
		oldestPendingAt: since.sort()[0] ?? null
	};
}

/** The pictures that an intent announces. */
export function announcedBy({ mutation }: Pick<OutboxEntry, 'mutation'>): string[] {
	return mutation.name === 'attachment.add' ? [mutation.args.row.id] : [];
}

/** The needs-attention tray, oldest first. */
export async function attentionTray({ outbox }: Pick<Tx, 'outbox'>): Promise<OutboxEntry[]> {
	const entries = await outbox.where('state').equals('attention').toArray();
	return entries.sort((a, b) => a.order - b.order);
}

/** Undoes intents that were never sent and on which nothing else rests; all or none. */
export async function retractIntents(db: LocalDb, mids: readonly string[]): Promise<boolean> {
	return await db.inTransaction('rw', SYNC_STORES, async (tx) => {
		const entries = await tx.outbox
			.where('mid')
			.anyOf([...mids])
			.toArray();
		const unsent = entries.filter((entry) => entry.state === 'pending' && entry.n === null);
		if (unsent.length < mids.length || (await somethingRestsOn(tx, unsent))) return false;
		await tx.outbox.bulkDelete(unsent.map(({ order }) => order));
		await dropFiles(tx, unsent.flatMap(announcedBy));
		await rebuildView(tx);
		return true;
	});
}

/**
 * Sends a refused intent again with those that were refused only because of it. An intent that the server has answered
 * gets a new identity, because the server keeps the refused one; an unanswered one keeps its own.
 */
export async function resendIntent(
	db: LocalDb,
	mid: string,
	args: unknown,
	nowMs: number,
	newMid: () => string
): Promise<void> {
	await db.inTransaction('rw', SYNC_STORES, async (tx) => {
		const tray = await attentionTray(tx);
		const refused = tray.find((entry) => entry.mid === mid);
		if (!refused) return;
		const changed = args === undefined ? refused : withArgs(refused, args);
		await requeueAsNew(tx, changed, nowMs, newMid, changed !== refused);
		const blocked = tray.filter(
			(entry) =>
				entry.verdict === 'blocked' && entry.order > refused.order && dependsOn(entry, refused)
		);
		for (const entry of blocked) await requeueAsNew(tx, entry, nowMs, newMid, false);
		await rebuildView(tx);
	});
}

/** Gives up a refused intent; what it said stays in the journal. */
export async function dismissIntent(db: LocalDb, mid: string, nowMs: number): Promise<void> {
	await db.inTransaction('rw', SYNC_STORES, async (tx) => {
		const entry = await tx.outbox.where('mid').equals(mid).first();
		if (entry?.state !== 'attention') return;
		const writes = new Writes();
		moveToJournal(tx, writes, [entry], 'dismissed', nowMs);
		writes.add(dropFiles(tx, announcedBy(entry)));
		await writes.done();
	});
}

/** Inside a transaction of the caller, who awaits the writes. */
export function moveToJournal(
	tx: Tx,
	writes: Writes,
	entries: readonly OutboxEntry[],
	outcome: JournalOutcome,
	nowMs: number
): void {
	if (entries.length === 0) return;
	writes.add(
		tx.journal.bulkPut(
			entries.map((entry) => ({ mid: entry.mid, outcome, closedAtMs: nowMs, entry }))
		)
	);
	writes.add(tx.outbox.bulkDelete(entries.map(({ order }) => order)));
}

async function somethingRestsOn(tx: Tx, unsent: readonly OutboxEntry[]): Promise<boolean> {
	const orders = new Set(unsent.map(({ order }) => order));
	const others = (await replayedEntries(tx)).filter(({ order }) => !orders.has(order));
	return unsent
		.filter(createsRows)
		.some((entry) => others.some((other) => other.order > entry.order && dependsOn(other, entry)));
}

async function requeueAsNew(
	tx: Tx,
	entry: OutboxEntry,
	nowMs: number,
	newMid: () => string,
	changed: boolean
): Promise<void> {
	const answered = entry.verdict !== null;
	const { order: _order, ...rest } = entry;
	const writes = new Writes();
	moveToJournal(tx, writes, [entry], 'resent', nowMs);
	await keepShadows(tx, writes, entry.touches);
	writes.add(
		tx.outbox.add({
			...rest,
			mid: answered || changed ? newMid() : entry.mid,
			n: null,
			refusalForgotten: false,
			state: 'pending',
			heldFromMs: nowMs,
			holdMs: 0,
			attempts: 0,
			verdict: null,
			code: null,
			data: null
		})
	);
	await writes.done();
}

function withArgs(entry: OutboxEntry, args: unknown): OutboxEntry {
	const copy = toPlainJson(args);
	// The tray's form gives arguments of the same mutation; the server checks them again.
	const mutation = { ...entry.mutation, args: copy } as Mutation;
	return { ...entry, mutation, touches: touchedRows(mutation, entry.author) };
}
