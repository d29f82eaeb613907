/** Photos and the consents that they rest on, as they travel and as they stand on the phone. */
import type { SyncedRow } from './synced-row.ts';

/** Who may consent: the person, the family, or the guardian that a court has named. */
export type ConsentRelation = 'self' | 'family' | 'guardian';

/** paper: signed on paper, which the agency keeps · typed: the name was typed on the phone in front of who recorded it */
export type ConsentHow = 'paper' | 'typed';

/** Append-only but for one step: withdrawn_at. */
export interface CaseConsentRow extends SyncedRow {
	readonly case_id: string;
	readonly kind: 'photo';
	readonly given_by: string;
	readonly relation: ConsentRelation;
	readonly how: ConsentHow;
	/** Taipei day. */
	readonly given_on: string;
	readonly withdrawn_at: string | null;
	readonly withdrawn_by_name: string | null;
	readonly author_name: string;
	readonly audience: 'circle';
}

/** A picture without its bytes. Never altered: stored_at is the server's, removed_at hides it from everybody and keeps it. */
export interface AttachmentRow extends SyncedRow {
	readonly case_id: string;
	readonly visit_id: string | null;
	readonly kind: 'photo' | 'wound';
	/** Code of domain/body-sites.ts; of wounds only. */
	readonly body_site: string | null;
	/** What is seen on it, for people and for screen readers. */
	readonly caption: string | null;
	readonly mime: 'image/jpeg';
	/** Pixels. */
	readonly width: number;
	readonly height: number;
	/** Bytes of the full picture, and its digest in hex. */
	readonly byte_size: number;
	readonly sha256: string;
	readonly thumb_size: number;
	readonly thumb_sha256: string;
	readonly taken_at: string;
	/** Since when the server has all bytes and they match; null before. */
	readonly stored_at: string | null;
	readonly removed_at: string | null;
	readonly removed_by_name: string | null;
	readonly removal_reason: string | null;
	readonly author_name: string;
	readonly audience: 'circle' | 'staff';
}

/** A small one that travels first, and the whole. */
export type FileVariant = 'thumb' | 'full';

export interface PhotoTables {
	case_consents: CaseConsentRow;
	attachments: AttachmentRow;
}
