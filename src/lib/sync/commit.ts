/** Records what a person did: rows and outbox entry in one durable transaction, before anything is sent. */
import { putNewFiles, type NewFile } from '#lib/db/file-stores.ts';
import type { LocalDb, StoreName, Tx } from '#lib/db/local-db.ts';
import type { OutboxEntry } from '#lib/db/records.ts';
import type {
	Author,
	Mutation,
	MutationArgs,
	MutationName
} from '#lib/domain/mutations/catalogue.ts';
import { touchedRows } from '#lib/domain/mutations/local-effect.ts';
import { caseRole } from '#lib/domain/case-role.ts';
import type { CaseMemberRow } from '#lib/domain/rows.ts';
import { toPlainJson } from './plain-json.ts';
import type { RowMap } from './replay.ts';
import { replay } from './replay.ts';
import { keepShadows, putView } from './view.ts';
import type { Me } from './workspace.ts';
import { Writes } from './writes.ts';

export type Intent = {
	[Name in MutationName]: { readonly name: Name; readonly args: MutationArgs[Name] };
}[MutationName];

export interface CommitContext {
	readonly db: LocalDb;
	readonly me: Me;
	readonly nowMs: number;
	readonly offsetMs: number | null;
	readonly newMid: () => string;
}

/**
 * Stores the intents in their order, all or none. Resolves when this phone has them safely.
 * @param holdMs how long they are kept from being sent
 * @param files pictures that they announce
 * @throws {StorageError} nothing was stored
 */
export async function commitIntents(
	context: CommitContext,
	intents: readonly Intent[],
	holdMs: number,
	files: readonly NewFile[] = []
): Promise<string[]> {
	const { db, me } = context;
	const at = new Date(context.nowMs).toISOString();
	const prepared = intents.map((intent) => ({
		mid: context.newMid(),
		mutation: toMutation(intent, at)
	}));
	const self: Author = { userId: me.userId, name: me.displayName, role: null };
	const stores = new Set<StoreName>(['outbox', 'shadow', 'cases', 'case_members']);
	for (const { mutation } of prepared)
		for (const { table } of touchedRows(mutation, self)) stores.add(table);
	if (files.length > 0) stores.add('blobs').add('uploads');

	let hasRun = false;
	await db.inTransaction('rw', [...stores], async (tx) => {
		// It runs again when the connection has died, perhaps after the commit. The first time there is nothing to ask.
		const mayBeThere = hasRun;
		hasRun = true;
		if (files.length > 0) await putNewFiles(tx, files);
		const writes = new Writes();
		for (const { mid, mutation } of prepared) {
			if (mayBeThere && (await tx.outbox.where('mid').equals(mid).count()) > 0) continue;
			const { offsetMs } = context;
			await storeIntent(tx, writes, context, { mid, mutation, offsetMs, holdMs });
		}
		await writes.done();
	});
	return prepared.map(({ mid }) => mid);
}

export interface NewEntry extends Pick<OutboxEntry, 'mid' | 'mutation' | 'offsetMs' | 'holdMs'> {
	/** What the person saw, when that was on another phone; otherwise what stands here now. */
	readonly base?: number;
}

/** Inside a transaction of the caller, who awaits the writes; it holds the outbox, the shadows, and every store that the intent touches. */
export async function storeIntent(
	tx: Tx,
	writes: Writes,
	{ me, nowMs }: Pick<CommitContext, 'me' | 'nowMs'>,
	{ mid, mutation, offsetMs, holdMs, base }: NewEntry
): Promise<void> {
	const self: Author = { userId: me.userId, name: me.displayName, role: null };
	const touches = touchedRows(mutation, self);
	// Side by side: each read that waits for another one costs a turn of the page's event loop.
	const named = namedCase(mutation);
	const [before, namedCircle] = await Promise.all([
		keepShadows(tx, writes, touches),
		named === null ? null : circleOf(tx, named)
	]);
	const caseId = named ?? touchedCase(before);
	const circle = namedCircle ?? (caseId === null ? null : await circleOf(tx, caseId));
	const role = circle
		? caseRole(me, circle.orgId, circle.members)
		: (me.memberships[0]?.role ?? null);
	const author: Author = { ...self, role };
	const entry: Omit<OutboxEntry, 'order'> = {
		mid,
		n: null,
		mutation,
		base: base ?? seenSeq(before),
		offsetMs,
		author,
		touches,
		state: 'pending',
		heldFromMs: nowMs,
		holdMs,
		attempts: 0,
		verdict: null,
		code: null,
		data: null
	};
	putView(tx, writes, replay([{ mutation, author }], before));
	writes.add(tx.outbox.add(entry));
}

/** Plain JSON: what the wire can carry, free of reactive proxies, and later changes by the form cannot reach it. */
function toMutation(intent: Intent, at: string): Mutation {
	// Name and arguments belong together in Intent; the union loses that in a spread.
	return { name: intent.name, args: toPlainJson(intent.args), at } as Mutation;
}

function seenSeq(before: RowMap): number {
	return Math.max(0, ...[...before.values()].map((row) => row?.seq ?? 0));
}

function namedCase({ args }: Mutation): string | null {
	return 'row' in args && 'case_id' in args.row ? (args.row.case_id ?? null) : null;
}

function touchedCase(before: RowMap): string | null {
	const ids = [...before.values()].map((row) => (row && 'case_id' in row ? row.case_id : null));
	return ids.find((id) => id) ?? null;
}

interface Circle {
	readonly orgId: string;
	readonly members: readonly CaseMemberRow[];
}

async function circleOf(tx: Tx, caseId: string): Promise<Circle> {
	const [caseRow, members] = await Promise.all([
		tx.cases.get(caseId),
		tx.case_members.where('case_id').equals(caseId).toArray()
	]);
	return { orgId: caseRow?.org_id ?? '', members };
}
