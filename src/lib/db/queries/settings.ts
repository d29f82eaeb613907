/** What the settings show of this phone: how much it holds, what waits, who the person is. */
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import type { ProfileRow, RowRef, TableName } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import type { DraftRecord, OutboxEntry } from '#lib/db/records.ts';

export interface TableCount {
	readonly table: TableName;
	readonly count: number;
}

/** Rows of each table that has any, most first. */
export async function rowCounts(db: LocalDb): Promise<TableCount[]> {
	const counts = await Promise.all(
		TABLE_NAMES.map(async (table) => ({ table, count: await db.anyRows(table).count() }))
	);
	return counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}

/** An intent with the name of the person in care whom it is about, as far as this phone knows it. */
export interface NamedEntry {
	readonly entry: OutboxEntry;
	readonly caseId: string | null;
	readonly caseName: string | null;
}

/** Intents not yet answered by the server, oldest first; at most `limit`. */
export async function waitingEntries(db: LocalDb, limit: number): Promise<NamedEntry[]> {
	const entries = await db.outbox.where('state').equals('pending').sortBy('order');
	return await Promise.all(entries.slice(0, limit).map((entry) => withCase(db, entry)));
}

/** Intents that the server refused, oldest first. */
export async function attentionEntries(db: LocalDb): Promise<NamedEntry[]> {
	const entries = await db.outbox.where('state').equals('attention').sortBy('order');
	return await Promise.all(entries.map((entry) => withCase(db, entry)));
}

/** Everything that exists only on this phone: intents that the server has not taken, and drafts. */
export async function unsentWork(db: LocalDb): Promise<{
	readonly entries: OutboxEntry[];
	readonly drafts: DraftRecord[];
	/** Pictures whose bytes only this phone has; no file takes them along. */
	readonly photoCount: number;
}> {
	const entries = await db.outbox.where('state').anyOf('pending', 'attention').sortBy('order');
	return {
		entries,
		drafts: await db.drafts.toArray(),
		photoCount: await db.uploads.count()
	};
}

/** The key of this person's files; null before their own rows have arrived. */
export async function fileKey(db: LocalDb, userId: string): Promise<string | null> {
	return (await db.profiles.get(userId))?.file_key || null;
}

export type NoticeChoices = Pick<
	ProfileRow,
	'quiet_from' | 'quiet_until' | 'silent_groups' | 'digest_at'
>;

/** What this person wants to be told; null before their own rows have arrived. */
export async function noticeChoices(db: LocalDb, userId: string): Promise<NoticeChoices | null> {
	const profile = await db.profiles.get(userId);
	if (!profile) return null;
	const { quiet_from, quiet_until, silent_groups, digest_at } = profile;
	return { quiet_from, quiet_until, silent_groups, digest_at };
}

async function withCase(db: LocalDb, entry: OutboxEntry): Promise<NamedEntry> {
	const caseId = await caseOf(db, entry);
	const row = caseId === null ? undefined : await db.cases.get(caseId);
	return { entry, caseId, caseName: row?.name ?? null };
}

async function caseOf(db: LocalDb, { mutation, touches }: OutboxEntry): Promise<string | null> {
	const { args } = mutation;
	if ('row' in args && 'case_id' in args.row) return args.row.case_id ?? null;
	for (const ref of touches) {
		const caseId = await caseOfRow(db, ref);
		if (caseId !== null) return caseId;
	}
	return null;
}

async function caseOfRow(db: LocalDb, { table, id }: RowRef): Promise<string | null> {
	if (table === 'cases') return id;
	const row = await db.anyRows(table).get(id);
	return row && 'case_id' in row ? row.case_id : null;
}
