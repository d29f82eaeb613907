/** What a screen needs of this phone: the local store, who is signed in, how to record an intent, and how sync is doing. */
import { createContext } from 'svelte';
import type { LocalDb } from '#lib/db/local-db.ts';
import type { NewFile } from '#lib/db/file-stores.ts';
import type { DraftRecord, OutboxEntry } from '#lib/db/records.ts';
import type { MutationArgs, MutationName } from '#lib/domain/mutations/catalogue.ts';
import type { FileVariant } from '#lib/domain/photo-rows.ts';
import type { StaffRole } from '#lib/domain/rows.ts';

/** The signed-in person, as this phone remembers them; readable without network. */
export interface Me {
	readonly userId: string;
	readonly email: string;
	readonly displayName: string;
	/** Active memberships; empty for family. */
	readonly memberships: readonly {
		readonly orgId: string;
		readonly orgName: string;
		readonly role: StaffRole;
	}[];
}

/** Family and friends belong to no organisation; staff to one at least. */
export function isFamily({ memberships }: Pick<Me, 'memberships'>): boolean {
	return memberships.length === 0;
}

/** Live view of sync; every field is reactive. Nothing may say "synced" unless `phase` is 'synced'. */
export interface SyncStatus {
	/**
	 * synced: the outbox is empty and the server has answered for it · waiting: work waits for a connection or the next try ·
	 * syncing: a request is under way · first: the first sync of this phone is under way · signed_out: the server wants a new sign-in
	 */
	readonly phase: 'synced' | 'waiting' | 'syncing' | 'first' | 'signed_out';
	readonly online: boolean;
	/** Intents not yet answered by the server, and pictures whose bytes it does not have. */
	readonly pendingCount: number;
	/** Intents that the server refused and a person must look at. */
	readonly attentionCount: number;
	/** How many of them are pictures whose row the server has, but not all of their bytes. */
	readonly waitingFileCount: number;
	/** ISO instant of the oldest intent or picture that waits. */
	readonly oldestPendingAt: string | null;
	readonly lastSyncedAt: string | null;
	readonly nextTryAt: string | null;
	/** Code of the last failure: 'offline' | 'timeout' | 'server' | 'rate_limited' | 'unauthenticated' | 'upgrade_required' | 'quota' … */
	readonly lastProblem: string | null;
	/** 0..1 while `phase` is 'first'. */
	readonly firstSyncProgress: number;
	readonly bytesSent: number;
	readonly bytesReceived: number;
}

export interface CommitOptions {
	/** Keep the intent on this phone for so long before it is sent, so that `retract` can undo it. Milliseconds. */
	readonly holdMs?: number;
	/** Pictures that the intents announce: stored in the same transaction, sent by themselves afterwards. */
	readonly files?: readonly NewFile[];
}

/**
 * here: the picture · elsewhere: its bytes are still on the phone of who took it · no_signal: not on this phone, and the server was not
 * reached · gone: removed, or out of sight
 */
export type PictureAnswer =
	| { readonly kind: 'here'; readonly picture: Blob }
	| { readonly kind: 'elsewhere' | 'no_signal' | 'gone' };

/** Opens a picture by the id of its attachment; what came from the server once is kept on this phone. @throws {StorageError} */
export type OpenPicture = (id: string, variant: FileVariant) => Promise<PictureAnswer>;

/** What exists only on one phone: intents that the server has not taken, in their order, and drafts. */
export interface UnsentWork {
	readonly entries: readonly Pick<OutboxEntry, 'mid' | 'mutation' | 'base' | 'offsetMs'>[];
	readonly drafts: readonly DraftRecord[];
}

export interface BroughtBack {
	/** Intents that wait on this phone now. */
	readonly added: number;
	/** Intents that this phone had already, waiting or sent. */
	readonly known: number;
}

export interface Workspace {
	readonly db: LocalDb;
	readonly me: Me;
	readonly status: SyncStatus;
	/**
	 * Records one intent: rows and outbox entry in one durable transaction. Resolves when this phone has it safely.
	 * Rejects with StorageError (kind 'quota' | 'closed' | 'unexpected'); then nothing was stored and the form keeps its content.
	 */
	commit<Name extends MutationName>(
		name: Name,
		args: MutationArgs[Name],
		options?: CommitOptions
	): Promise<{ readonly mid: string }>;
	/** Several intents in one transaction, in order: all are stored or none. */
	commitAll(
		intents: readonly {
			[Name in MutationName]: { readonly name: Name; readonly args: MutationArgs[Name] };
		}[MutationName][],
		options?: CommitOptions
	): Promise<{ readonly mids: readonly string[] }>;
	/** Undoes intents that have not been sent yet; false when it was too late. */
	retract(mids: readonly string[]): Promise<boolean>;
	/** Sends a refused intent again, optionally with changed arguments, as a new intent. */
	resend(mid: string, args?: unknown): Promise<void>;
	/** Gives up a refused intent; its content stays in the journal for 30 days. */
	dismiss(mid: string): Promise<void>;
	/** Takes up what another phone of this person saved to a file. @throws {StorageError} nothing was stored */
	bringBack(work: UnsentWork): Promise<BroughtBack>;
	/** Asks for a sync now. */
	syncNow(): void;
	/** Older rows of one case than the window holds, on demand; needs the network. */
	loadHistory(caseId: string, before: string): Promise<{ readonly more: boolean }>;
	/** A new row id (UUID v7). */
	newId(): string;
	/** Device time as ISO. */
	now(): string;
}

export const [getWorkspace, setWorkspace] = createContext<Workspace>();
export const [getPictures, setPictures] = createContext<OpenPicture>();
