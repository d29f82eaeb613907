/** Which column of a case list is which: the names that the systems and offices of Taiwan give to the same thing. */

import { foldText } from '#lib/domain/text.ts';
import { CASE_COLUMNS, CASE_HEADERS, type CaseColumn } from './case-headers.ts';

/** Where a column stands; contacts are numbered from 0, all others are 0. */
export interface ColumnPlace {
	readonly column: CaseColumn;
	readonly contact: number;
	readonly index: number;
	/** As it stands in the file. */
	readonly header: string;
}

export interface ColumnMap {
	readonly places: readonly ColumnPlace[];
	/** Headers that nothing is read from, so that a person can see what is not taken over. */
	readonly ignored: readonly string[];
}

const COLUMN_BY_KEY: ReadonlyMap<string, CaseColumn> = new Map(
	CASE_COLUMNS.flatMap((column) =>
		CASE_HEADERS[column].map((name) => [headerKey(name), column] as const)
	)
);

/** Columns that may stand several times: the first filled one counts, the others are told as left out. */
const MAY_REPEAT: ReadonlySet<CaseColumn> = new Set([
	'phone',
	'address',
	'note',
	'conditions',
	'allergies'
]);

const MAX_CONTACTS = 5;

/**
 * Reads a header row. A plain 電話 to the right of a 聯絡人, before any other person, is that contact's; a second plain one there
 * could be anybody's and is ignored, as is a second column for the same thing, except where several make sense.
 */
export function mapColumns(headers: readonly string[]): ColumnMap {
	const places: ColumnPlace[] = [];
	const ignored: string[] = [];
	headers.forEach((header, index) => {
		const named = columnOf(header);
		const place = named === null ? null : placeOf(named, index, header.trim(), places);
		if (place !== null) places.push(place);
		else if (header.trim() !== '') ignored.push(header.trim());
	});
	return { places, ignored };
}

function placeOf(
	{ column, number }: NamedColumn,
	index: number,
	header: string,
	before: readonly ColumnPlace[]
): ColumnPlace | null {
	const contacts = before.filter((place) => place.column === 'contactName').length;
	const place = (as: CaseColumn, contact: number): ColumnPlace | null => {
		const taken = before.some((other) => other.column === as && other.contact === contact);
		if ((taken && !MAY_REPEAT.has(as)) || contact >= MAX_CONTACTS) return null;
		return { column: as, contact, index, header };
	};
	if (column === 'contactName') return place(column, number ?? contacts);
	const current = Math.max(contacts - 1, 0);
	if (column === 'contactRelation' || column === 'contactPhone') {
		return place(column, number ?? current);
	}
	if (column !== 'phone' || !followsContact(before)) return place(column, 0);
	const contactPhone = before.find(
		(other) => other.column === 'contactPhone' && other.contact === current
	);
	if (contactPhone === undefined) return place('contactPhone', current);
	const isExplicit = columnOf(contactPhone.header)?.column === 'contactPhone';
	return isExplicit ? place('phone', 0) : null;
}

/** How many cells of a row are known column names, for finding the header below a title line. */
export function knownHeaderCount(cells: readonly string[]): number {
	return cells.filter((cell) => columnOf(cell) !== null).length;
}

/** 出生日期(民國) and 「＊出生日期：」 are 出生日期; 身份證 is 身分證; a number behind (聯絡人2) tells which contact. */
function headerKey(header: string): string {
	return foldText(header)
		.replace(/[([{【〔<].*?[)\]}】〕>]/g, '')
		.replace(/[\s*:.,_\-/、。'"「」#※＊]/g, '')
		.replaceAll('身份', '身分')
		.replaceAll('連絡', '聯絡');
}

interface NamedColumn {
	readonly column: CaseColumn;
	/** From 0; null when the header carries no number. */
	readonly number: number | null;
}

function columnOf(header: string): NamedColumn | null {
	const key = headerKey(header);
	const plain = COLUMN_BY_KEY.get(key);
	if (plain !== undefined) return { column: plain, number: null };
	const digit = /[1-9]/.exec(key)?.[0];
	if (digit === undefined) return null;
	const column = COLUMN_BY_KEY.get(key.replace(digit, ''));
	return column?.startsWith('contact') === true ? { column, number: Number(digit) - 1 } : null;
}

/** Is the nearest person to the left a contact? */
function followsContact(places: readonly ColumnPlace[]): boolean {
	const person = places.findLast(({ column }) => column === 'name' || column === 'contactName');
	return person?.column === 'contactName';
}
