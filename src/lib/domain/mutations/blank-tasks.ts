/** Blank rows of tasks. */
import type { TaskTables } from '#lib/domain/task-rows.ts';
import { RULE_DEFAULTS } from '#lib/domain/task-rules.ts';
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
		source_id: null,
		because: null,
		steps: []
	},
	task_checks: {
		...HEAD,
		case_id: '',
		task_id: '',
		step: '',
		done: true,
		author_name: '',
		audience: 'staff'
	},
	task_comments: {
		...HEAD,
		case_id: '',
		task_id: '',
		body: '',
		mentions: [],
		author_name: '',
		audience: 'staff'
	},
	task_rules: {
		...HEAD,
		org_id: '',
		kind: 'missed_visit',
		params: RULE_DEFAULTS.missed_visit,
		active: false,
		title: '',
		for_role: null,
		priority: 'normal',
		due_hours: null,
		reply_minutes: null,
		active_since_at: null
	},
	task_series: {
		...HEAD,
		case_id: '',
		active: true,
		title: '',
		body: null,
		steps: [],
		priority: 'normal',
		assignee_id: null,
		assignee_name: null,
		reply_minutes: null,
		frequency: 'weekly',
		spacing: 1,
		weekdays: [],
		month_day: null,
		starts_on: '',
		until_on: null,
		due_time: '',
		lead_days: 0,
		counts_since_at: null,
		author_name: '',
		audience: 'staff'
	},
	task_templates: {
		...HEAD,
		org_id: '',
		active: true,
		title: '',
		body: null,
		steps: [],
		for_role: null,
		priority: 'normal',
		due_days: null,
		reply_minutes: null
	}
};
