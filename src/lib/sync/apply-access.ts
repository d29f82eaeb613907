/**
 * Access taken away: what this phone held of those buckets goes. What waits to be sent is still sent: the server takes what was done
 * in time, and keeps the rest, refused, for those who answer for it now. Runs inside a transaction of the caller.
 */
import { rowsOfBucket } from '#lib/db/bucket-rows.ts';
import { dropCachedFiles } from '#lib/db/file-copies.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import type { OutboxEntry, StoredRow } from '#lib/db/records.ts';
import { isMark } from '#lib/domain/mutations/catalogue.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import type { BaseRows } from './base-rows.ts';

export async function leaveBuckets(
	db: LocalDb,
	base: BaseRows,
	buckets: readonly number[]
): Promise<void> {
	for (const bucket of buckets) {
		const lost = await describeLoss(db, bucket);
		await forgetAcked(db, lost);
		await forgetJournal(db, lost);
		// What only this phone has of pictures is still sent, and leaves it then (file-uploader.ts).
		await dropCachedFiles(db, lost.rowIds);
		await base.sweep(bucket);
		await db.cursors.delete(bucket);
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

async function describeLoss(db: LocalDb, bucket: number): Promise<Loss> {
	const rowIds = new Set<string>();
	const caseIds = new Set<string>();
	const places = new Set<string>();
	for (const table of TABLE_NAMES) {
		await rowsOfBucket(db, table, bucket).each((row) => {
			rowIds.add(row.id);
			if (table === 'cases') caseIds.add(row.id);
			if (table === 'organizations') places.add(`${row.id}/organization`);
			for (const place of placesOf(row)) places.add(place);
		});
	}
	return { rowIds, caseIds, places };
}

/** What the server has already accepted is not lost, only out of sight; that somebody saw something is no work. */
async function forgetAcked(db: LocalDb, lost: Loss): Promise<void> {
	const waiting = await db.outbox.where('state').anyOf('pending', 'acked').toArray();
	for (const entry of waiting) {
		const isDone = entry.state === 'acked' || isMark(entry.mutation.name);
		if (isDone && (await concerns(db, entry, lost))) await db.outbox.delete(entry.order);
	}
}

/** Sent work quotes the record, so it goes with the record. */
async function forgetJournal(db: LocalDb, lost: Loss): Promise<void> {
	const journaled = await db.journal.toArray();
	const concerned: string[] = [];
	for (const { mid, outcome, entry } of journaled)
		if (outcome === 'acked' && (await concerns(db, entry, lost))) concerned.push(mid);
	await db.journal.bulkDelete(concerned);
}

async function concerns(db: LocalDb, entry: OutboxEntry, lost: Loss): Promise<boolean> {
	for (const { table, id } of entry.touches) {
		if (lost.rowIds.has(id)) return true;
		const row = await db.anyRows(table).get(id);
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
