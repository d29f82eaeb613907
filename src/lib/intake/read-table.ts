/** A table file (CSV, TSV) from its bytes: encoding and delimiter found out, size and rows capped, nothing guessed silently. */

import { parseCsv } from 'hucre/csv';

export const MAX_BYTES = 5 * 1024 * 1024;
export const MAX_ROWS = 5_000;
/** Far more columns than any case list has; a line with more is a damaged file. */
const MAX_COLUMNS = 200;

export type TableEncoding = 'utf-8' | 'utf-16le' | 'big5';
export type Delimiter = ',' | '\t' | ';' | '|';

export interface TableRow {
	/** Line of the file on which the row begins, 1 is the first. */
	readonly line: number;
	readonly cells: readonly string[];
}

export interface Table {
	readonly encoding: TableEncoding;
	readonly delimiter: Delimiter;
	/** Rows with at least one filled cell. */
	readonly rows: readonly TableRow[];
}

export type TableRead =
	| ({ readonly ok: true } & Table)
	| {
			readonly ok: false;
			readonly code: TableProblem;
			/** Line of the file where it was noticed, if that is known. */
			readonly line: number | null;
	  };

export type TableProblem =
	| 'empty'
	| 'too_large'
	| 'too_many_rows'
	| 'too_many_columns'
	/** An Excel or other binary file: save it as CSV first. */
	| 'not_text'
	/** Neither UTF-8 nor Big5. */
	| 'encoding_unknown'
	/** A quotation mark is opened and never closed, so that the rest of the file would be one cell. */
	| 'quote_not_closed';

/** Never throws. */
export function readTable(bytes: Uint8Array): TableRead {
	if (bytes.length > MAX_BYTES) return failed('too_large');
	const decoded = decode(bytes);
	if (!decoded.ok) return decoded;
	const { text, encoding } = decoded;
	if (text.includes('\u0000')) return failed('not_text');
	if (text.trim() === '') return failed('empty');
	const delimiter = findDelimiter(text);
	const unclosed = unclosedQuoteLine(text, delimiter);
	if (unclosed !== null) return failed('quote_not_closed', unclosed);

	// Counted before parsing: a file of nothing but line ends or commas would fill a phone's memory with empty cells.
	if (count(text, '\n') > MAX_LINES) return failed('too_many_rows');
	if (count(text, delimiter) > MAX_ROWS * MAX_COLUMNS) return failed('too_many_columns');
	const rows = filledRows(parseCsv(text, { delimiter }));
	if (rows.length > MAX_ROWS + HEAD_LINES) return failed('too_many_rows');
	const wide = rows.find((row) => row.cells.length > MAX_COLUMNS);
	if (wide !== undefined) return failed('too_many_columns', wide.line);
	return { ok: true, encoding, delimiter, rows };
}

/** Rows before the data: a title, a date of export, the header. */
export const HEAD_LINES = 10;

/** With blank lines and notes of several lines. */
const MAX_LINES = 20 * MAX_ROWS;
const MAX_LINES_IN_CELL = 50;

const DELIMITERS: readonly Delimiter[] = [',', '\t', ';', '|'];

type Decoded =
	| { readonly ok: true; readonly text: string; readonly encoding: TableEncoding }
	| Extract<TableRead, { readonly ok: false }>;

function decode(bytes: Uint8Array): Decoded {
	if (startsWith(bytes, ZIP) || startsWith(bytes, OLE) || startsWith(bytes, PDF)) {
		return failed('not_text');
	}
	const candidates: readonly TableEncoding[] = startsWith(bytes, UTF_16LE_BOM)
		? ['utf-16le']
		: ['utf-8', 'big5'];
	for (const encoding of candidates) {
		const text = tryDecode(bytes, encoding);
		if (text !== null) return { ok: true, text, encoding };
	}
	return failed('encoding_unknown', undecodableLine(bytes));
}

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const PDF = [0x25, 0x50, 0x44, 0x46];
const UTF_16LE_BOM = [0xff, 0xfe];

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
	return head.every((byte, index) => bytes[index] === byte);
}

/** Null when the bytes are not that encoding; a byte-order mark is taken off by the decoder. */
function tryDecode(bytes: Uint8Array, encoding: TableEncoding): string | null {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		// Fatal decoding reports what is not this encoding by throwing.
		return null;
	}
}

/** The line at which the encoding that reads further gives up; a line end is never the second byte of a Big5 character. */
function undecodableLine(bytes: Uint8Array): number {
	return Math.max(firstLineNotIn('utf-8', bytes), firstLineNotIn('big5', bytes));
}

function firstLineNotIn(encoding: TableEncoding, bytes: Uint8Array): number {
	let line = 1;
	for (let start = 0; start <= bytes.length; line += 1) {
		const newline = bytes.indexOf(0x0a, start);
		const end = newline === -1 ? bytes.length : newline;
		if (tryDecode(bytes.subarray(start, end), encoding) === null) return line;
		start = end + 1;
	}
	return line - 1;
}

/** The delimiter that the first filled line has most of, outside quotation marks; a comma when there is none. */
function findDelimiter(text: string): Delimiter {
	const first = text.split(/\r\n|\r|\n/).find((line) => line.trim() !== '') ?? '';
	const bare = first.replace(/"[^"]*"/g, '');
	let best: Delimiter = ',';
	let most = 0;
	for (const delimiter of DELIMITERS) {
		const count = bare.split(delimiter).length - 1;
		if (count > most) {
			best = delimiter;
			most = count;
		}
	}
	return best;
}

/**
 * The line of a quotation mark that opens a cell and is never closed, or closed only after more lines than any note has: the rows in
 * between would be swallowed. A mark further inside a cell (5") is plain text, as for the parser.
 */
function unclosedQuoteLine(text: string, delimiter: Delimiter): number | null {
	let line = 1;
	let openedOn: number | null = null;
	let cellIsEmpty = true;
	for (let position = 0; position < text.length; position += 1) {
		const character = text.charAt(position);
		const endsLine =
			character === '\n' || (character === '\r' && text.charAt(position + 1) !== '\n');
		if (openedOn === null) {
			if (character === '"' && cellIsEmpty) openedOn = line;
			else cellIsEmpty = character === delimiter || endsLine || character === '\r';
		} else if (character !== '"') {
			cellIsEmpty = false;
			if (line - openedOn > MAX_LINES_IN_CELL) return openedOn;
		} else if (text.charAt(position + 1) === '"') {
			cellIsEmpty = false;
			position += 1;
		} else {
			openedOn = null;
		}
		if (endsLine) line += 1;
	}
	return openedOn;
}

function lineAt(text: string, position: number): number {
	return text.slice(0, position).split(/\r\n|\r|\n/).length;
}

function filledRows(parsed: readonly (readonly unknown[])[]): TableRow[] {
	const rows: TableRow[] = [];
	let line = 1;
	for (const record of parsed) {
		const cells = record.map((cell) => (typeof cell === 'string' ? cell : ''));
		if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
		line += 1 + cells.reduce((sum, cell) => sum + lineAt(cell, cell.length) - 1, 0);
	}
	return rows;
}

function count(text: string, mark: string): number {
	let found = 0;
	for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) found += 1;
	return found;
}

function failed(code: TableProblem, line: number | null = null): Extract<TableRead, { ok: false }> {
	return { ok: false, code, line };
}
