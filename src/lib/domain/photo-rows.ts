/** Photos, wounds, papers and voice notes, and the consents that pictures rest on, as they travel and as they stand on the phone. */
import type { SyncedRow } from './synced-row.ts';
import type { WoundState } from './wounds.ts';

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

/** A picture, a paper or a voice note without its bytes. Never altered: stored_at is the server's, removed_at hides it from everybody and keeps it. */
export interface AttachmentRow extends SyncedRow {
	readonly case_id: string;
	readonly visit_id: string | null;
	/** The report that it belongs to; then it is seen by no more people than that. */
	readonly emergency_id: string | null;
	/** The message that it was sent with, or the task that it belongs to; then it is seen by no more people than that. */
	readonly message_id: string | null;
	readonly task_id: string | null;
	readonly kind: 'photo' | 'wound' | 'document' | 'voice';
	/** Code of domain/body-sites.ts; of wounds only. */
	readonly body_site: string | null;
	/** What was seen of the wound that day; of wounds only. */
	readonly wound: WoundState | null;
	/** Code of domain/documents.ts; of papers only. */
	readonly document_kind: string | null;
	/** What is seen on it, for people and for screen readers; the title of a paper. */
	readonly caption: string | null;
	readonly mime: 'image/jpeg' | 'application/pdf' | 'audio/webm' | 'audio/mp4';
	/** Of voice notes, in milliseconds. */
	readonly duration_ms: number | null;
	/** Pixels; null for a PDF or a voice note, which have no small picture either. */
	readonly width: number | null;
	readonly height: number | null;
	/** Bytes of the whole, and its digest in hex. */
	readonly byte_size: number;
	readonly sha256: string;
	readonly thumb_size: number | null;
	readonly thumb_sha256: string | null;
	readonly taken_at: string;
	/** Since when the server has all bytes and they match; null before. */
	readonly stored_at: string | null;
	readonly removed_at: string | null;
	readonly removed_by_name: string | null;
	readonly removal_reason: string | null;
	/** Empty in a restricted report: its reporter is known to the supervisors alone. */
	readonly author_name: string;
	readonly audience: 'circle' | 'staff' | 'restricted';
}

/** A report says the rest in words; the database holds it, too (guard_attachment). */
export const MOST_REPORT_PHOTOS = 3;
/** Of a task, before and after (narrow_to_words). */
export const MOST_TASK_PHOTOS = 12;
/** With a message, which may have a voice note, too (narrow_to_words). */
export const MOST_MESSAGE_PHOTOS = 3;

/** A small one that travels first, and the whole. */
export type FileVariant = 'thumb' | 'full';

export interface PhotoTables {
	case_consents: CaseConsentRow;
	attachments: AttachmentRow;
}
