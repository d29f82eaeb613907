/** Tasks as a list by when they are due: first what waits for an answer, then what is late, today's, this week's and the rest. */
import type { BoardTask } from '#lib/db/queries/tasks.ts';
import { addDays, startOfDay, startOfWeek } from '#lib/domain/taiwan-dates.ts';
import { replyState } from '#lib/domain/task-replies.ts';
import { columnOf, isOverdue } from './board.ts';

export const DUE_GROUPS = [
	'asked',
	'unanswered',
	'overdue',
	'today',
	'week',
	'later',
	'never'
] as const;
export type DueGroup = (typeof DUE_GROUPS)[number];

export interface DueView {
	readonly userId: string;
	/** ISO instant. */
	readonly now: string;
	/** `YYYY-MM-DD` in Taiwan. */
	readonly today: string;
}

/** Groups that hold something, in their order; in each the order given. Ended tasks stand on the board only. */
export function intoDueGroups(
	items: readonly BoardTask[],
	view: DueView
): readonly { readonly id: DueGroup; readonly items: readonly BoardTask[] }[] {
	const live = items.filter(({ task }) => columnOf(task) !== 'done');
	return DUE_GROUPS.map((id) => ({
		id,
		items: live.filter((item) => groupOf(item, view) === id)
	})).filter((group) => group.items.length > 0);
}

function groupOf({ task }: BoardTask, { userId, now, today }: DueView): DueGroup {
	const isOffer = task.status === 'open' || task.status === 'expired';
	if (isOffer && task.assignee_id === userId && task.created_by !== userId) return 'asked';
	if (isOffer && replyState(task, now).is === 'late') return 'unanswered';
	if (task.due_at === null) return 'never';
	if (isOverdue(task, now)) return 'overdue';
	if (task.due_at < startOfDay(addDays(today, 1))) return 'today';
	// A week begins on Monday.
	return task.due_at < startOfDay(addDays(startOfWeek(today), 7)) ? 'week' : 'later';
}
