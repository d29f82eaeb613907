/** What a fault program has cost: work that never arrived, work that arrived twice, phones that show something else than the server. */
import { WORK_TABLES, type Edit, type ShownRow, type WorkTable } from './contract.ts';

export interface Verdict {
	readonly saved: number;
	readonly lost: number;
	readonly doubled: number;
	/** Rows, over both phones: missing, old, or not there on the server. */
	readonly diverged: number;
	/** Rows of a case that a phone still holds after its access has ended and it has synced. */
	readonly kept: number;
}

export type Rows = Readonly<Record<WorkTable, readonly ShownRow[]>>;

/** What the person sees of a row. */
const SHOWN: Readonly<Record<WorkTable, readonly string[]>> = {
	visits: ['note', 'starts_at', 'ends_at'],
	measurements: ['kind', 'value', 'value2', 'note'],
	messages: ['body']
};

/** @param edits of both phones, in the order in which they were saved */
export function countLost(edits: readonly Edit[], server: Rows): number {
	const visits = byId(server.visits);
	const present = new Set([...server.measurements, ...server.messages].map(({ id }) => id));
	const last = new Map<string, string>();
	for (const edit of edits)
		if (edit.kind === 'change_visit') last.set(`${edit.id} ${edit.field}`, edit.value);
	return edits.filter((edit) => {
		if (edit.kind !== 'change_visit') return !present.has(edit.row.id);
		// One's own later word on the same field replaces the earlier one.
		if (last.get(`${edit.id} ${edit.field}`) !== edit.value) return false;
		return plain(visits.get(edit.id)?.[edit.field]) !== plain(edit.value);
	}).length;
}

/** Each text was saved once. */
export function countDoubled(edits: readonly Edit[], server: Rows): number {
	const saved = new Set(edits.map(textOf));
	const texts = [...server.measurements, ...server.messages]
		.map(({ note, body }) => String(note ?? body))
		.filter((text) => saved.has(text));
	return texts.length - new Set(texts).size;
}

export function countDiverged(phone: Rows, server: Rows): number {
	let diverged = 0;
	for (const table of WORK_TABLES) {
		const there = shownById(table, server[table]);
		const here = shownById(table, phone[table]);
		for (const id of new Set([...there.keys(), ...here.keys()]))
			if (there.get(id) !== here.get(id)) diverged += 1;
	}
	return diverged;
}

function shownById(table: WorkTable, rows: readonly ShownRow[]): Map<unknown, string> {
	const show = (row: ShownRow) => JSON.stringify(SHOWN[table].map((field) => plain(row[field])));
	return new Map(rows.map((row) => [row['id'], show(row)]));
}

function byId(rows: readonly ShownRow[]): Map<unknown, ShownRow> {
	return new Map(rows.map((row) => [row['id'], row]));
}

function textOf(edit: Edit): string | null {
	if (edit.kind === 'change_visit') return null;
	return edit.kind === 'add_message' ? edit.row.body : edit.row.note;
}

/** Instants in one form, numbers as numbers: the servers write them differently. */
function plain(value: unknown): unknown {
	if (value instanceof Date) return value.getTime();
	if (typeof value !== 'string') return value ?? null;
	if (/^\d{4}-\d\d-\d\dT/.test(value)) return Date.parse(value);
	return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

export function sumOf(verdicts: readonly Verdict[]): Verdict {
	const sum = (count: keyof Verdict) => verdicts.reduce((total, each) => total + each[count], 0);
	return {
		saved: sum('saved'),
		lost: sum('lost'),
		doubled: sum('doubled'),
		diverged: sum('diverged'),
		kept: sum('kept')
	};
}
