/** A case list as people, row by row: each row is a whole person or a list of what is wrong with it. */

import { checkTaiwanId } from '#lib/domain/taiwan-id.ts';
import { knownHeaderCount, mapColumns } from './case-columns.ts';
import {
	readCmsLevel,
	readDay,
	readList,
	readLivingSituation,
	readNote,
	readNationalId,
	readPhone,
	readSex,
	readText
} from './case-fields.ts';
import { findDuplicates } from './duplicates.ts';
import type { CasesParse, ImportedCase, ImportedContact, ParsedRow } from './imported-case.ts';
import { HEAD_LINES, MAX_ROWS, type Table, type TableRow } from './read-table.ts';
import { RowReader } from './row-reader.ts';

/** Reads a table of cases. `today` is the Taipei day against which dates are judged. Never throws. */
export function parseCases({ rows: lines, encoding }: Table, today: string): CasesParse {
	const headerIndex = findHeader(lines);
	const header = lines[headerIndex];
	if (header === undefined) return { ok: false, code: 'no_header' };
	const columns = mapColumns(header.cells);
	if (!columns.places.some((place) => place.column === 'name')) {
		return { ok: false, code: 'no_name_column' };
	}
	// Lists made for printing repeat their header on every page.
	const data = lines.slice(headerIndex + 1).filter((row) => !isSameRow(row, header));
	if (data.length === 0) return { ok: false, code: 'no_rows' };
	if (data.length > MAX_ROWS) return { ok: false, code: 'too_many_rows' };

	const read = data.map((row) =>
		parseRow(new RowReader(row, columns, encoding), row, header.cells.length, today)
	);
	const rows = findDuplicates(read);
	return { ok: true, columns, rows, counts: countRows(rows) };
}

const MAX_NAME = 40;
const MAX_LINE = 200;
const MAX_NOTE = 2000;
const MAX_AGE_YEARS = 120;
/** A title or a date has no known column name, a header has several. */
const MIN_KNOWN_HEADERS = 2;

/** The row with the most known names among the first ones: exports put a title and a date above their header. */
function findHeader(table: readonly TableRow[]): number {
	let best = -1;
	let most = MIN_KNOWN_HEADERS - 1;
	table.slice(0, HEAD_LINES).forEach((row, index) => {
		const known = knownHeaderCount(row.cells);
		if (known > most) {
			best = index;
			most = known;
		}
	});
	// A list of nothing but names is a list, too.
	if (best === -1 && knownHeaderCount(table[0]?.cells ?? []) > 0) return 0;
	return best;
}

function isSameRow(a: TableRow, b: TableRow): boolean {
	return a.cells.join('\t') === b.cells.join('\t');
}

function parseRow(reader: RowReader, row: TableRow, width: number, today: string): ParsedRow {
	const name = reader.read('name', (text) => readText(text, MAX_NAME));
	if (name === null && !reader.hasError('name')) reader.report('name', 'error', 'missing');
	const value: ImportedCase = {
		nationalId: reader.read('nationalId', readNationalId),
		name: name ?? '',
		sex: reader.read('sex', readSex),
		bornOn: reader.read('bornOn', (text) =>
			readDay(text, { today, future: 'error', maxAgeYears: MAX_AGE_YEARS })
		),
		cmsLevel: reader.read('cmsLevel', readCmsLevel),
		phone: reader.read('phone', readPhone),
		address: reader.read('address', (text) => readText(text, MAX_LINE)),
		village: reader.read('village', (text) => readText(text, MAX_LINE)),
		admittedOn: reader.read('admittedOn', (text) =>
			readDay(text, { today, future: 'warning', maxAgeYears: MAX_AGE_YEARS })
		),
		livingSituation: reader.read('livingSituation', readLivingSituation),
		contacts: readContacts(reader),
		allergies: reader.readAll('allergies', readList).flat(),
		conditions: reader.readAll('conditions', readList).flat(),
		note: joinNotes(reader.readAll('note', (text) => readNote(text, MAX_NOTE)))
	};
	checkAgreement(reader, value);
	if (row.cells.slice(width).some((cell) => cell.trim() !== '')) {
		reader.report(null, 'error', 'more_cells_than_headers');
	}
	const { problems } = reader;
	return problems.some((problem) => problem.level === 'error')
		? { line: row.line, ok: false, name, problems }
		: { line: row.line, ok: true, value, problems };
}

function readContacts(reader: RowReader): ImportedContact[] {
	const contacts: ImportedContact[] = [];
	for (const contact of reader.contactNumbers()) {
		const name = reader.read('contactName', (text) => readText(text, MAX_NAME), contact);
		const relation = reader.read('contactRelation', (text) => readText(text, MAX_NAME), contact);
		const phone = reader.read('contactPhone', readPhone, contact);
		if (name !== null) contacts.push({ name, relation, phone });
		else if (phone !== null && relation !== null)
			contacts.push({ name: relation, relation, phone });
		else if (phone !== null)
			reader.report('contactPhone', 'warning', 'contact_without_name', contact);
	}
	return contacts;
}

function checkAgreement(reader: RowReader, value: ImportedCase): void {
	const id = checkTaiwanId(value.nationalId ?? '');
	if (id.ok && value.sex !== null && value.sex !== 'other' && id.sex !== value.sex) {
		reader.report('sex', 'warning', 'sex_differs_from_id');
	}
	const { bornOn, admittedOn } = value;
	if (bornOn !== null && admittedOn !== null && admittedOn < bornOn) {
		reader.report('admittedOn', 'error', 'admitted_before_birth');
	}
}

function joinNotes(notes: readonly string[]): string | null {
	return notes.length === 0 ? null : notes.join('\n');
}

function countRows(rows: readonly ParsedRow[]): { good: number; warned: number; bad: number } {
	const good = rows.filter((row) => row.ok).length;
	const warned = rows.filter((row) => row.ok && row.problems.length > 0).length;
	return { good, warned, bad: rows.length - good };
}
