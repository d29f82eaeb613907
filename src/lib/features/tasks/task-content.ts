/** What a task says, as it was typed, and what of it differs from the task as it was seen. */
import type { Patch } from '#lib/domain/mutations/catalogue.ts';
import { rowPatch } from '#lib/domain/row-patch.ts';
import type { TaskRow } from '#lib/domain/rows.ts';

export interface TaskContent {
	readonly title: string;
	readonly body: string;
	/** ISO instant. */
	readonly dueAt: string | null;
	readonly priority: TaskRow['priority'];
	/** How long whoever is asked has to answer; null: as long as they like. */
	readonly replyMinutes: number | null;
	/** In order. */
	readonly steps: readonly string[];
	readonly assignee: {
		readonly id: string;
		readonly name: string;
		readonly isFamily: boolean;
	} | null;
}

type Editable = Pick<
	TaskRow,
	'title' | 'body' | 'due_at' | 'priority' | 'reply_minutes' | 'assignee_id' | 'audience' | 'steps'
>;

/** What differs from what this person saw. */
export function changesOf(task: TaskRow, content: TaskContent): Patch<Editable> {
	const wanted: Editable = {
		title: content.title,
		body: content.body || null,
		due_at: content.dueAt,
		priority: content.priority,
		reply_minutes: content.replyMinutes,
		steps: content.steps,
		assignee_id: content.assignee?.id ?? null,
		// Once the family may see it, it stays so: taking sight away would look like a loss.
		audience: content.assignee?.isFamily ? 'circle' : task.audience
	};
	return rowPatch<Editable>(task, task, wanted);
}
