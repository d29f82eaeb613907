/**
 * Access taken away: what this phone held of those buckets goes. What waits to be sent is still sent: the server takes what was done
 * in time, and keeps the rest, refused, for those who answer for it now. Runs inside a transaction of the caller.
 */
import { rowsOfBucket } from '#lib/db/bucket-rows.ts';
import { dropCachedFiles } from '#lib/db/file-copies.ts';
import type { Tx } from '#lib/db/local-db.ts';
import type { OutboxEntry, StoredRow } from '#lib/db/records.ts';
import { isMark } from '#lib/domain/mutations/catalogue.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import type { BaseRows } from './base-rows.ts';
import type { Cursors } from './cursors.ts';

export async function leaveBuckets(
	tx: Tx,
	base: BaseRows,
	cursors: Cursors,
	buckets: readonly number[]
): Promise<void> {
	for (const bucket of buckets) {
		const lost = await describeLoss(tx, bucket);
		await forgetAcked(tx, lost);
		await forgetJournal(tx, lost);
		// What only this phone has of pictures is still sent, and leaves it then (file-uploader.ts).
		await dropCachedFiles(tx, lost.rowIds);
		await base.sweep(bucket);
		cursors.drop(bucket);
	}
}

/** Intents about rows that only this phone has carry no bucket yet; they are known by what they would belong to. */
interface Loss {
	readonly rowIds: ReadonlySet<string>;
	/** Cases of which nothing is in sight any more. */
	readonly caseIds: ReadonlySet<string>;
	/** `${caseId}/${audience}` and `${orgId}/organization`. */
	readonly places: ReadonlySet<string>;
}

async function describeLoss(tx: Tx, bucket: number): Promise<Loss> {
	const rowIds = new Set<string>();
	const caseIds = new Set<string>();
	const places = new Set<string>();
	for (const table of TABLE_NAMES) {
		await rowsOfBucket(tx, table, bucket).each((row) => {
			rowIds.add(row.id);
			if (table === 'cases') caseIds.add(row.id);
			if (table === 'organizations') places.add(`${row.id}/organization`);
			for (const place of placesOf(row)) places.add(place);
		});
	}
	return { rowIds, caseIds, places };
}

/** What the server has already accepted is not lost, only out of sight; that somebody saw something is no work. */
async function forgetAcked(tx: Tx, lost: Loss): Promise<void> {
	const waiting = await tx.outbox.where('state').anyOf('pending', 'acked').toArray();
	for (const entry of waiting) {
		const isDone = entry.state === 'acked' || isMark(entry.mutation.name);
		if (isDone && (await concerns(tx, entry, lost))) await tx.outbox.delete(entry.order);
	}
}

/** Sent work quotes the record, so it goes with the record. */
async function forgetJournal(tx: Tx, lost: Loss): Promise<void> {
	const journaled = await tx.journal.toArray();
	const concerned: string[] = [];
	for (const { mid, outcome, entry } of journaled)
		if (outcome === 'acked' && (await concerns(tx, entry, lost))) concerned.push(mid);
	await tx.journal.bulkDelete(concerned);
}

async function concerns(tx: Tx, entry: OutboxEntry, lost: Loss): Promise<boolean> {
	for (const { table, id } of entry.touches) {
		if (lost.rowIds.has(id)) return true;
		const row = await tx.anyRows(table).get(id);
		if (row?.bucket_id !== 0) continue;
		if ('case_id' in row && row.case_id !== null && lost.caseIds.has(row.case_id)) return true;
		if (placesOf(row).some((place) => lost.places.has(place))) return true;
	}
	return false;
}

function placesOf(row: StoredRow): string[] {
	if (!('audience' in row)) return [];
	const owner =
		'case_id' in row && row.case_id !== null ? row.case_id : 'org_id' in row ? row.org_id : null;
	return owner ? [`${owner}/${row.audience}`] : [];
}
