/** What is looked at before a week is copied or a series goes on: which visits that makes, and what stands against each. */
import type { BoardDirectory } from '#lib/db/queries/board.ts';
import type { PlanClash } from '#lib/db/queries/cover.ts';
import type { ScheduleLine } from '#lib/db/queries/visits.ts';
import { clashesOf } from '#lib/domain/clashes.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import type { OfficeCalendar } from '#lib/domain/office-days.ts';
import { mayDo } from '#lib/domain/permissions.ts';
import { caseRole } from '#lib/domain/case-role.ts';
import type { RepeatedVisit, Repetition } from '#lib/domain/repeat-visits.ts';
import type { StaffAbsenceRow, VisitRow } from '#lib/domain/rows.ts';
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { foldText } from '#lib/domain/text.ts';
import type { Me } from '#lib/sync/workspace.ts';
import { standingOf } from '#lib/features/visits/joining.ts';

/** What becomes of visits whose worker cannot go: planned for nobody yet, planned all the same, not planned. */
export type Trouble = 'open' | 'anyway' | 'skip';

/** What of the lines is stored, as somebody has chosen. */
export interface RepeatChoices {
	trouble: Trouble;
	/** `skip`: none on a holiday. */
	holidays: 'plan' | 'skip';
}

export interface RepeatLine {
	readonly visit: RepeatedVisit;
	readonly clashes: readonly PlanClash[];
	/** Its worker does not stand in the circle any more; the server lets nobody be sent who does not. */
	readonly hasLeft: boolean;
	readonly isHoliday: boolean;
}

export interface RepeatPlan {
	readonly lines: readonly RepeatLine[];
	/** Visits to people who are not cared for at present, or for whom I do not plan. */
	readonly notPlanned: number;
}

export interface RepeatGround {
	readonly me: Me;
	/** Of the time that is planned, and a day on either side. */
	readonly visits: readonly VisitRow[];
	readonly absences: readonly StaffAbsenceRow[];
	readonly directory: BoardDirectory;
	readonly calendar: OfficeCalendar;
}

/** Clashes among the new visits are those of the week that they come from, and stand there. */
export function repeatPlan(
	{ visits: wanted }: Pick<Repetition, 'visits'>,
	{ me, visits, absences, directory, calendar }: RepeatGround
): RepeatPlan {
	const byWorker = groupBy(visits, ({ worker_id }) => worker_id);
	const byCase = groupBy(visits, ({ case_id }) => case_id);
	const { villages } = directory;
	const mine = wanted.filter(({ case_id }) => isPlannedByMe(case_id, me, directory));
	const lines = mine.map((visit): RepeatLine => {
		const near = new Set([
			...(visit.worker_id === null ? [] : (byWorker.get(visit.worker_id) ?? [])),
			...(byCase.get(visit.case_id) ?? [])
		]);
		return {
			visit,
			clashes: clashesOf(visit, { visits: [...near], absences, villages }),
			hasLeft: hasLeft(visit, me, directory),
			isHoliday: calendar.get(taipeiDay(visit.starts_at))?.kind === 'holiday'
		};
	});
	return { lines, notPlanned: wanted.length - mine.length };
}

/** Whether the worker cannot go there: away, elsewhere at that time, or not of the circle any more. */
export function isTroubled({ clashes, hasLeft }: RepeatLine): boolean {
	return hasLeft || clashes.some(({ kind }) => kind === 'away' || kind === 'same_worker');
}

/** The visits to store. */
export function settled(
	lines: readonly RepeatLine[],
	{ trouble, holidays }: RepeatChoices
): RepeatedVisit[] {
	return lines.flatMap((line) => {
		if (line.isHoliday && holidays === 'skip') return [];
		if (!isTroubled(line)) return [line.visit];
		if (trouble === 'skip') return [];
		const isOpen = line.hasLeft || trouble === 'open';
		return [isOpen ? { ...line.visit, worker_id: null, worker_name: null } : line.visit];
	});
}

function isPlannedByMe(caseId: string, me: Me, { people, circles }: BoardDirectory): boolean {
	const person = people.get(caseId);
	if (person?.status !== 'active' || person.deleted_at !== null) return false;
	return mayDo(caseRole(me, person.org_id, circles.get(caseId) ?? []), 'visit.plan');
}

function hasLeft(
	{ case_id, worker_id }: RepeatedVisit,
	me: Me,
	{ people, memberships, circles }: BoardDirectory
): boolean {
	const person = people.get(case_id);
	if (worker_id === null || !person) return false;
	const standing = standingOf(worker_id, {
		me,
		person,
		memberships: memberships.get(worker_id) ?? [],
		circle: circles.get(case_id) ?? []
	});
	return standing.kind !== 'in_circle';
}

/** As the board is looked through: by the name of who goes or is cared for, or by village. */
export function matchesFind({ visit, person }: ScheduleLine, find: string): boolean {
	const wanted = foldText(find.trim());
	return (
		wanted === '' ||
		foldText(`${visit.worker_name ?? ''} ${person?.name ?? ''} ${person?.village ?? ''}`).includes(
			wanted
		)
	);
}
