/** Which tasks somebody wants to see: the filter, how it stands in the address, and what it lets through. */
import type { BoardTask } from '#lib/db/queries/tasks.ts';
import type { TaskRow } from '#lib/domain/rows.ts';
import { isOverdue } from './board.ts';

export const SHOWN = ['mine', 'all', 'overdue'] as const;
export type Shown = (typeof SHOWN)[number];

/** What has ended stands on the board without being asked for. */
export const FILTER_STATES = ['open', 'expired', 'accepted', 'doing'] as const;
export type FilterState = (typeof FILTER_STATES)[number];

/** `hand`: somebody wrote it. */
export const FILTER_SOURCES = ['hand', 'template', 'rule', 'recurrence', 'question'] as const;
export type FilterSource = (typeof FILTER_SOURCES)[number];

export interface TaskFilter {
	readonly shown: Shown;
	/** Empty: of everybody. */
	readonly caseId: string;
	/** What is urgent alone. */
	readonly onlyHigh: boolean;
	/** Empty: any. */
	readonly state: FilterState | '';
	/** Empty: any. */
	readonly source: FilterSource | '';
}

/** What the sheet of filters sets; whose tasks are shown stands beside it. */
export const NO_FILTER = { caseId: '', onlyHigh: false, state: '', source: '' } as const;

/** How many things of the sheet are chosen. */
export function chosenCount({ caseId, onlyHigh, state, source }: TaskFilter): number {
	return [caseId !== '', onlyHigh, state !== '', source !== ''].filter(Boolean).length;
}

export function isSameChoice(a: TaskFilter, b: TaskFilter): boolean {
	return (
		a.shown === b.shown &&
		a.caseId === b.caseId &&
		a.onlyHigh === b.onlyHigh &&
		a.state === b.state &&
		a.source === b.source
	);
}

/** A reload, and the way back from a task, find the same tasks. */
export function filterAddress({ shown, caseId, onlyHigh, state, source }: TaskFilter): string {
	const query = new URLSearchParams({
		show: shown,
		...(caseId === '' ? {} : { case: caseId }),
		...(onlyHigh ? { urgent: '' } : {}),
		...(state === '' ? {} : { state }),
		...(source === '' ? {} : { source })
	});
	return `/tasks?${query.toString()}`;
}

/** What an address says; what it says otherwise than this release knows is left out. */
export function filterFrom(params: URLSearchParams, otherwise: Shown): TaskFilter {
	return {
		shown: SHOWN.find((each) => each === params.get('show')) ?? otherwise,
		caseId: params.get('case') ?? '',
		onlyHigh: params.get('urgent') !== null,
		state: FILTER_STATES.find((each) => each === params.get('state')) ?? '',
		source: FILTER_SOURCES.find((each) => each === params.get('source')) ?? ''
	};
}

/** @param now ISO instant */
export function filterTasks(
	items: readonly BoardTask[],
	{ shown, caseId, onlyHigh, state, source }: TaskFilter,
	userId: string,
	now: string
): BoardTask[] {
	return items.filter(
		(item) =>
			(caseId === '' || item.task.case_id === caseId) &&
			(!onlyHigh || item.task.priority === 'high') &&
			(state === '' || item.task.status === state) &&
			(source === '' || sourceOf(item.task) === source) &&
			(shown === 'all' ||
				(shown === 'mine' && isMine(item, userId)) ||
				(shown === 'overdue' && isOverdue(item.task, now)))
	);
}

function sourceOf({ source }: Pick<TaskRow, 'source'>): FilterSource {
	return source ?? 'hand';
}

/** Given to this person, left unanswered though they asked, or free for anyone in a circle where they stand; a supervisor stands in none. */
function isMine({ task, role }: BoardTask, userId: string): boolean {
	if (task.status === 'expired' && task.created_by === userId) return true;
	if (task.assignee_id !== null) return task.assignee_id === userId;
	return role !== 'family' && role !== 'supervisor';
}
