/** What the server decided about each intent → outbox and journal. Runs inside a transaction of the caller. */
import * as v from 'valibot';
import type { Tx } from '#lib/db/local-db.ts';
import type { ClientRecord, OutboxEntry } from '#lib/db/records.ts';
import { isMark } from '#lib/domain/mutations/catalogue.ts';
import type { KnownVerdict, MutationResult } from '#lib/protocol/sync.ts';
import { storedVerdictSchema } from '#lib/protocol/sync.ts';
import { announcedBy, moveToJournal } from './outbox.ts';
import { keepShadows } from './view.ts';
import { Writes } from './writes.ts';

const JOURNAL_DAYS = 30;
const DAY_MS = 86_400_000;
/** How long an intent that has to wait for other phones waits between two tries. */
const LATER_MS = { first: 10_000, most: 45_000 };

export interface VerdictOutcome {
	readonly client: ClientRecord;
	/** Intents that got an answer. */
	readonly answered: number;
}

/** The intents of which an answer speaks, and perhaps others. */
export async function askedEntries(
	tx: Tx,
	results: readonly MutationResult[]
): Promise<OutboxEntry[]> {
	if (results.length === 0) return [];
	const numbers = results.map(({ n }) => n);
	return await tx.outbox
		.where('n')
		.between(Math.min(...numbers), Math.max(...numbers), true, true)
		.toArray();
}

/** @param asked as askedEntries() found them in this transaction */
export async function applyVerdicts(
	tx: Tx,
	writes: Writes,
	client: ClientRecord,
	asked: readonly OutboxEntry[],
	results: readonly MutationResult[],
	{ nowMs, newId }: { readonly nowMs: number; readonly newId: () => string }
): Promise<VerdictOutcome> {
	if (results.some(({ verdict }) => verdict === 'fork'))
		return { client: await becomeNewClient(tx, client, newId), answered: 1 };
	if (results.length === 0) return { client, answered: 0 };
	const answered = asked.flatMap((entry) => {
		const result = results.find(({ n }) => n === entry.n);
		return result && isAsked(entry) ? [{ ...entry, ...traceOf(entry, result, nowMs) }] : [];
	});
	for (const { refusalForgotten, touches } of asked)
		if (refusalForgotten) await keepShadows(tx, writes, touches);
	writes.add(tx.outbox.bulkPut(answered));
	const final = results.filter(({ verdict }) => verdict !== 'later').map(({ n }) => n);
	const ackedN = Math.max(client.ackedN, ...final);
	return {
		client: { ...client, ackedN },
		answered: answered.filter(({ n }) => n !== null).length
	};
}

/** Answered intents whose rows have arrived leave the replay; the journal keeps them for a server that forgets. */
export function settleAcked(
	tx: Tx,
	writes: Writes,
	acked: readonly OutboxEntry[],
	nowMs: number
): void {
	moveToJournal(tx, writes, acked, 'acked', nowMs);
	writes.add(tx.journal.where('closedAtMs').below(keptSinceMs(nowMs)).delete());
}

/** Whether settleAcked() would do anything. */
export async function hasToSettle(tx: Tx, nowMs: number): Promise<boolean> {
	const [acked, old] = await Promise.all([
		tx.outbox.where('state').equals('acked').count(),
		tx.journal.where('closedAtMs').below(keptSinceMs(nowMs)).count()
	]);
	return acked + old > 0;
}

function keptSinceMs(nowMs: number): number {
	return nowMs - JOURNAL_DAYS * DAY_MS;
}

/**
 * The server has lost something it had acknowledged (restored from a backup): everything of the last 30 days goes back into
 * the outbox, in its old order and with its old identity, so that what the server still has is answered `dup`. What it had refused
 * stays in the tray, and is told to it: others answer for that work too, and somebody's work may rest on it.
 */
export async function requeueJournal(tx: Tx, nowMs: number): Promise<void> {
	const journaled = (await tx.journal.toArray()).filter(({ outcome }) => outcome === 'acked');
	const writes = new Writes();
	for (const { entry } of journaled) {
		await keepShadows(tx, writes, entry.touches);
		writes.add(tx.outbox.put({ ...entry, requeuedAtMs: nowMs }));
	}
	await writes.done();
	await sendAgain(
		tx,
		journaled.flatMap(({ entry }) => announcedBy(entry))
	);
	await tx.journal.bulkDelete(journaled.map(({ mid }) => mid));
	await tx.outbox.where('state').equals('acked').modify({ requeuedAtMs: nowMs });
	await tx.outbox
		.where('state')
		.equals('attention')
		.filter(({ verdict }) => verdict !== null)
		.modify({ refusalForgotten: true, heldFromMs: 0, holdMs: 0 });
	await unnumber(tx);
}

function isAsked({ state, refusalForgotten }: OutboxEntry): boolean {
	return state === 'pending' || refusalForgotten === true;
}

/** A server that has forgotten rows may have forgotten their bytes: it says so, piece by piece, when it is asked. */
async function sendAgain(tx: Tx, ids: readonly string[]): Promise<void> {
	for (const id of ids) {
		const [row, upload] = await Promise.all([tx.attachments.get(id), tx.uploads.get(id)]);
		const isHere = (await tx.blobs.where('id').equals(id).count()) > 0;
		if (!row || upload || !isHere) continue;
		const { byte_size, thumb_size, taken_at: addedAt } = row;
		const totalBytes = byte_size + (thumb_size ?? 0);
		const onlyFull = thumb_size === null;
		await tx.uploads.put({ id, addedAt, totalBytes, sentBytes: 0, onlyFull });
	}
}

type Answer = Pick<OutboxEntry, 'state' | 'verdict' | 'code' | 'data'>;

/** What has to wait is free of its number again; what rests on it waits with it, and everything else goes on. */
function traceOf(entry: OutboxEntry, result: MutationResult, nowMs: number): Partial<OutboxEntry> {
	if (entry.refusalForgotten) return retold(answerOf(result));
	if (result.verdict !== 'later') return settled(entry, answerOf(result));
	const halfOfWait = (nowMs - (entry.requeuedAtMs ?? nowMs)) / 2;
	const holdMs = Math.min(LATER_MS.most, Math.max(LATER_MS.first, halfOfWait));
	return { n: null, heldFromMs: nowMs, holdMs };
}

/** It stands in the tray as it did, unless another phone, to which it was brought, has had it done since. */
function retold(answer: Answer): Partial<OutboxEntry> {
	return { ...(answer.state === 'attention' ? {} : answer), refusalForgotten: false };
}

/** A refused mark is of no use to anybody: it goes the way of the accepted ones, and its row with it. */
function settled({ mutation }: OutboxEntry, answer: Answer): Answer {
	return isMark(mutation.name) ? { ...answer, state: 'acked' } : answer;
}

function answerOf(result: MutationResult): Answer {
	const stored =
		result.verdict === 'dup' ? v.safeParse(storedVerdictSchema, result.data) : undefined;
	const { verdict, code = null, data = null } = stored?.success ? stored.output : result;
	return { state: stateAfter(verdict), verdict, code, data };
}

/** A word of a newer server is no success: a person looks at it. */
function stateAfter(verdict: KnownVerdict | (string & {})): Answer['state'] {
	return verdict === 'ok' || verdict === 'conflict' || verdict === 'dup' ? 'acked' : 'attention';
}

/** This phone's number series belongs to another one too (a restored or cloned backup): start a series of our own, same intents. */
async function becomeNewClient(
	tx: Tx,
	client: ClientRecord,
	newId: () => string
): Promise<ClientRecord> {
	await unnumber(tx);
	return { ...client, id: newId(), turn: 0, nextN: 1, ackedN: 0 };
}

async function unnumber(tx: Tx): Promise<void> {
	await tx.outbox
		.where('state')
		.anyOf('pending', 'acked')
		.modify({ n: null, state: 'pending', verdict: null, code: null, data: null });
	await forgottenRefusals(tx).modify({ n: null });
}

/** What was refused, as a server that was set back has to be told. */
export function forgottenRefusals(tx: Tx) {
	return tx.outbox
		.where('state')
		.equals('attention')
		.filter(({ refusalForgotten }) => refusalForgotten === true);
}
