/**
 * The yearly calendar of the government's offices 中華民國政府行政機關辦公日曆表 from its published table: 西元日期, 星期, 是否放假
 * (0 worked, 2 off), 備註. Nothing of it is believed unseen: every day must exist, bear the weekday that it has, and stand there once.
 */
import { isWorthKeeping, type OfficeDay } from '#lib/domain/office-days.ts';
import { parseTaiwanDate } from '#lib/domain/parse-taiwan-date.ts';
import { weekdayOf } from '#lib/domain/taiwan-dates.ts';
import { HEAD_LINES, readTable, type TableProblem, type TableRow } from './read-table.ts';

export interface CalendarDay extends OfficeDay {
	/** Taipei day. */
	readonly day: string;
}

export type CalendarProblemCode =
	'not_a_date' | 'wrong_weekday' | 'unknown_value' | 'duplicate_day' | 'name_too_long';

export interface CalendarProblem {
	/** Line of the file. */
	readonly line: number;
	readonly code: CalendarProblemCode;
	/** What stands there. */
	readonly got: string;
}

export interface CalendarFile {
	readonly ok: true;
	/** First and last day of the file. */
	readonly fromDay: string;
	readonly toDay: string;
	/** Days that are otherwise than their weekday, or have a name; in order. */
	readonly days: readonly CalendarDay[];
	/** With one of these the file is not taken: who knows what else is damaged. */
	readonly problems: readonly CalendarProblem[];
}

export interface CalendarFileProblem {
	readonly ok: false;
	readonly code: TableProblem | 'no_header' | 'no_rows' | 'unreadable';
	readonly line: number | null;
}

/** Headers as they stood in the tables of several years. */
const HEADERS = {
	date: ['西元日期', '日期', 'date'],
	weekday: ['星期', 'week', 'weekday'],
	off: ['是否放假', 'isholiday', '放假'],
	name: ['備註', '備注', '說明', 'name', 'description']
} as const;

const OFF = new Map([
	['0', false],
	['2', true],
	['否', false],
	['是', true]
]);

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];

/** As in the table of the database. */
const MOST_CHARACTERS = 60;

/** Never throws. */
export function readOfficeCalendar(bytes: Uint8Array): CalendarFile | CalendarFileProblem {
	const table = readTable(bytes);
	if (!table.ok) return table;
	const head = table.rows.slice(0, HEAD_LINES).findIndex(isHead);
	const header = table.rows[head];
	if (header === undefined) return { ok: false, code: 'no_header', line: null };
	const rows = table.rows.slice(head + 1);
	if (rows.length === 0) return { ok: false, code: 'no_rows', line: null };
	return readDays(rows, columnsOf(header));
}

type Columns = Readonly<Record<keyof typeof HEADERS, number>>;

/** -1: there is no such column. */
function columnsOf({ cells }: TableRow): Columns {
	const heads = cells.map((cell) => plain(cell).toLowerCase());
	const at = (column: keyof typeof HEADERS) =>
		heads.findIndex((head) => HEADERS[column].some((known) => known === head));
	return { date: at('date'), weekday: at('weekday'), off: at('off'), name: at('name') };
}

function isHead(row: TableRow): boolean {
	const { date, off } = columnsOf(row);
	return date >= 0 && off >= 0;
}

function readDays(rows: readonly TableRow[], columns: Columns): CalendarFile {
	const days = new Map<string, CalendarDay>();
	const problems: CalendarProblem[] = [];
	for (const row of rows) {
		const read = readDay(row, columns);
		if (!('day' in read)) problems.push(read);
		else if (days.has(read.day)) {
			problems.push({ line: row.line, code: 'duplicate_day', got: read.day });
		} else days.set(read.day, read);
	}
	const inOrder = [...days.values()].sort((a, b) => a.day.localeCompare(b.day));
	return {
		ok: true,
		fromDay: inOrder[0]?.day ?? '',
		toDay: inOrder.at(-1)?.day ?? '',
		days: inOrder.filter((entry) => isWorthKeeping(entry.day, entry)),
		problems
	};
}

function readDay({ line, cells }: TableRow, columns: Columns): CalendarDay | CalendarProblem {
	const cell = (column: keyof Columns) => plain(cells[columns[column]] ?? '');
	const problem = (code: CalendarProblemCode, got: string) => ({ line, code, got });
	const date = parseTaiwanDate(cell('date'));
	if (!date.ok) return problem('not_a_date', cell('date'));
	const { day } = date;
	if (columns.weekday >= 0 && cell('weekday') !== '') {
		const said = WEEKDAYS.indexOf(cell('weekday').replace(/^(星期|週|禮拜)/, '')) + 1;
		// One weekday out of step: a row was lost, or the year is another one.
		if (said !== weekdayOf(day)) return problem('wrong_weekday', `${day} ${cell('weekday')}`);
	}
	const off = OFF.get(cell('off'));
	if (off === undefined) return problem('unknown_value', cell('off'));
	const name = cell('name') || null;
	if (name !== null && name.length > MOST_CHARACTERS) return problem('name_too_long', name);
	return { day, kind: off ? 'holiday' : 'workday', name };
}

function plain(cell: string): string {
	return cell.normalize('NFKC').trim();
}
