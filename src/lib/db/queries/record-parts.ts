/** What stands under a visit record: signatures, and the supervisor's reviews. */
import type { LocalDb } from '#lib/db/local-db.ts';
import type { RecordSignatureRow } from '#lib/domain/rows.ts';

/** In the order in which they were given. */
export async function signaturesOf(db: LocalDb, recordId: string): Promise<RecordSignatureRow[]> {
	const rows = await db.record_signatures.where('record_id').equals(recordId).toArray();
	return rows.sort((a, b) => (a.recorded_at ?? '').localeCompare(b.recorded_at ?? ''));
}

/** Who may stand beside the person at the door: the contacts and the family in the circle, each name once. */
export async function likelySigners(db: LocalDb, caseId: string): Promise<string[]> {
	const [contacts, members] = await Promise.all([
		db.case_contacts.where('case_id').equals(caseId).toArray(),
		db.case_members.where('[case_id+user_id]').between([caseId, ''], [caseId, '\uffff']).toArray()
	]);
	const names = [
		...contacts
			.filter(({ deleted_at }) => deleted_at === null)
			.sort((a, b) => Number(b.is_primary) - Number(a.is_primary))
			.map(({ name }) => name),
		...members
			.filter(({ role, ended_at }) => role === 'family' && ended_at === null)
			.map(({ display_name }) => display_name)
	];
	return [...new Set(names)];
}
