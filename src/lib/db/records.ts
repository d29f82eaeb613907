/** What the phone keeps beside the rows: the outbox, the journal, the server's copies, cursors, drafts. */
import type { Author, Mutation } from '#lib/domain/mutations/catalogue.ts';
import type { FileVariant } from '#lib/domain/photo-rows.ts';
import type { RowRef, TableName, Tables } from '#lib/domain/rows.ts';

/** A row as stored: the server's columns, and the fetch of its bucket that it came with (see CursorRecord.gen). */
export type Stored<Row> = Row & { readonly _gen: number };
export type StoredRow = Stored<Tables[TableName]>;

/**
 * pending: the server has not answered · acked: it has, but the rows that follow from it may still be on their way, so it stays in the
 * replay · attention: refused, or no longer possible; out of the replay, waits for a person.
 */
export type OutboxState = 'pending' | 'acked' | 'attention';

/**
 * One intent. `mutation` travels as it stands: no upgrade of the store may rewrite it, because an outbox written by the
 * previous release must replay on this one.
 */
export interface OutboxEntry {
	/** Order of intents on this phone; given by the store. */
	readonly order: number;
	/** Identity of the intent, for ever; a UUID. */
	readonly mid: string;
	/** Number under which this phone's client id sends it; null until it is first sent. */
	readonly n: number | null;
	readonly mutation: Mutation;
	/** Highest seq among the rows written, as this person saw them; 0 = known to this phone only. */
	readonly base: number;
	/** Device clock minus server clock when the intent was recorded, milliseconds; null when never measured. */
	readonly offsetMs: number | null;
	readonly author: Author;
	readonly touches: readonly RowRef[];
	readonly state: OutboxState;
	/** While device time is within [heldFromMs, heldFromMs + holdMs) the intent is not sent, so that it can be undone. */
	readonly heldFromMs: number;
	readonly holdMs: number;
	readonly attempts: number;
	/** Device time, milliseconds, at which it was put back into the outbox because the server had forgotten that it was done. */
	readonly requeuedAtMs?: number;
	/** Refused, and the server has forgotten that it was: it is told. */
	readonly refusalForgotten?: boolean;
	/** The server's answer, or for `attention` the reason. */
	readonly verdict: string | null;
	readonly code: string | null;
	readonly data: unknown;
}

/** acked entries are sent again when the server turns out to have been restored; the others only keep what was typed. */
export type JournalOutcome = 'acked' | 'dismissed' | 'resent';

export interface JournalEntry {
	readonly mid: string;
	readonly outcome: JournalOutcome;
	/** Device time in milliseconds; entries older than 30 days are dropped. */
	readonly closedAtMs: number;
	readonly entry: OutboxEntry;
}

/** The server's copy of a row that has intents waiting; row null = the server has none (yet). */
export interface ShadowRecord {
	readonly table: TableName;
	readonly id: string;
	readonly row: StoredRow | null;
}

/** How far this phone has a bucket. */
export interface CursorRecord {
	readonly bucket: number;
	/** Opaque; 0 = nothing yet. */
	readonly cursor: number;
	/** Counts complete fetches of this bucket; rows that came with an earlier one are swept when the present one is complete. */
	readonly gen: number;
	readonly complete: boolean;
	/** Rows of an earlier generation are still shown until this fetch is complete. */
	readonly sweep: boolean;
	/** Device time of the last fetch caused by a difference to the server, milliseconds; keeps a lasting difference from looping. */
	readonly refetchedAtMs: number;
}

export interface DraftRecord {
	readonly key: string;
	readonly value: unknown;
	/** Device time, ISO. */
	readonly savedAt: string;
}

/** The bytes of a picture, sealed (db/files.ts). In a store of its own: large values slow down every store that they share. */
export interface BlobRecord {
	readonly id: string;
	readonly variant: FileVariant;
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly sealed: ArrayBuffer;
}

/** A picture whose bytes the server does not have yet. */
export interface UploadRecord {
	/** Of the attachment. */
	readonly id: string;
	/** Device time, ISO. */
	readonly addedAt: string;
	/** Of both variants. */
	readonly totalBytes: number;
	/** How much the server has said that it has. */
	readonly sentBytes: number;
	/** A paper, which has no small picture. */
	readonly onlyFull?: boolean;
}

/** Not extractable: scripts may use it, not read it. */
export interface KeyRecord {
	readonly name: string;
	readonly key: CryptoKey;
}

/** This phone as the server knows it. */
export interface ClientRecord {
	readonly key: 'client';
	/** Client id; changes when the server says that another phone uses it (restored backup). */
	readonly id: string;
	/** The server's incarnation; null before the first answer. */
	readonly epoch: string | null;
	/** Number of the latest answer whose rows are stored. */
	readonly turn?: number;
	readonly nextN: number;
	/** Highest n whose verdict this phone has stored. */
	readonly ackedN: number;
	/** Counts applied answers: an answer is applied only over the state that it was asked from. */
	readonly round: number;
	readonly clockOffsetMs: number | null;
	/** Device time, ISO. */
	readonly lastSyncedAt: string | null;
	readonly firstSyncDone: boolean;
}

export type MetaRecord =
	| ClientRecord
	/** Filters of the tasks that this person named (db/task-filters.ts). */
	| { readonly key: 'task_filters'; readonly value: unknown };
