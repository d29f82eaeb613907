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

export interface MessageTables {
	messages: MessageRow;
	message_reads: MessageReadRow;
}
