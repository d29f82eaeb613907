/** What stands under a visit record: signatures, and the supervisor's reviews. */
import type { LocalDb } from '#lib/db/local-db.ts';
import { compareRecorded } from '#lib/domain/row-order.ts';
import type { RecordReviewRow, RecordSignatureRow } from '#lib/domain/rows.ts';
import { membersOf } from './cases.ts';
import { isCurrent, isKept } from './kept.ts';

/** In the order in which they were given. */
export async function signaturesOf(db: LocalDb, recordId: string): Promise<RecordSignatureRow[]> {
	const rows = await db.record_signatures.where('record_id').equals(recordId).toArray();
	return rows.sort(compareRecorded);
}

/** In the order in which they were given. */
export async function reviewsOf(db: LocalDb, recordId: string): Promise<RecordReviewRow[]> {
	const rows = await db.record_reviews.where('record_id').equals(recordId).toArray();
	return rows.sort(compareRecorded);
}

/** Who may stand beside the person at the door: the contacts and the family in the circle, each name once. */
export async function likelySigners(db: LocalDb, caseId: string): Promise<string[]> {
	const [contacts, members] = await Promise.all([
		db.case_contacts.where('case_id').equals(caseId).toArray(),
		membersOf(db, caseId)
	]);
	const names = [
		...contacts
			.filter(isKept)
			.sort((a, b) => Number(b.is_primary) - Number(a.is_primary))
			.map(({ name }) => name),
		...members
			.filter((member) => member.role === 'family' && isCurrent(member))
			.map(({ display_name }) => display_name)
	];
	return [...new Set(names)];
}
