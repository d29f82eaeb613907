/** Work around one care recipient, as it travels and as it stands on the phone. */
import type { TaskBecause, TaskRuleRow } from './task-rules.ts';
import type { SyncedRow } from './synced-row.ts';
import type { TaskSeriesRow } from './task-series.ts';
import type { TaskTemplateRow } from './task-templates.ts';

export type TaskStatus = 'open' | 'accepted' | 'doing' | 'done' | 'declined' | 'expired';

/** One hand that a task went through; the server writes it. */
export interface HandOn {
	readonly at: string;
	readonly by_name: string | null;
	readonly from_name: string | null;
	readonly to_name: string | null;
	readonly note: string | null;
}

/** A piece of work around one care recipient. assignee_id empty = anyone in the circle may accept. audience circle = the family sees it too. */
export interface TaskRow extends SyncedRow {
	readonly case_id: string;
	readonly title: string;
	readonly body: string | null;
	readonly status: TaskStatus;
	readonly priority: 'normal' | 'high';
	readonly due_at: string | null;
	readonly assignee_id: string | null;
	readonly assignee_name: string | null;
	readonly decline_reason: string | null;
	readonly reply_minutes: number | null;
	/** Set by the server when the offer arrives. */
	readonly reply_due_at: string | null;
	readonly answered_at: string | null;
	/** Oldest first. */
	readonly handed_on: readonly HandOn[];
	readonly finished_at: string | null;
	readonly finished_by_name: string | null;
	readonly author_name: string;
	readonly audience: 'circle' | 'staff';
	/** What made it, if not its author's own mind; never altered. Only the engine says rule or recurrence. */
	readonly source: 'rule' | 'template' | 'recurrence' | 'question' | null;
	readonly source_id: string | null;
	/** Of a rule: the facts that called for it. */
	readonly because: TaskBecause | null;
	/** In order, each different: a tick names the words that were ticked. */
	readonly steps: readonly string[];
}

/** Append-only. */
export interface TaskCommentRow extends SyncedRow {
	readonly case_id: string;
	readonly task_id: string;
	readonly body: string;
	/** Whom it is meant for among those who see it: people's ids. */
	readonly mentions: readonly string[];
	readonly author_name: string;
	readonly audience: 'circle' | 'staff';
}

/** Append-only: one tick of a step, or its taking back; the newest of a step counts. */
export interface TaskCheckRow extends SyncedRow {
	readonly case_id: string;
	readonly task_id: string;
	readonly step: string;
	readonly done: boolean;
	readonly author_name: string;
	readonly audience: 'circle' | 'staff';
}

export interface TaskTables {
	tasks: TaskRow;
	task_checks: TaskCheckRow;
	task_comments: TaskCommentRow;
	task_rules: TaskRuleRow;
	task_series: TaskSeriesRow;
	task_templates: TaskTemplateRow;
}
