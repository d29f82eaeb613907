/** The stores of this phone and their indexes. A new index is a new version below; rows of the outbox are never rewritten. */
import type { TableName } from '#lib/domain/rows.ts';

/** Counts and sums a bucket without loading rows, and finds what to delete when access ends. */
const BUCKET = '[bucket_id+relevant_at+seq]';

/**
 * Each is written with every row that is pulled, so only those that a query asks for (tests/unit/db/schema.test.ts looks).
 * A compound index also serves queries on its first field alone. Rows with null in an indexed field are not in that index.
 */
const INDEXES: Readonly<Record<TableName, readonly string[]>> = {
	organizations: [],
	profiles: [],
	memberships: ['org_id', 'user_id'],
	staff_absences: ['ends_at'],
	office_days: [],
	escalation_ladders: [],
	duty_shifts: [],
	task_rules: [],
	task_templates: [],
	travel_notes: ['travelled_on', 'corrects_id'],
	cases: ['status'],
	case_staff_details: ['case_id'],
	case_contacts: ['case_id'],
	case_members: ['[case_id+user_id]', 'user_id'],
	case_medications: ['case_id'],
	case_devices: ['case_id'],
	case_plan_codes: ['case_id'],
	visit_series: [],
	visits: ['[case_id+starts_at]', '[worker_id+starts_at]', 'starts_at'],
	visit_offers: [],
	offered_visits: [],
	visit_records: ['[case_id+recorded_at]', 'recorded_at', 'visit_id'],
	record_signatures: ['record_id'],
	record_reviews: ['record_id', 'verdict'],
	measurements: ['[case_id+measured_at]', 'visit_id'],
	handover_notes: ['[case_id+recorded_at]'],
	household_codes: ['case_id'],
	household_points: ['case_id'],
	visit_places: ['visit_id'],
	visit_remarks: ['visit_id'],
	case_consents: ['case_id'],
	attachments: ['[case_id+taken_at]', 'visit_id', 'emergency_id', 'message_id', 'task_id'],
	emergencies: ['[case_id+occurred_at]', 'status'],
	emergency_reporters: [],
	emergency_actions: ['[case_id+recorded_at]', 'emergency_id'],
	emergency_receipts: ['emergency_id'],
	tasks: ['[case_id+status]', '[assignee_id+status]', 'status'],
	task_comments: ['[task_id+recorded_at]'],
	task_checks: ['task_id'],
	task_series: [],
	messages: ['[case_id+audience+recorded_at]', '[org_id+recorded_at]'],
	message_reads: ['[case_id+audience]', 'user_id'],
	message_pins: ['[case_id+audience]'],
	announcement_marks: ['message_id'],
	questions: ['case_id', 'status'],
	question_answers: ['question_id'],
	sightings: ['subject_id'],
	notices: ['subject_id'],
	record_history: ['case_id']
};

const ENGINE_STORES = {
	shadow: '[table+id]',
	outbox: '++order, &mid, n, state',
	journal: 'mid, closedAtMs',
	cursors: 'bucket',
	drafts: 'key',
	blobs: '[id+variant], id',
	uploads: 'id',
	keys: 'name',
	meta: 'key'
};

/** 2: sightings; indexes that nothing asked for are gone. 3: absences. 4: hand-over notes. 5: photos and their consents; medications and devices; offers of visits. 6: signatures and reviews of records; the office's calendar; household codes and points, places of visits and remarks on their times; pictures of a report, of a message, of a task; codes of the plan; who was told of an emergency; ladders and the duty roster; notes of one's own journeys; pins of messages; who has read an announcement; rules that make tasks, templates of tasks, tasks that come again; ticks of the steps of tasks; questions to a profession and their answers. Dexie makes the store of an earlier version like this one; its rows stay. */
export const SCHEMA_VERSION = 6;

/** Dexie's declaration of every store. */
export function storeDeclarations(): Record<string, string> {
	const rows = Object.entries(INDEXES).map(([table, indexes]) => [
		table,
		['id', BUCKET, ...indexes].join(', ')
	]);
	return { ...Object.fromEntries(rows), ...ENGINE_STORES } as Record<string, string>;
}
