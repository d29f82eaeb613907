/** What importing needs of the server; online only, because a list comes in whole or not at all. */
import { createContext } from 'svelte';
import type { ImportedCase } from '#lib/intake/imported-case.ts';

/**
 * What became of one row. known: this person is there already · alike: very likely so, by name and telephone or address ·
 * refused: the database cannot store it.
 */
export interface StoredRow {
	/** Place in the list that was sent, from 0. */
	readonly row: number;
	readonly result: 'imported' | 'known' | 'alike' | 'refused' | 'not_imported';
	/** The column of `cases` that is at fault, where the database can tell. */
	readonly column: string | null;
}

export interface ImportResult {
	readonly imported: number;
	readonly rows: readonly StoredRow[];
}

/** `unreachable` leaves it open whether the list came in. */
export type ImportProblem = 'offline' | 'unreachable' | 'signed_out' | 'not_allowed' | 'unexpected';
export type ImportAnswer =
	| { readonly ok: true; readonly value: ImportResult }
	| { readonly ok: false; readonly problem: ImportProblem };

export interface CaseList {
	readonly orgId: string;
	readonly cases: readonly ImportedCase[];
	/** Leaves out people who are there already or seem to be; otherwise one of them keeps the whole list out. */
	readonly skipKnown: boolean;
}

export interface ImportPort {
	/** Reactive. */
	readonly online: boolean;
	importCases(list: CaseList): Promise<ImportAnswer>;
	/** Brings what was imported onto this phone. */
	syncNow(): void;
}

export const [getImportPort, setImportPort] = createContext<ImportPort>();
