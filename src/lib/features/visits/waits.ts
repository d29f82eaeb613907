/** The waits for a second reading that are under way on this phone, in whichever record they stand. */
import { draftsOf } from '#lib/db/drafts.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { DRAFT_PREFIX, openWaits, readDraft, visitOfDraft, type OpenWait } from './record-draft.ts';

export interface WaitOnPhone extends OpenWait {
	readonly visitId: string;
	readonly personName: string;
}

/** Records of visits that this phone no longer has are left out. */
export async function waitsOnPhone(db: LocalDb): Promise<readonly WaitOnPhone[]> {
	const drafts = await draftsOf(db, DRAFT_PREFIX);
	const found = drafts.flatMap(({ key, value }) => {
		const draft = readDraft(value);
		const visitId = visitOfDraft(key);
		return draft ? openWaits(draft).map((wait) => ({ ...wait, visitId })) : [];
	});
	const named = await Promise.all(
		found.map(async (wait) => {
			const visit = await db.visits.get(wait.visitId);
			const person = visit && (await db.cases.get(visit.case_id));
			return person ? [{ ...wait, personName: person.name }] : [];
		})
	);
	return named.flat();
}
