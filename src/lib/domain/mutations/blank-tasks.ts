/** Blank rows of tasks. */
import type { TaskTables } from '#lib/domain/task-rows.ts';
import { HEAD } from './blank-head.ts';

export const BLANK_TASKS: TaskTables = {
	tasks: {
		...HEAD,
		case_id: '',
		title: '',
		body: null,
		status: 'open',
		priority: 'normal',
		due_at: null,
		assignee_id: null,
		assignee_name: null,
		decline_reason: null,
		reply_minutes: null,
		reply_due_at: null,
		answered_at: null,
		handed_on: [],
		finished_at: null,
		finished_by_name: null,
		author_name: '',
		audience: 'staff',
		source: null,
		source_id: null
	},
	task_comments: {
		...HEAD,
		case_id: '',
		task_id: '',
		body: '',
		author_name: '',
		audience: 'staff'
	}
};
