/** Which rows of a list go to the server, and what became of each. */
import { CASE_COLUMNS, type CaseColumn } from '#lib/intake/case-headers.ts';
import type { ImportedCase, ParsedRow, RowProblemCode } from '#lib/intake/imported-case.ts';
import type { StoredRow } from './port.ts';

/** The people of the rows without an error, in the order in which the server numbers them. */
export function readyCases(rows: readonly ParsedRow[]): ImportedCase[] {
	return rows.flatMap((row) => (row.ok ? [row.value] : []));
}

const SERVER_SAYS = {
	known: 'already_stored',
	alike: 'seems_stored',
	refused: 'not_storable'
} as const satisfies Partial<Record<StoredRow['result'], RowProblemCode>>;

/** Rows of people whom the server has, and rows that it cannot store, are refused as a row with a problem is. */
export function markStored(
	rows: readonly ParsedRow[],
	stored: readonly StoredRow[]
): readonly ParsedRow[] {
	const byRow = new Map(stored.map((each) => [each.row, each]));
	let sent = -1;
	return rows.map((row): ParsedRow => {
		if (!row.ok) return row;
		sent += 1;
		const answer = byRow.get(sent);
		const { result } = answer ?? {};
		if (result !== 'known' && result !== 'alike' && result !== 'refused') return row;
		const { line, value, problems } = row;
		const said = {
			level: 'error',
			column: columnNamed(answer?.column ?? null),
			header: null,
			code: SERVER_SAYS[result],
			got: '',
			hint: null,
			otherLine: null
		} as const;
		return { line, ok: false, name: value.name, problems: [...problems, said] };
	});
}

/** People who are there already, or seem to be. */
export function countKnown(stored: readonly StoredRow[]): number {
	return stored.filter(({ result }) => result === 'known' || result === 'alike').length;
}

export function countRefused(stored: readonly StoredRow[]): number {
	return stored.filter(({ result }) => result === 'refused').length;
}

/** `cms_level` → `cmsLevel`; null for a column that no list has. */
function columnNamed(column: string | null): CaseColumn | null {
	const name = column?.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
	return CASE_COLUMNS.find((known) => known === name) ?? null;
}
