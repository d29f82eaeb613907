/** Photos and papers of a person in care, and the consents that pictures rest on. */
import type { LocalDb } from '#lib/db/local-db.ts';
import type { UploadRecord } from '#lib/db/records.ts';
import { newestFirst } from '#lib/domain/consents.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import type { AttachmentRow, CaseConsentRow } from '#lib/domain/rows.ts';

/** Those that hold first. */
export async function consentsOf(db: LocalDb, caseId: string): Promise<CaseConsentRow[]> {
	const rows = await db.case_consents.where('case_id').equals(caseId).toArray();
	return rows.sort(newestFirst);
}

/** A picture, a paper or a voice note, and what of it only this phone has. */
export interface Photo {
	readonly row: AttachmentRow;
	/** Null when the server has its bytes, or they are on another phone. */
	readonly upload: UploadRecord | null;
}

/** Of one visit, in the order in which they were taken; removed ones are hidden. */
export async function photosOfVisit(db: LocalDb, visitId: string): Promise<Photo[]> {
	const rows = await db.attachments.where('visit_id').equals(visitId).toArray();
	return await withUploads(
		db,
		rows.sort((a, b) => a.taken_at.localeCompare(b.taken_at))
	);
}

/** Of one report, in the order in which they were taken; removed ones are hidden. */
export async function photosOfEmergency(db: LocalDb, emergencyId: string): Promise<Photo[]> {
	const rows = await db.attachments.where('emergency_id').equals(emergencyId).toArray();
	return await withUploads(
		db,
		rows.sort((a, b) => a.taken_at.localeCompare(b.taken_at))
	);
}

/** Of one task, in the order in which they were taken; removed ones are hidden. */
export async function photosOfTask(db: LocalDb, taskId: string): Promise<Photo[]> {
	const rows = await db.attachments.where('task_id').equals(taskId).toArray();
	return await withUploads(
		db,
		rows.sort((a, b) => a.taken_at.localeCompare(b.taken_at))
	);
}

/** What was sent with these messages, by the id of the message, in the order in which it was taken; removed ones are hidden. */
export async function partsOfMessages(
	db: LocalDb,
	messageIds: readonly string[]
): Promise<ReadonlyMap<string, readonly Photo[]>> {
	const rows = await db.attachments.where('message_id').anyOf(messageIds).toArray();
	const parts = await withUploads(
		db,
		rows.sort((a, b) => a.taken_at.localeCompare(b.taken_at))
	);
	return groupBy(parts, ({ row }) => row.message_id ?? '');
}

/** Newest first, without papers and voice notes; removed ones are hidden, and those of a restricted report stand in that alone. */
export async function photosOfCase(db: LocalDb, caseId: string): Promise<Photo[]> {
	const rows = await attachmentsOfCase(db, caseId);
	return await withUploads(
		db,
		rows.filter(
			({ kind, audience }) => (kind === 'photo' || kind === 'wound') && audience !== 'restricted'
		)
	);
}

/** Papers of a person, those added last first. */
export async function documentsOfCase(db: LocalDb, caseId: string): Promise<Photo[]> {
	const rows = await attachmentsOfCase(db, caseId);
	return await withUploads(
		db,
		rows.filter(({ kind }) => kind === 'document')
	);
}

async function attachmentsOfCase(db: LocalDb, caseId: string): Promise<AttachmentRow[]> {
	const range = [
		[caseId, ''],
		[caseId, '\uffff']
	] as const;
	return await db.attachments
		.where('[case_id+taken_at]')
		.between(...range)
		.reverse()
		.toArray();
}

async function withUploads(db: LocalDb, rows: readonly AttachmentRow[]): Promise<Photo[]> {
	const shown = rows.filter(
		({ removed_at, deleted_at }) => removed_at === null && deleted_at === null
	);
	const uploads = await db.uploads.bulkGet(shown.map(({ id }) => id));
	return shown.map((row, index) => ({ row, upload: uploads[index] ?? null }));
}
