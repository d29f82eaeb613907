/** Rows of one case that are older than the window, on demand. */
import type { LocalDb } from '#lib/db/local-db.ts';
import { SYNC_STORES } from '#lib/db/local-db.ts';
import type { TableName } from '#lib/domain/rows.ts';
import type { FailureKind } from '#lib/protocol/answers.ts';
import type { HistoryResponse, WireRow } from '#lib/protocol/sync.ts';
import { BaseRows } from './base-rows.ts';
import { readClient } from './client-record.ts';
import type { RemotePort } from './remote-port.ts';
import { rebuildView } from './view.ts';
import { fromWire, isKnownTable } from './wire-rows.ts';

const ROWS_A_PAGE = 200;

/** What has happened is that nothing has: the screen offers to try again. */
class HistoryError extends Error {
	readonly kind: FailureKind;

	constructor(kind: FailureKind) {
		super(`History was not loaded: ${kind}`);
		this.name = 'HistoryError';
		this.kind = kind;
	}
}

/**
 * @param before ISO instant
 * @throws {HistoryError | StorageError}
 */
export async function loadOlderRows(
	db: LocalDb,
	port: RemotePort,
	caseId: string,
	before: string
): Promise<{ more: boolean }> {
	const epoch = (await readClient(db))?.epoch;
	const request = { case: caseId, before, limit: ROWS_A_PAGE };
	const answer = await port.history(request, new AbortController().signal);
	if (!answer.ok) throw new HistoryError(answer.kind);
	await db.inTransaction('rw', SYNC_STORES, async () => {
		// Rows of a server that was restored meanwhile do not fit what this phone holds.
		if ((await readClient(db))?.epoch === epoch) await storeOlder(db, answer.value);
	});
	return { more: answer.value.more };
}

async function storeOlder(db: LocalDb, { rows }: HistoryResponse): Promise<void> {
	const base = await BaseRows.load(db);
	for (const [table, wireRows] of Object.entries(rows)) {
		if (!isKnownTable(table)) continue;
		for (const row of wireRows) {
			const cursor = await db.cursors.get(row.bucket_id);
			// Without a cursor access has ended since the question was asked.
			if (!cursor || (await heldSeq(db, table, row)) >= row.seq) continue;
			await base.put(table, [fromWire(table, row, cursor.gen)]);
		}
	}
	await rebuildView(db);
}

/** seq of the server's copy that this phone has already, -1 for none. */
async function heldSeq(db: LocalDb, table: TableName, { id }: WireRow): Promise<number> {
	const shadow = await db.shadow.get([table, id]);
	const held = shadow ? shadow.row : await db.anyRows(table).get(id);
	return held?.seq ?? -1;
}
