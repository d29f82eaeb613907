/** What an import list becomes: people, or what is wrong with their rows. */

import type { LivingSituation } from '#lib/domain/rows.ts';
import type { ColumnMap } from './case-columns.ts';
import type { FieldProblemCode, ProblemHint, ProblemLevel } from './case-fields.ts';
import type { CaseColumn } from './case-headers.ts';

export interface ImportedContact {
	readonly name: string;
	readonly relation: string | null;
	readonly phone: string | null;
}

/** One care recipient as the list tells; the columns of `cases`, `case_staff_details` and `case_contacts`. */
export interface ImportedCase {
	readonly nationalId: string | null;
	readonly name: string;
	readonly sex: 'female' | 'male' | 'other' | null;
	readonly bornOn: string | null;
	readonly cmsLevel: number | null;
	readonly phone: string | null;
	readonly address: string | null;
	readonly village: string | null;
	readonly admittedOn: string | null;
	readonly livingSituation: LivingSituation | null;
	readonly contacts: readonly ImportedContact[];
	readonly allergies: readonly string[];
	readonly conditions: readonly string[];
	readonly note: string | null;
}

export type RowProblemCode =
	| FieldProblemCode
	| 'duplicate_id'
	| 'duplicate_person'
	/** The server has this person; told by it, not by the file. */
	| 'already_stored'
	/** The server has somebody of this name and telephone or address, and neither ID nor birthday says otherwise. */
	| 'seems_stored'
	/** The database cannot store the row. */
	| 'not_storable'
	| 'same_name'
	| 'sex_differs_from_id'
	| 'admitted_before_birth'
	| 'extra_value'
	/** A Big5 file's own character for a rare name (user-defined area): it may have come out as another. */
	| 'rare_character'
	| 'contact_without_name'
	| 'more_cells_than_headers';

export interface RowProblem {
	readonly level: ProblemLevel;
	/** Null when it concerns the whole row. */
	readonly column: CaseColumn | null;
	/** The header as it stands in the file. */
	readonly header: string | null;
	readonly code: RowProblemCode;
	/** The cell as it stands in the file, cut to 80 characters. */
	readonly got: string;
	readonly hint: ProblemHint | null;
	/** The other line, for duplicates. */
	readonly otherLine: number | null;
}

export type ParsedRow =
	| {
			readonly line: number;
			readonly ok: true;
			readonly value: ImportedCase;
			/** Warnings only. */
			readonly problems: readonly RowProblem[];
	  }
	| {
			readonly line: number;
			readonly ok: false;
			/** The name, as far as it can be told, for the report. */
			readonly name: string | null;
			readonly problems: readonly RowProblem[];
	  };

export type CasesParse =
	| {
			readonly ok: true;
			readonly columns: ColumnMap;
			readonly rows: readonly ParsedRow[];
			readonly counts: { readonly good: number; readonly warned: number; readonly bad: number };
	  }
	| {
			readonly ok: false;
			readonly code: 'no_header' | 'no_name_column' | 'no_rows' | 'too_many_rows';
	  };
