/** A row of each synced table as the database would fill it when a client says nothing: defaults and nulls of the SQL columns. */
import type { SyncedRow, TableName, Tables } from '#lib/domain/rows.ts';

const HEAD = {
	id: '',
	bucket_id: 0,
	seq: 0,
	relevant_at: 'infinity',
	created_by: null,
	recorded_at: null,
	clock_offset_ms: null,
	received_at: null,
	deleted_at: null
} satisfies SyncedRow;

const BLANK: { readonly [Table in TableName]: Tables[Table] } = {
	organizations: {
		...HEAD,
		name: '',
		kind: 'A',
		phone: null,
		duty_phone: null,
		remote_area: false
	},
	profiles: { ...HEAD, display_name: '', phone: null, locale: 'zh-TW', file_key: '' },
	memberships: {
		...HEAD,
		org_id: '',
		user_id: '',
		role: 'worker',
		display_name: '',
		title: null,
		phone: null,
		ended_at: null
	},
	staff_absences: {
		...HEAD,
		org_id: '',
		user_id: '',
		starts_at: '',
		ends_at: '',
		ended_at: null
	},
	cases: {
		...HEAD,
		org_id: '',
		name: '',
		sex: null,
		born_on: null,
		cms_level: null,
		status: 'active',
		phone: null,
		address: null,
		village: null,
		living_situation: null,
		conditions: [],
		allergies: [],
		alerts: [],
		vital_limits: {},
		admitted_on: null,
		note: null,
		audience: 'circle'
	},
	case_staff_details: {
		...HEAD,
		case_id: '',
		national_id: null,
		copay_class: null,
		staff_alerts: [],
		household_note: null,
		audience: 'staff'
	},
	case_contacts: {
		...HEAD,
		case_id: '',
		name: '',
		relation: null,
		phone: null,
		is_primary: false,
		note: null,
		audience: 'circle'
	},
	case_members: {
		...HEAD,
		case_id: '',
		user_id: '',
		role: 'worker',
		display_name: '',
		org_name: null,
		relation: null,
		phone: null,
		ended_at: null,
		audience: 'circle'
	},
	visit_series: {
		...HEAD,
		case_id: '',
		worker_id: null,
		weekdays: [],
		interval_weeks: 1,
		starts_on: '',
		until_on: null,
		start_time: '',
		duration_minutes: 0,
		planned_codes: [],
		except_on: [],
		note: null,
		audience: 'circle'
	},
	visits: {
		...HEAD,
		case_id: '',
		series_id: null,
		worker_id: null,
		worker_name: null,
		starts_at: '',
		ends_at: '',
		status: 'planned',
		planned_codes: [],
		checked_in_at: null,
		checked_out_at: null,
		status_reason: null,
		note: null,
		audience: 'circle'
	},
	visit_records: {
		...HEAD,
		case_id: '',
		visit_id: null,
		done_codes: [],
		appetite: null,
		fluids_ml: null,
		choking: null,
		bowel: null,
		urine: null,
		skin: null,
		mood: null,
		sleep: null,
		medication: null,
		note: null,
		corrects_id: null,
		correction_reason: null,
		author_name: '',
		audience: 'circle'
	},
	measurements: {
		...HEAD,
		case_id: '',
		visit_id: null,
		kind: 'blood_pressure',
		value: 0,
		value2: null,
		severity: 'none',
		measured_at: '',
		context: null,
		note: null,
		corrects_id: null,
		author_name: '',
		audience: 'circle'
	},
	handover_notes: {
		...HEAD,
		case_id: '',
		situation: '',
		background: '',
		assessment: '',
		recommendation: '',
		covers_from: '',
		covers_until: '',
		corrects_id: null,
		author_name: '',
		audience: 'staff'
	},
	emergencies: {
		...HEAD,
		case_id: '',
		incident_type: '',
		severity: 'yellow',
		reported_severity: null,
		occurred_at: '',
		description: null,
		status: 'open',
		reporter_name: null,
		acknowledged_at: null,
		acknowledged_by_name: null,
		closed_at: null,
		closed_by_name: null,
		outcome: null,
		measurement_id: null,
		audience: 'circle'
	},
	emergency_reporters: {
		...HEAD,
		emergency_id: '',
		org_id: '',
		reporter_id: '',
		reporter_name: ''
	},
	emergency_actions: {
		...HEAD,
		case_id: '',
		emergency_id: '',
		action: 'acknowledge',
		severity: null,
		note: null,
		author_name: '',
		audience: 'circle'
	},
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
		finished_at: null,
		finished_by_name: null,
		author_name: '',
		audience: 'staff'
	},
	task_comments: {
		...HEAD,
		case_id: '',
		task_id: '',
		body: '',
		author_name: '',
		audience: 'staff'
	},
	messages: {
		...HEAD,
		case_id: null,
		org_id: null,
		body: '',
		reply_to_id: null,
		author_name: '',
		author_role: null,
		audience: 'circle'
	},
	message_reads: {
		...HEAD,
		case_id: '',
		user_id: '',
		user_name: '',
		read_through: '',
		audience: 'circle'
	},
	sightings: {
		...HEAD,
		case_id: '',
		subject_table: 'visit_records',
		subject_id: '',
		user_id: '',
		user_name: '',
		user_role: null,
		audience: 'circle'
	},
	notices: {
		...HEAD,
		user_id: '',
		kind: 'emergency_reported',
		case_id: null,
		subject_table: null,
		subject_id: null,
		severity: null,
		data: {},
		read_at: null
	},
	record_history: {
		...HEAD,
		case_id: null,
		table_name: '',
		row_id: '',
		field: '',
		kept: null,
		other: null,
		kind: 'overwritten',
		decision: null,
		decided_by_name: null,
		decided_at: null,
		author_name: null,
		mid: null,
		audience: 'staff'
	}
};

export function blankRow<Table extends TableName>(table: Table): Tables[Table] {
	return BLANK[table];
}
