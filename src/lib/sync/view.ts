/** Keeps the stored rows equal to replay(outbox, base). Everything here runs inside a transaction of the caller. */
import type { Tx } from '#lib/db/local-db.ts';
import type { OutboxEntry, ShadowRecord, StoredRow } from '#lib/db/records.ts';
import type { RowRef, TableName } from '#lib/domain/rows.ts';
import type { RowKey, RowMap } from './replay.ts';
import { replay, rowKey } from './replay.ts';
import { Writes } from './writes.ts';

/**
 * The intents that make up the view, in the order in which they were made: those whose answer is still to come, and those whose
 * answer is not yet visible in the rows.
 */
export async function replayedEntries(tx: Tx): Promise<OutboxEntry[]> {
	// Two reads of many: `anyOf` would be one read for each.
	const [pending, acked] = await Promise.all(
		(['pending', 'acked'] as const).map((state) => tx.outbox.where('state').equals(state).toArray())
	);
	return [...(pending ?? []), ...(acked ?? [])].sort((a, b) => a.order - b.order);
}

/** These rows as the screens see them now. */
export async function loadRows(tx: Tx, refs: readonly RowRef[]): Promise<RowMap> {
	const idsByTable = new Map<TableName, string[]>();
	for (const { table, id } of refs) {
		const ids = idsByTable.get(table);
		if (ids) ids.push(id);
		else idsByTable.set(table, [id]);
	}
	const rows = new Map<RowKey, StoredRow | null>();
	for (const [table, ids] of idsByTable) {
		const found = await tx.anyRows(table).bulkGet(ids);
		ids.forEach((id, index) => rows.set(rowKey({ table, id }), found[index] ?? null));
	}
	return rows;
}

/**
 * Remembers the server's copy of rows that an intent is about to change; rows that have one already are left as they are.
 * @returns the rows as the screens see them now
 */
export async function keepShadows(
	tx: Tx,
	writes: Writes,
	refs: readonly RowRef[]
): Promise<RowMap> {
	const [view, known] = await Promise.all([
		loadRows(tx, refs),
		tx.shadow.bulkGet(refs.map(({ table, id }) => [table, id]))
	]);
	const missing = refs.filter((_, index) => known[index] === undefined);
	const copies = missing.map(({ table, id }) => {
		return { table, id, row: view.get(rowKey({ table, id })) ?? null };
	});
	if (copies.length > 0) writes.add(tx.shadow.bulkPut(copies));
	return view;
}

/**
 * Computes every row with waiting intents anew from the server's copy, and gives rows that have none left back to the
 * server's copy. Call it whenever the outbox or a shadow has changed.
 */
export async function rebuildView(tx: Tx): Promise<void> {
	const writes = new Writes();
	const [shadows, entries] = await Promise.all([tx.shadow.toArray(), replayedEntries(tx)]);
	showView(tx, writes, shadows, entries);
	await writes.done();
}

/**
 * The same for a caller who knows both.
 * @param shadows all of them
 * @param entries those that are replayed, in their order
 */
export function showView(
	tx: Tx,
	writes: Writes,
	shadows: readonly ShadowRecord[],
	entries: readonly OutboxEntry[]
): void {
	if (shadows.length === 0) return;
	const base: RowMap = new Map(shadows.map((shadow) => [rowKey(shadow), shadow.row]));
	const waiting = new Set(entries.flatMap((entry) => entry.touches.map(rowKey)));
	putView(tx, writes, replay(entries, base));
	const settled = shadows.filter((shadow) => !waiting.has(rowKey(shadow)));
	if (settled.length > 0)
		writes.add(tx.shadow.bulkDelete(settled.map(({ table, id }) => [table, id])));
}

/** Stores rows as the screens shall see them; null takes the row away. */
export function putView(tx: Tx, writes: Writes, view: RowMap): void {
	for (const [table, rows] of byTable(view)) {
		const present = [...rows.values()].filter((row) => row !== null);
		const absent = [...rows].filter(([, row]) => row === null).map(([id]) => id);
		if (present.length > 0) writes.add(tx.anyRows(table).bulkPut(present));
		if (absent.length > 0) writes.add(tx.anyRows(table).bulkDelete(absent));
	}
}

function byTable(view: RowMap): Map<TableName, Map<string, StoredRow | null>> {
	const tables = new Map<TableName, Map<string, StoredRow | null>>();
	for (const [key, row] of view) {
		const { table, id } = refOf(key);
		const rows = tables.get(table) ?? new Map<string, StoredRow | null>();
		tables.set(table, rows.set(id, row));
	}
	return tables;
}

function refOf(key: RowKey): RowRef {
	const slash = key.indexOf('/');
	// A RowKey is made of a table name, a slash and an id.
	return { table: key.slice(0, slash) as TableName, id: key.slice(slash + 1) };
}
