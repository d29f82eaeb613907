/** Reading the cells of one row by column, and gathering what is wrong with them. */

import {
	cleanCell,
	isBlankMark,
	type FieldProblem,
	type FieldRead,
	type ProblemLevel
} from './case-fields.ts';
import type { ColumnMap } from './case-columns.ts';
import type { CaseColumn } from './case-headers.ts';
import type { RowProblem, RowProblemCode } from './imported-case.ts';
import { hasRareCharacter } from './rare-characters.ts';
import type { TableEncoding, TableRow } from './read-table.ts';

export class RowReader {
	readonly problems: RowProblem[] = [];
	readonly #row: TableRow;
	readonly #columns: ColumnMap;

	readonly #encoding: TableEncoding;

	constructor(row: TableRow, columns: ColumnMap, encoding: TableEncoding) {
		this.#row = row;
		this.#columns = columns;
		this.#encoding = encoding;
	}

	/** The first filled cell of a column; further filled ones are told as left out. */
	read<Value>(
		column: CaseColumn,
		readCell: (text: string) => FieldRead<Value>,
		contact = 0
	): Value | null {
		const [first, ...others] = this.#filled(column, contact);
		for (const other of others) this.#add(other.header, column, EXTRA, other.raw);
		if (first === undefined) return null;
		return this.#take(column, first, readCell);
	}

	/** All filled cells of a column, for what adds up: notes, allergies, conditions. */
	readAll<Value>(column: CaseColumn, readCell: (text: string) => FieldRead<Value>): Value[] {
		return this.#filled(column, 0).flatMap((cell) => this.#take(column, cell, readCell) ?? []);
	}

	contactNumbers(): number[] {
		const numbers = this.#columns.places.flatMap((place) =>
			place.column.startsWith('contact') ? place.contact : []
		);
		return [...new Set(numbers)].sort((a, b) => a - b);
	}

	hasError(column: CaseColumn): boolean {
		return this.problems.some((each) => each.column === column && each.level === 'error');
	}

	report(column: CaseColumn | null, level: ProblemLevel, code: RowProblemCode, contact = 0): void {
		const place = this.#columns.places.find(
			(each) => each.column === column && each.contact === contact
		);
		const raw = place === undefined ? '' : (this.#row.cells[place.index] ?? '');
		this.#add(place?.header ?? null, column, { level, code, hint: null }, raw);
	}

	#take<Value>(
		column: CaseColumn,
		cell: Cell,
		readCell: (text: string) => FieldRead<Value>
	): Value | null {
		const { value, problem } = readCell(cell.text);
		if (problem !== null) this.#add(cell.header, column, problem, cell.raw);
		if (this.#encoding === 'big5' && hasRareCharacter(cell.text)) {
			this.#add(cell.header, column, RARE, cell.raw);
		}
		return value;
	}

	#filled(column: CaseColumn, contact: number): Cell[] {
		return this.#columns.places.flatMap((place) => {
			if (place.column !== column || place.contact !== contact) return [];
			const raw = this.#row.cells[place.index] ?? '';
			const text = cleanCell(raw);
			// 無 in a column of yes and no is an answer.
			const isEmpty = text === '' || (column !== 'livingSituation' && isBlankMark(text));
			return isEmpty ? [] : [{ header: place.header, raw, text }];
		});
	}

	#add(
		header: string | null,
		column: CaseColumn | null,
		problem: Omit<FieldProblem, 'code'> & { readonly code: RowProblemCode },
		raw: string
	): void {
		this.problems.push({ ...problem, column, header, got: shorten(raw), otherLine: null });
	}
}

interface Cell {
	readonly header: string;
	readonly raw: string;
	readonly text: string;
}

const EXTRA = { level: 'warning', code: 'extra_value', hint: null } as const;
const RARE = {
	level: 'warning',
	code: 'rare_character',
	hint: 'check_against_the_card'
} as const;
const MAX_GOT = 80;

function shorten(text: string): string {
	const characters = [...text.trim()];
	return characters.length > MAX_GOT ? `${characters.slice(0, MAX_GOT).join('')}…` : text.trim();
}
