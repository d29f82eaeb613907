/** A file of cases from its bytes: what it holds row by row, or why it cannot be read. */
import type { ParsedRow } from '#lib/intake/imported-case.ts';
import { parseCases } from '#lib/intake/parse-cases.ts';
import { readTable, type TableEncoding, type TableProblem } from '#lib/intake/read-table.ts';

export interface CasesFile {
	readonly ok: true;
	readonly encoding: TableEncoding;
	/** Headers of columns that nothing is read from. */
	readonly ignored: readonly string[];
	readonly rows: readonly ParsedRow[];
	readonly counts: { readonly good: number; readonly warned: number; readonly bad: number };
}

export interface FileProblem {
	readonly ok: false;
	readonly code: TableProblem | 'no_header' | 'no_name_column' | 'no_rows' | 'unreadable';
	/** Line of the file, where it is known. */
	readonly line: number | null;
}

/** @param today the Taipei day against which dates are judged */
export function readCases(bytes: Uint8Array, today: string): CasesFile | FileProblem {
	const table = readTable(bytes);
	if (!table.ok) return table;
	const parsed = parseCases(table, today);
	if (!parsed.ok) return { ok: false, code: parsed.code, line: null };
	const { rows, counts, columns } = parsed;
	return { ok: true, encoding: table.encoding, ignored: columns.ignored, rows, counts };
}
