/** The planner's board: who goes where on which day, as rows of staff and columns of days. */
import { backAt, isAwayBetween, type AbsenceSpan } from './absences.ts';
import { takesTime } from './clashes.ts';
import { groupBy } from './group-by.ts';
import { sameItems } from './keep-same.ts';
import type { CaseRow, VisitRow } from './rows.ts';
import { addDays, startOfDay, taipeiDay } from './taiwan-dates.ts';
import { foldText } from './text.ts';
import { minutesOf } from './visit-change.ts';

/** Row of the visits that nobody has. */
export const UNASSIGNED = '';

export interface BoardStaff {
	/** Of the person, or UNASSIGNED. */
	readonly id: string;
	readonly name: string;
}

export interface BoardVisit {
	readonly visit: VisitRow;
	/** Null when this phone does not have the person (yet). */
	readonly person: Pick<CaseRow, 'name' | 'village'> | null;
	readonly clashes: boolean;
}

export interface BoardCell {
	readonly day: string;
	/** In order of time. */
	readonly visits: readonly BoardVisit[];
	/** Visits that the filter leaves out. */
	readonly hidden: number;
	readonly away: 'no' | 'part' | 'whole';
}

export interface BoardRow extends BoardStaff {
	/** Minutes of visits in each week of the board. */
	readonly weekMinutes: readonly number[];
	readonly cells: readonly BoardCell[];
	/** The filter leaves it out; its cells stand as without the filter. */
	readonly isHidden: boolean;
	/** What it was made of; the same again is the same row. */
	readonly source: RowSource;
}

interface RowSource {
	readonly days: readonly string[];
	readonly visits: readonly BoardVisit[];
	readonly absences: readonly AbsenceSpan[];
	readonly find: string;
}

export interface BoardFacts<Absence extends AbsenceSpan> {
	/** Taipei days, whole weeks. */
	readonly days: readonly string[];
	readonly staff: readonly BoardStaff[];
	readonly visits: readonly VisitRow[];
	readonly absences: readonly Absence[];
	readonly people: ReadonlyMap<string, CaseRow>;
	/** Ids of visits that clash (boardClashes). */
	readonly clashing: ReadonlySet<string>;
	/** What somebody looks for: a name of staff, of a person cared for, or a village. */
	readonly find: string;
}

/**
 * Unassigned first, then the staff in their order; with something to find all are hidden but who has it, and the unassigned.
 * @param before the rows that stand there: a row that shows the same stays the very same object, else a cell that does, so that a
 * screen draws only what has changed
 */
export function boardRows<Absence extends AbsenceSpan>(
	facts: BoardFacts<Absence>,
	before: readonly BoardRow[] = []
): BoardRow[] {
	const find = foldText(facts.find).trim();
	const finds = finder(find, facts.people);
	const byWorker = groupBy(
		facts.visits.filter(isShown),
		({ worker_id }) => worker_id ?? UNASSIGNED
	);
	const awayOf = groupBy(facts.absences, ({ user_id }) => user_id);
	const known = new Map(before.map((row) => [row.id, row]));
	return facts.staff.map((staff) => {
		const visits = (byWorker.get(staff.id) ?? []).map((visit) => ({
			visit,
			person: facts.people.get(visit.case_id) ?? null,
			clashes: facts.clashing.has(visit.id)
		}));
		const isNamed = find === '' || foldText(staff.name).includes(find);
		const isHidden = !isNamed && staff.id !== UNASSIGNED && !visits.some(finds);
		const source: RowSource = {
			days: facts.days,
			visits,
			absences: awayOf.get(staff.id) ?? [],
			find: isNamed || isHidden ? '' : find
		};
		const old = known.get(staff.id);
		if (old && old.name === staff.name && isMadeOfTheSame(old.source, source))
			return old.isHidden === isHidden ? old : { ...old, isHidden };
		const row = rowOf(staff, source, source.find === '' ? () => true : finds);
		return { ...row, isHidden, cells: row.cells.map((cell) => keptCell(old, cell)) };
	});
}

type Finds = (each: BoardVisit) => boolean;

/** Whether the person visited, or where, is what somebody looks for; each person's words are folded once. */
function finder(find: string, people: ReadonlyMap<string, CaseRow>): Finds {
	if (find === '') return () => true;
	const found = new Set(
		[...people.values()]
			.filter(({ name, village }) => foldText(`${name} ${village ?? ''}`).includes(find))
			.map(({ id }) => id)
	);
	return ({ visit }) => found.has(visit.case_id);
}

function isMadeOfTheSame(a: RowSource, b: RowSource): boolean {
	return (
		a.find === b.find &&
		sameItems(a.days, b.days) &&
		sameItems(a.absences, b.absences) &&
		sameVisits(a.visits, b.visits)
	);
}

function sameVisits(a: readonly BoardVisit[], b: readonly BoardVisit[]): boolean {
	return (
		a.length === b.length &&
		a.every(({ visit, person, clashes }, index) => {
			const other = b[index];
			return (
				visit === other?.visit &&
				clashes === other.clashes &&
				person?.name === other.person?.name &&
				person?.village === other.person?.village
			);
		})
	);
}

function keptCell(row: BoardRow | undefined, cell: BoardCell): BoardCell {
	const old = row?.cells.find(({ day }) => day === cell.day);
	const isSame =
		old?.hidden === cell.hidden && old.away === cell.away && sameVisits(old.visits, cell.visits);
	return isSame ? old : cell;
}

function isShown({ status, deleted_at }: VisitRow): boolean {
	return deleted_at === null && status !== 'cancelled';
}

function rowOf(staff: BoardStaff, source: RowSource, finds: Finds): Omit<BoardRow, 'isHidden'> {
	const { days, visits, absences } = source;
	const byDay = groupBy(visits, ({ visit }) => taipeiDay(visit.starts_at));
	const cells = days.map((day): BoardCell => {
		const all = byDay.get(day) ?? [];
		const shown = all
			.filter(finds)
			.sort((a, b) => (a.visit.starts_at < b.visit.starts_at ? -1 : 1));
		return {
			day,
			visits: shown,
			hidden: all.length - shown.length,
			away: awayOn(day, absences)
		};
	});
	const weekMinutes = Array.from({ length: Math.ceil(days.length / 7) }, (_, week) =>
		days
			.slice(week * 7, week * 7 + 7)
			.flatMap((day) => byDay.get(day) ?? [])
			.filter(({ visit }) => takesTime(visit))
			.reduce((sum, { visit }) => sum + minutesOf(visit), 0)
	);
	return { ...staff, weekMinutes, cells, source };
}

function awayOn(day: string, absences: readonly AbsenceSpan[]): BoardCell['away'] {
	const [from, until] = [startOfDay(day), startOfDay(addDays(day, 1))];
	const those = absences.filter((absence) => isAwayBetween(absence, from, until));
	if (those.length === 0) return 'no';
	const isWhole = those.some(
		(absence) =>
			Date.parse(absence.starts_at) <= Date.parse(from) &&
			Date.parse(backAt(absence)) >= Date.parse(until)
	);
	return isWhole ? 'whole' : 'part';
}
