/** The wounds of a person in care, with their pictures. */
import type { LocalDb } from '#lib/db/local-db.ts';
import type { CaseMemberRow, CaseRow } from '#lib/domain/rows.ts';
import { validConsent } from '#lib/domain/consents.ts';
import { woundsOf, type Wound } from '#lib/domain/wounds.ts';
import { caseForEdit, membersOf } from './cases.ts';
import { consentsOf, photosOfCase, type Photo } from './photos.ts';

export interface WoundPage {
	readonly person: CaseRow;
	readonly members: readonly CaseMemberRow[];
	/** The one pictured last first. */
	readonly wounds: readonly Wound<Photo>[];
	/** Somebody has allowed pictures, and nobody has withdrawn it. */
	readonly mayBePictured: boolean;
}

/** Null when this phone does not have the person. */
export async function woundPage(db: LocalDb, caseId: string): Promise<WoundPage | null> {
	const [found, members, photos, consents] = await Promise.all([
		caseForEdit(db, caseId),
		membersOf(db, caseId),
		photosOfCase(db, caseId),
		consentsOf(db, caseId)
	]);
	if (!found) return null;
	return {
		person: found.person,
		members,
		wounds: woundsOf(photos, ({ row }) => row),
		mayBePictured: validConsent(consents) !== null
	};
}
