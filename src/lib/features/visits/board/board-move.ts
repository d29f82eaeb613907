/** Moving a visit on the board, by whatever means: what it becomes, and what stands against it. */
import type { BoardDirectory } from '#lib/db/queries/board.ts';
import type { PlanClash } from '#lib/db/queries/cover.ts';
import { UNASSIGNED, type BoardRow } from '#lib/domain/board.ts';
import { clashesOf } from '#lib/domain/clashes.ts';
import type { StaffAbsenceRow, VisitRow } from '#lib/domain/rows.ts';
import { planChange, type ChangedVisit, type VisitChange } from '#lib/domain/visit-change.ts';
import type { Me } from '#lib/sync/workspace.ts';
import { standingOf, type Standing } from '#lib/features/visits/joining.ts';

/** A cell of the board. */
export interface Place {
	readonly rowId: string;
	readonly day: string;
}

export interface Move {
	readonly changed: ChangedVisit;
	readonly change: VisitChange;
	readonly clashes: readonly PlanClash[];
	readonly standing: Standing;
}

export interface MoveGround {
	readonly me: Me;
	readonly visits: readonly VisitRow[];
	readonly absences: readonly StaffAbsenceRow[];
	readonly directory: BoardDirectory;
}

/** Null when the visit stays where it is. */
export function moveTo(
	visit: VisitRow,
	{ day, row }: { readonly day: string; readonly row: Pick<BoardRow, 'id' | 'name'> },
	{ me, visits, absences, directory }: MoveGround
): Move | null {
	const isNobody = row.id === UNASSIGNED;
	const change: VisitChange = {
		day,
		worker: isNobody ? { id: null, name: null } : { id: row.id, name: row.name }
	};
	const [changed] = planChange(visit, [visit], change, { series: null, includeOwn: true }).changed;
	if (changed === undefined) return null;
	const person = directory.people.get(visit.case_id);
	const standing: Standing =
		isNobody || changed.patch.worker_id === undefined
			? { kind: 'in_circle' }
			: person === undefined
				? { kind: 'barred' }
				: standingOf(row.id, {
						me,
						person,
						memberships: directory.memberships.get(row.id) ?? [],
						circle: directory.circles.get(visit.case_id) ?? []
					});
	const { villages } = directory;
	return {
		changed,
		change,
		clashes: clashesOf(changed.after, { visits, absences, villages }),
		standing
	};
}

/** Whether it is saved at once, or only after somebody has looked at what stands against it. */
export function isClear({ clashes, standing }: Move): boolean {
	return clashes.length === 0 && standing.kind === 'in_circle';
}

/** The cell beside one, as an arrow key goes; the same at the edge. */
export function placeBeside(
	{ rowId, day }: Place,
	key: string,
	rows: readonly Pick<BoardRow, 'id'>[],
	days: readonly string[]
): Place {
	const down = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
	const right = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
	const rowAt = rows.findIndex(({ id }) => id === rowId);
	return {
		rowId: rows[rowAt + down]?.id ?? rowId,
		day: days[days.indexOf(day) + right] ?? day
	};
}

/**
 * The visit to which an arrow key goes: the next one of the cell, else the nearest cell in that direction that has any. Null at the end.
 */
export function visitBeside(
	visitId: string,
	key: string,
	rows: readonly BoardRow[]
): string | null {
	const at = whereIs(visitId, rows);
	if (at === null) return null;
	const { row, column, index } = at;
	const cell = rows[row]?.cells[column];
	if (key === 'ArrowDown' && cell?.visits[index + 1]) return idAt(cell, index + 1);
	if (key === 'ArrowUp' && index > 0 && cell) return idAt(cell, index - 1);
	const [rowStep, columnStep] =
		key === 'ArrowDown'
			? [1, 0]
			: key === 'ArrowUp'
				? [-1, 0]
				: key === 'ArrowRight'
					? [0, 1]
					: [0, -1];
	for (
		let r = row + rowStep, c = column + columnStep;
		rows[r]?.cells[c] !== undefined;
		r += rowStep, c += columnStep
	) {
		const next = rows[r]?.cells[c];
		if (next && next.visits.length > 0)
			return idAt(next, key === 'ArrowUp' ? next.visits.length - 1 : 0);
	}
	return null;
}

function whereIs(
	visitId: string,
	rows: readonly BoardRow[]
): { readonly row: number; readonly column: number; readonly index: number } | null {
	for (const [row, { cells }] of rows.entries())
		for (const [column, { visits }] of cells.entries()) {
			const index = visits.findIndex(({ visit }) => visit.id === visitId);
			if (index >= 0) return { row, column, index };
		}
	return null;
}

function idAt({ visits }: BoardRow['cells'][number], index: number): string | null {
	return visits[index]?.visit.id ?? null;
}
