/** Which rows of a list go to the server, and what became of each. */
import type { ImportedCase, ParsedRow } from '#lib/intake/imported-case.ts';
import type { StoredRow } from './port.ts';

/** The people of the rows without an error, in the order in which the server numbers them. */
export function readyCases(rows: readonly ParsedRow[]): ImportedCase[] {
	return rows.flatMap((row) => (row.ok ? [row.value] : []));
}

/** Rows of people whom the server knows already are refused, as a row with a problem is. */
export function markKnown(
	rows: readonly ParsedRow[],
	stored: readonly StoredRow[]
): readonly ParsedRow[] {
	const known = new Set(stored.flatMap(({ row, result }) => (result === 'known' ? [row] : [])));
	let sent = -1;
	return rows.map((row): ParsedRow => {
		if (!row.ok) return row;
		sent += 1;
		if (!known.has(sent)) return row;
		const { line, value, problems } = row;
		const already = {
			level: 'error',
			column: null,
			header: null,
			code: 'already_stored',
			got: '',
			hint: null,
			otherLine: null
		} as const;
		return { line, ok: false, name: value.name, problems: [...problems, already] };
	});
}

export function countKnown(stored: readonly StoredRow[]): number {
	return stored.filter(({ result }) => result === 'known').length;
}
