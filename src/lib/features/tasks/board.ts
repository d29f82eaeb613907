/** How tasks stand on the board: columns, filters, and which step a move from column to column means. */
import type { BoardTask } from '#lib/db/queries/tasks.ts';
import { mayDo } from '#lib/domain/permissions.ts';
import type { CaseRole, TaskRow, TaskStatus } from '#lib/domain/rows.ts';
import {
	canTransition,
	isOwn,
	TASK_MACHINE,
	transitionNames,
	type TaskTransition
} from '#lib/domain/status.ts';

export const COLUMNS = ['todo', 'doing', 'done'] as const;
export type ColumnId = (typeof COLUMNS)[number];

const COLUMN_OF: Readonly<Record<TaskStatus, ColumnId>> = {
	open: 'todo',
	accepted: 'todo',
	doing: 'doing',
	done: 'done',
	declined: 'done',
	// Somebody has to do something about it.
	expired: 'todo'
};

const STEP_INTO: Readonly<Record<ColumnId, TaskTransition>> = {
	todo: 'reopen',
	doing: 'start',
	done: 'finish'
};

export function columnOf(task: Pick<TaskRow, 'status'>): ColumnId {
	return COLUMN_OF[task.status];
}

/** Keeps the order of the tasks given. */
export function intoColumns(items: readonly BoardTask[]): Readonly<Record<ColumnId, BoardTask[]>> {
	const columns: Record<ColumnId, BoardTask[]> = { todo: [], doing: [], done: [] };
	for (const item of items) columns[columnOf(item.task)].push(item);
	return columns;
}

/** @param now ISO instant */
export function isOverdue(task: Pick<TaskRow, 'status' | 'due_at'>, now: string): boolean {
	return columnOf(task) !== 'done' && task.due_at !== null && task.due_at < now;
}

/** The steps that this person may take with this task now. Its author may reopen it, whoever did it (private.guard_task). */
export function stepsFor(
	task: Pick<TaskRow, 'status' | 'assignee_id' | 'created_by'>,
	userId: string,
	role: CaseRole | null
): readonly TaskTransition[] {
	if (role === null) return [];
	// What nobody answered in time may be taken by anyone; only whom it was given declines it.
	const isFree = task.status === 'expired' && role !== 'family';
	const isGivenToMe = isOwn(task.assignee_id, userId, role);
	const holds = isFree || isGivenToMe;
	return transitionNames(TASK_MACHINE).filter((step) => {
		if (step === 'decline' && isFree && !isGivenToMe) return false;
		const own = step === 'reopen' ? task.created_by === userId : holds;
		return canTransition(TASK_MACHINE, step, task.status, { role, own }).ok;
	});
}

/** What putting a card into this column means; null when this person may not, or it is there already. */
export function stepInto({ task, role }: BoardTask, column: string, userId: string) {
	const target = COLUMNS.find((each) => each === column);
	if (target === undefined || target === columnOf(task)) return null;
	const step = STEP_INTO[target];
	return stepsFor(task, userId, role).includes(step) ? step : null;
}

/** Title, due time and assignee: the author, who holds it, and the planners (private.guard_task). */
export function mayEdit(
	task: Pick<TaskRow, 'status' | 'assignee_id' | 'created_by'>,
	userId: string,
	role: CaseRole | null
): boolean {
	if (role === null || role === 'family' || role === 'worker') return false;
	if (columnOf(task) === 'done') return false;
	return (
		role === 'care_manager' ||
		role === 'supervisor' ||
		task.created_by === userId ||
		task.assignee_id === userId
	);
}

/** To another, or again: who holds it hands it on, author and planners decide anew as long as it has not ended well (private.guard_task). */
export function mayGive(
	task: Pick<TaskRow, 'status' | 'assignee_id' | 'created_by'>,
	userId: string,
	role: CaseRole | null
): boolean {
	if (!mayDo(role, 'task.give') || task.status === 'done' || task.assignee_id === null)
		return false;
	if (task.assignee_id === userId) return task.status !== 'declined';
	return (
		role === 'care_manager' ||
		role === 'supervisor' ||
		(task.created_by === userId && role !== 'family')
	);
}

/** How long whoever is asked has to answer: author and planners (private.guard_task). */
export function maySetReply(
	task: Pick<TaskRow, 'created_by'>,
	userId: string,
	role: CaseRole | null
): boolean {
	return role === 'care_manager' || role === 'supervisor' || task.created_by === userId;
}

/** The one step that the screen's main button offers: the next towards the end, or the way back from it. */
export function mainStep(
	steps: readonly TaskTransition[],
	task: Pick<TaskRow, 'status'>
): TaskTransition | null {
	const wanted: readonly TaskTransition[] =
		task.status === 'open' || task.status === 'expired'
			? ['accept', 'start']
			: ['start', 'finish', 'reopen'];
	return wanted.find((step) => steps.includes(step)) ?? null;
}
