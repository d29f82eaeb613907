/** Templates of tasks: what an organisation does the same way each time. */
import type { CircleRole } from './roles.ts';
import type { SyncedRow } from './synced-row.ts';
import type { TaskRow } from './task-rows.ts';

/** Of an organisation; its care managers and supervisors write it. */
export interface TaskTemplateRow extends SyncedRow {
	readonly org_id: string;
	/** One that is not active is offered no more. */
	readonly active: boolean;
	/** Of the task; it is also how the template is called. */
	readonly title: string;
	readonly body: string | null;
	readonly steps: readonly string[];
	/** Whom the form proposes: whoever of this role has been in the circle longest; null: anyone. */
	readonly for_role: Exclude<CircleRole, 'family'> | null;
	readonly priority: TaskRow['priority'];
	/** So many days after the day on which the task is written; null: no time. */
	readonly due_days: number | null;
	readonly reply_minutes: TaskRow['reply_minutes'];
}

/** As the database allows. */
export const LONGEST_TEMPLATE_TITLE = 120;
export const MOST_DUE_DAYS = 365;
