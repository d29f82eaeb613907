/** What stands under a visit record, as it travels and as it stands on the phone: signatures, and the supervisor's reviews. */
import type { SyncedRow } from './synced-row.ts';

/** drawn: with a finger · typed: name and sentence, typed in front of who signs · unsigned: nobody could, and why */
export type SignatureKind = 'drawn' | 'typed' | 'unsigned';

/** Who signs, towards the person cared for; caregiver: somebody employed to live there. */
export type SignerRelation = 'self' | 'family' | 'guardian' | 'caregiver' | 'other';

/** Append-only. It belongs to the text of that one record, not to a later correction. */
export interface RecordSignatureRow extends SyncedRow {
	readonly case_id: string;
	readonly record_id: string;
	readonly kind: SignatureKind;
	/** Name, relation and sentence are there unless nobody signed. */
	readonly signer_name: string | null;
	readonly relation: SignerRelation | null;
	/** The sentence as it was shown. */
	readonly statement: string | null;
	/** Path data of an SVG in a box of 1000 × 500 (domain/signatures.ts); of drawn ones only. */
	readonly strokes: string | null;
	/** Code of UNSIGNED_REASONS (domain/signatures.ts); of unsigned ones only. */
	readonly reason: string | null;
	readonly note: string | null;
	readonly author_name: string;
	readonly audience: 'circle' | 'staff';
}

/** Append-only, staff only: what a supervisor says of a record; of several the latest stands. */
export interface RecordReviewRow extends SyncedRow {
	readonly case_id: string;
	readonly record_id: string;
	readonly verdict: 'approved' | 'returned';
	/** What is to be corrected; of returned ones only. */
	readonly reason: string | null;
	readonly author_name: string;
	readonly audience: 'staff';
}

export interface RecordTables {
	record_signatures: RecordSignatureRow;
	record_reviews: RecordReviewRow;
}
