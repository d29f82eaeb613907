/** Photos of a person in care, and the consents that they rest on. */
import type { LocalDb } from '#lib/db/local-db.ts';
import { newestFirst } from '#lib/domain/consents.ts';
import type { CaseConsentRow } from '#lib/domain/rows.ts';

/** Those that hold first. */
export async function consentsOf(db: LocalDb, caseId: string): Promise<CaseConsentRow[]> {
	const rows = await db.case_consents.where('case_id').equals(caseId).toArray();
	return rows.sort(newestFirst);
}
