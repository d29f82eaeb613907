/** The row-by-row report of an import as a CSV that Excel opens: UTF-8 with BOM, no cell that could run as a formula. */

import { writeCsv } from 'hucre/csv';
import type { ParsedRow, RowProblem } from './imported-case.ts';

/** What a row came to: the words of the report are the caller's, in the reader's language. */
export interface ReportWords {
	/** Column heads: line, result, name, column, content, what is wrong. */
	readonly heads: readonly [string, string, string, string, string, string];
	readonly result: (outcome: RowOutcome) => string;
	readonly problem: (problem: RowProblem) => string;
}

export type RowOutcome = 'ready' | 'ready_with_warning' | 'refused';

/** One line a problem; a row without any has one line of its own. */
export function reportCsv(rows: readonly ParsedRow[], words: ReportWords): string {
	const lines = rows.flatMap((row) => {
		const name = row.ok ? row.value.name : (row.name ?? '');
		const start = [String(row.line), words.result(outcomeOf(row)), name];
		if (row.problems.length === 0) return [[...start, '', '', '']];
		return row.problems.map((problem) => [
			...start,
			problem.header ?? '',
			problem.got,
			words.problem(problem)
		]);
	});
	return writeCsv([[...words.heads], ...lines], { bom: true, escapeFormulae: true });
}

export function outcomeOf(row: ParsedRow): RowOutcome {
	if (!row.ok) return 'refused';
	return row.problems.length > 0 ? 'ready_with_warning' : 'ready';
}
