/** Who has seen a record. */
import type { LocalDb } from '#lib/db/local-db.ts';
import type { SeenTable, SightingRow, SyncedRow } from '#lib/domain/rows.ts';

/** Everybody but the record's author and the person who looks, in the order in which they saw it. */
export async function othersWhoSaw(
	db: LocalDb,
	{ id, created_by }: Pick<SyncedRow, 'id' | 'created_by'>,
	viewerId: string
): Promise<SightingRow[]> {
	const rows = await db.sightings.where('subject_id').equals(id).sortBy('recorded_at');
	return rows.filter(({ user_id }) => user_id !== viewerId && user_id !== created_by);
}

/** What a sighting by this person says; null when there is one, or when the record is not on this phone. */
export async function markOf(
	db: LocalDb,
	table: SeenTable,
	subjectId: string,
	userId: string
): Promise<Pick<SightingRow, 'case_id' | 'audience' | 'subject_table' | 'subject_id'> | null> {
	const [row, known] = await Promise.all([
		db.rows(table).get(subjectId),
		db.sightings.where('subject_id').equals(subjectId).toArray()
	]);
	if (!row || known.some(({ user_id }) => user_id === userId)) return null;
	const { case_id, audience } = row;
	return { case_id, audience, subject_table: table, subject_id: subjectId };
}
