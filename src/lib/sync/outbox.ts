/** What a person may do with intents that wait: undo, send again, give up; and how many there are. */
import { dropFiles } from '#lib/db/file-stores.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { SYNC_STORES } from '#lib/db/local-db.ts';
import type { JournalOutcome, OutboxEntry, OutboxState } from '#lib/db/records.ts';
import type { Mutation } from '#lib/domain/mutations/catalogue.ts';
import { touchedRows } from '#lib/domain/mutations/local-effect.ts';
import { createsRows, dependsOn } from './mentions.ts';
import { toPlainJson } from './plain-json.ts';
import { keepShadows, rebuildView, replayedEntries } from './view.ts';

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
export async function attentionTray(db: LocalDb): Promise<OutboxEntry[]> {
	const entries = await db.outbox.where('state').equals('attention').toArray();
	return entries.sort((a, b) => a.order - b.order);
}

/** Undoes intents that were never sent and on which nothing else rests; all or none. */
export async function retractIntents(db: LocalDb, mids: readonly string[]): Promise<boolean> {
	return await db.inTransaction('rw', SYNC_STORES, async () => {
		const entries = await db.outbox
			.where('mid')
			.anyOf([...mids])
			.toArray();
		const unsent = entries.filter((entry) => entry.state === 'pending' && entry.n === null);
		if (unsent.length < mids.length || (await somethingRestsOn(db, unsent))) return false;
		await db.outbox.bulkDelete(unsent.map(({ order }) => order));
		await dropFiles(db, unsent.flatMap(announcedBy));
		await rebuildView(db);
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
	await db.inTransaction('rw', SYNC_STORES, async () => {
		const tray = await attentionTray(db);
		const refused = tray.find((entry) => entry.mid === mid);
		if (!refused) return;
		const changed = args === undefined ? refused : withArgs(refused, args);
		await requeueAsNew(db, changed, nowMs, newMid, changed !== refused);
		const blocked = tray.filter(
			(entry) =>
				entry.verdict === 'blocked' && entry.order > refused.order && dependsOn(entry, refused)
		);
		for (const entry of blocked) await requeueAsNew(db, entry, nowMs, newMid, false);
		await rebuildView(db);
	});
}

/** Gives up a refused intent; what it said stays in the journal. */
export async function dismissIntent(db: LocalDb, mid: string, nowMs: number): Promise<void> {
	await db.inTransaction('rw', SYNC_STORES, async () => {
		const entry = await db.outbox.where('mid').equals(mid).first();
		if (entry?.state !== 'attention') return;
		await moveToJournal(db, [entry], 'dismissed', nowMs);
		await dropFiles(db, announcedBy(entry));
	});
}

/** Inside a transaction of the caller. */
export async function moveToJournal(
	db: LocalDb,
	entries: readonly OutboxEntry[],
	outcome: JournalOutcome,
	nowMs: number
): Promise<void> {
	await db.journal.bulkPut(
		entries.map((entry) => ({ mid: entry.mid, outcome, closedAtMs: nowMs, entry }))
	);
	await db.outbox.bulkDelete(entries.map(({ order }) => order));
}

async function somethingRestsOn(db: LocalDb, unsent: readonly OutboxEntry[]): Promise<boolean> {
	const orders = new Set(unsent.map(({ order }) => order));
	const others = (await replayedEntries(db)).filter(({ order }) => !orders.has(order));
	return unsent
		.filter(createsRows)
		.some((entry) => others.some((other) => other.order > entry.order && dependsOn(other, entry)));
}

async function requeueAsNew(
	db: LocalDb,
	entry: OutboxEntry,
	nowMs: number,
	newMid: () => string,
	changed: boolean
): Promise<void> {
	const answered = entry.verdict !== null;
	const { order: _order, ...rest } = entry;
	await moveToJournal(db, [entry], 'resent', nowMs);
	await keepShadows(db, entry.touches);
	await db.outbox.add({
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
	});
}

function withArgs(entry: OutboxEntry, args: unknown): OutboxEntry {
	const copy = toPlainJson(args);
	// The tray's form gives arguments of the same mutation; the server checks them again.
	const mutation = { ...entry.mutation, args: copy } as Mutation;
	return { ...entry, mutation, touches: touchedRows(mutation, entry.author) };
}
