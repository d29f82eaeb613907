/** The stores of this phone and their indexes. A new index is a new version below; rows of the outbox are never rewritten. */
import type { TableName } from '#lib/domain/rows.ts';

/** Counts and sums a bucket without loading rows, and finds what to delete when access ends. */
const BUCKET = '[bucket_id+relevant_at+seq]';

/** A compound index also serves queries on its first field alone. Rows with null in an indexed field are not in that index. */
const INDEXES: Readonly<Record<TableName, readonly string[]>> = {
	organizations: [],
	profiles: [],
	memberships: ['org_id', 'user_id'],
	cases: ['org_id', 'status'],
	case_staff_details: ['case_id'],
	case_contacts: ['case_id'],
	case_members: ['[case_id+user_id]', 'user_id'],
	visit_series: ['case_id', 'worker_id'],
	visits: ['[case_id+starts_at]', '[worker_id+starts_at]', 'starts_at', 'series_id', 'status'],
	visit_records: ['[case_id+recorded_at]', 'visit_id', 'corrects_id'],
	measurements: ['[case_id+kind+measured_at]', '[case_id+measured_at]', 'visit_id', 'corrects_id'],
	emergencies: ['[case_id+occurred_at]', 'occurred_at', 'status'],
	emergency_reporters: ['emergency_id'],
	emergency_actions: ['[case_id+recorded_at]', 'emergency_id'],
	tasks: ['[case_id+status]', '[assignee_id+status]', 'status', 'due_at'],
	task_comments: ['[task_id+recorded_at]', '[case_id+recorded_at]'],
	messages: ['[case_id+audience+recorded_at]', '[org_id+recorded_at]', 'recorded_at'],
	message_reads: ['[case_id+audience]', 'user_id'],
	notices: ['kind', 'recorded_at', 'case_id', 'subject_id'],
	record_history: ['row_id', 'case_id', 'kind']
};

const ENGINE_STORES = {
	shadow: '[table+id]',
	outbox: '++order, &mid, n, state',
	journal: 'mid, closedAtMs',
	cursors: 'bucket',
	drafts: 'key',
	meta: 'key'
};

export const SCHEMA_VERSION = 1;

/** Dexie's declaration of every store, version 1. */
export function storeDeclarations(): Record<string, string> {
	const rows = Object.entries(INDEXES).map(([table, indexes]) => [
		table,
		['id', BUCKET, ...indexes].join(', ')
	]);
	return { ...Object.fromEntries(rows), ...ENGINE_STORES } as Record<string, string>;
}
