/** Rows of one case that are older than the window, on demand. */
import type { LocalDb, Tx } from '#lib/db/local-db.ts';
import { SYNC_STORES } from '#lib/db/local-db.ts';
import type { FailureKind } from '#lib/protocol/answers.ts';
import type { HistoryResponse } from '#lib/protocol/sync.ts';
import { BaseRows } from './base-rows.ts';
import { readClient } from './client-record.ts';
import { Cursors } from './cursors.ts';
import type { RemotePort } from './remote-port.ts';
import { replayedEntries, showView } from './view.ts';
import { fromWire, isKnownTable } from './wire-rows.ts';
import { Writes } from './writes.ts';

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
	await db.inTransaction('rw', SYNC_STORES, async (tx) => {
		// Rows of a server that was restored meanwhile do not fit what this phone holds.
		if ((await readClient(tx))?.epoch === epoch) await storeOlder(tx, answer.value);
	});
	return { more: answer.value.more };
}

async function storeOlder(tx: Tx, { rows }: HistoryResponse): Promise<void> {
	const writes = new Writes();
	const cursors = await Cursors.load(tx, writes);
	const base = await BaseRows.load(tx, writes);
	for (const [table, wireRows] of Object.entries(rows)) {
		if (!isKnownTable(table)) continue;
		const held = await base.heldSeqs(
			table,
			wireRows.map(({ id }) => id)
		);
		const missing = wireRows.flatMap((row) => {
			const cursor = cursors.get(row.bucket_id);
			// Without a cursor access has ended since the question was asked.
			if (!cursor || (held.get(row.id) ?? -1) >= row.seq) return [];
			return [fromWire(table, row, cursor.gen)];
		});
		await base.put(table, missing);
	}
	showView(tx, writes, base.shadows, await replayedEntries(tx));
	await writes.done();
}
