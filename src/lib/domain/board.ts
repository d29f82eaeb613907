/** The planner's board: who goes where on which day, as rows of staff and columns of days. */
import { backAt, isAwayBetween, type AbsenceSpan } from './absences.ts';
import { clashesOf, MINUTES_TO_ANOTHER_VILLAGE, takesTime, type ClashGround } from './clashes.ts';
import { groupBy } from './group-by.ts';
import type { CaseRow, VisitRow } from './rows.ts';
import { addDays, startOfDay, taipeiDay } from './taiwan-dates.ts';
import { foldText } from './text.ts';
import { isPlanned, minutesOf } from './visit-change.ts';

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
	/** Two cells with the same one show the same. */
	readonly signature: string;
}

export interface BoardRow extends BoardStaff {
	/** Minutes of visits in each week of the board. */
	readonly weekMinutes: readonly number[];
	readonly cells: readonly BoardCell[];
}

export interface BoardFacts<Absence extends AbsenceSpan> {
	/** Taipei days, whole weeks. */
	readonly days: readonly string[];
	readonly staff: readonly BoardStaff[];
	readonly visits: readonly VisitRow[];
	readonly absences: readonly Absence[];
	readonly people: ReadonlyMap<string, CaseRow>;
	/** Ids of visits that clash (clashingVisits). */
	readonly clashing: ReadonlySet<string>;
	/** What somebody looks for: a name of staff, of a person cared for, or a village. */
	readonly find: string;
}

/** Unassigned first, then the staff in their order; with something to find only who has it, and always the unassigned. */
export function boardRows<Absence extends AbsenceSpan>(facts: BoardFacts<Absence>): BoardRow[] {
	const find = foldText(facts.find).trim();
	const byWorker = groupBy(
		facts.visits.filter(isShown),
		({ worker_id }) => worker_id ?? UNASSIGNED
	);
	const awayOf = groupBy(facts.absences, ({ user_id }) => user_id);
	return facts.staff.flatMap((staff) => {
		const visits = byWorker.get(staff.id) ?? [];
		const isNamed = find === '' || foldText(staff.name).includes(find);
		const row = rowOf(staff, visits, awayOf.get(staff.id) ?? [], isNamed ? '' : find, facts);
		const has = row.cells.some((cell) => cell.visits.length > 0);
		return isNamed || has || staff.id === UNASSIGNED ? [row] : [];
	});
}

/** Cells that show the same stay the very same object, so that a screen draws only what has changed. */
export function keepCells(before: readonly BoardRow[], after: readonly BoardRow[]): BoardRow[] {
	const known = new Map(
		before.flatMap((row) => row.cells.map((cell) => [`${row.id} ${cell.day}`, cell] as const))
	);
	return after.map((row) => ({
		...row,
		cells: row.cells.map((cell) => {
			const old = known.get(`${row.id} ${cell.day}`);
			return old?.signature === cell.signature ? old : cell;
		})
	}));
}

/** Of the visits that are still to be made, those that something stands against. */
export function clashingVisits<Absence extends AbsenceSpan>({
	visits,
	absences,
	villages
}: ClashGround<VisitRow, Absence>): Set<string> {
	const taking = visits.filter(takesTime);
	const ofWorker = groupBy(taking, ({ worker_id }) => worker_id);
	const ofCase = groupBy(taking, ({ case_id }) => case_id);
	const awayOf = groupBy(absences, ({ user_id }) => user_id);
	const found = new Set<string>();
	for (const visit of visits) {
		if (!isPlanned(visit)) continue;
		const { worker_id, case_id } = visit;
		const near = [
			...(worker_id === null ? [] : nearby(visit, ofWorker.get(worker_id) ?? [])),
			...nearby(visit, ofCase.get(case_id) ?? [])
		];
		const ground = {
			visits: near,
			absences: worker_id === null ? [] : (awayOf.get(worker_id) ?? []),
			villages
		};
		if (clashesOf(visit, ground).length > 0) found.add(visit.id);
	}
	return found;
}

/** Instants are compared as text: reading each of them again for each pair would take longer than all the rest. */
function nearby(visit: VisitRow, others: readonly VisitRow[]): VisitRow[] {
	const marginMs = (MINUTES_TO_ANOTHER_VILLAGE + 1) * 60_000;
	const from = new Date(Date.parse(visit.starts_at) - marginMs).toISOString();
	const until = new Date(Date.parse(visit.ends_at) + marginMs).toISOString();
	return others.filter(
		({ id, starts_at, ends_at }) => id !== visit.id && starts_at < until && ends_at > from
	);
}

function isShown({ status, deleted_at }: VisitRow): boolean {
	return deleted_at === null && status !== 'cancelled';
}

function rowOf<Absence extends AbsenceSpan>(
	staff: BoardStaff,
	visits: readonly VisitRow[],
	absences: readonly Absence[],
	find: string,
	{ days, people, clashing }: BoardFacts<Absence>
): BoardRow {
	const byDay = groupBy(visits, ({ starts_at }) => taipeiDay(starts_at));
	const cells = days.map((day) => {
		const all = [...(byDay.get(day) ?? [])].sort((a, b) => (a.starts_at < b.starts_at ? -1 : 1));
		const shown = all.flatMap((visit): BoardVisit[] => {
			const person = people.get(visit.case_id) ?? null;
			const matches =
				find === '' || foldText(`${person?.name ?? ''} ${person?.village ?? ''}`).includes(find);
			return matches ? [{ visit, person, clashes: clashing.has(visit.id) }] : [];
		});
		const hidden = all.length - shown.length;
		const away = awayOn(day, absences);
		return { day, visits: shown, hidden, away, signature: signatureOf(shown, hidden, away) };
	});
	const weekMinutes = Array.from({ length: Math.ceil(days.length / 7) }, (_, week) =>
		days
			.slice(week * 7, week * 7 + 7)
			.flatMap((day) => byDay.get(day) ?? [])
			.filter(takesTime)
			.reduce((sum, visit) => sum + minutesOf(visit), 0)
	);
	return { ...staff, weekMinutes, cells };
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

function signatureOf(
	visits: readonly BoardVisit[],
	hidden: number,
	away: BoardCell['away']
): string {
	const parts = visits.map(
		({ visit: { id, seq, starts_at, ends_at, status, planned_codes }, person, clashes }) =>
			[
				id,
				seq,
				starts_at,
				ends_at,
				status,
				planned_codes.join(),
				person?.name,
				person?.village,
				clashes
			].join()
	);
	return `${away} ${hidden} ${parts.join(' ')}`;
}
