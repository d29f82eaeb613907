/** The same person twice in one list: the first row stands, a later one is kept out and names the line of the first. */

import { foldText } from '#lib/domain/text.ts';
import type { ImportedCase, ParsedRow, RowProblem, RowProblemCode } from './imported-case.ts';

/**
 * Same id is the same person; so is same name and birthday, unless both rows carry an id and these differ. Same name alone is a
 * warning: in a village many share a name.
 */
export function findDuplicates(rows: readonly ParsedRow[]): ParsedRow[] {
	const byId = new Map<string, number>();
	const byPerson = new Map<string, { readonly line: number; readonly id: string | null }>();
	const byName = new Map<string, number>();
	return rows.map((row): ParsedRow => {
		if (!row.ok) return row;
		const { nationalId, name, bornOn } = row.value;
		const nameKey = foldText(name).replace(/\s/g, '');
		const personKey = bornOn === null ? null : `${nameKey}|${bornOn}`;

		const sameId = nationalId === null ? undefined : byId.get(nationalId);
		if (sameId !== undefined) return refused(row, 'duplicate_id', nationalId ?? '', sameId);
		const person = personKey === null ? undefined : byPerson.get(personKey);
		const idsDiffer = person !== undefined && person.id !== null && nationalId !== null;
		if (person !== undefined && !idsDiffer) {
			return refused(row, 'duplicate_person', name, person.line);
		}
		const sameName = byName.get(nameKey);
		if (nationalId !== null) byId.set(nationalId, row.line);
		if (personKey !== null && person === undefined) {
			byPerson.set(personKey, { line: row.line, id: nationalId });
		}
		if (sameName === undefined) byName.set(nameKey, row.line);
		const isVague = sameName !== undefined && (bornOn === null || idsDiffer);
		if (!isVague) return row;
		return { ...row, problems: [...row.problems, problem('warning', 'same_name', name, sameName)] };
	});
}

function refused(
	row: Extract<ParsedRow, { readonly ok: true }>,
	code: RowProblemCode,
	got: string,
	otherLine: number
): ParsedRow {
	const name: ImportedCase['name'] = row.value.name;
	const problems = [...row.problems, problem('error', code, got, otherLine)];
	return { line: row.line, ok: false, name, problems };
}

function problem(
	level: RowProblem['level'],
	code: RowProblemCode,
	got: string,
	otherLine: number
): RowProblem {
	const column = code === 'duplicate_id' ? 'nationalId' : 'name';
	return { level, column, header: null, code, got, hint: null, otherLine };
}
