/** What is said in threads, and how far it was read, as it travels and as it stands on the phone. */
import type { SyncedRow } from './synced-row.ts';

/** Append-only. audience circle = circle thread, staff = staff thread of a case, organization = announcement by a supervisor. */
export interface MessageRow extends SyncedRow {
	readonly case_id: string | null;
	readonly org_id: string | null;
	readonly body: string;
	readonly reply_to_id: string | null;
	/** The first message that this one corrects; the newest correction counts, and all stay to be read. */
	readonly corrects_id: string | null;
	/** Of announcements: everybody of the organisation is asked to say that they have read it. */
	readonly needs_confirmation: boolean;
	/** Whom it is meant for among those who see it: people's ids. */
	readonly mentions: readonly string[];
	readonly author_name: string;
	readonly author_role: string | null;
	readonly audience: 'circle' | 'staff' | 'organization';
}

/** How far somebody has read a thread; read_through only grows. id is derived from case, audience and user (domain/ids.ts). */
export interface MessageReadRow extends SyncedRow {
	readonly case_id: string;
	readonly user_id: string;
	readonly user_name: string;
	readonly read_through: string;
	readonly audience: 'circle' | 'staff';
}

/** Append-only. Takes a message of a thread to its top, or down again; of each message the newest row counts. */
export interface MessagePinRow extends SyncedRow {
	readonly case_id: string;
	readonly message_id: string;
	readonly pinned: boolean;
	/** Of the message, as the next two are: the phone may not hold it any more. */
	readonly said_by: string;
	readonly said_at: string | null;
	/** At most EXCERPT_LENGTH characters. */
	readonly excerpt: string;
	readonly author_name: string;
	readonly audience: 'circle' | 'staff';
}

/** Append-only; seen by user_id and by the supervisors of the organisation. */
export interface AnnouncementMarkRow extends SyncedRow {
	readonly org_id: string;
	readonly message_id: string;
	readonly user_id: string;
	/** read: user_id has read the announcement, once; id is derived from both (domain/ids.ts). reminder: user_id, a supervisor, reminded whoever had not. */
	readonly kind: 'read' | 'reminder';
	readonly user_name: string;
}

export interface MessageTables {
	messages: MessageRow;
	message_reads: MessageReadRow;
	message_pins: MessagePinRow;
	announcement_marks: AnnouncementMarkRow;
}
