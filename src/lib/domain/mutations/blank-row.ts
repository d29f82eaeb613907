/** A row of each synced table as the database would fill it when a client says nothing: defaults and nulls of the SQL columns. */
import type { TableName, Tables } from '#lib/domain/rows.ts';
import { BLANK_ARRIVALS } from './blank-arrivals.ts';
import { BLANK_CARE_LISTS } from './blank-care-lists.ts';
import { BLANK_DUTY } from './blank-duty.ts';
import { HEAD } from './blank-head.ts';
import { BLANK_MESSAGES } from './blank-messages.ts';
import { BLANK_PHOTOS } from './blank-photos.ts';
import { BLANK_QUESTIONS } from './blank-questions.ts';
import { BLANK_RECORD_PARTS } from './blank-record-parts.ts';
import { BLANK_TASKS } from './blank-tasks.ts';
import { BLANK_TRAVEL } from './blank-travel.ts';

const BLANK: { readonly [Table in TableName]: Tables[Table] } = {
	organizations: {
		...HEAD,
		name: '',
		kind: 'A',
		phone: null,
		duty_phone: null,
		remote_area: false
	},
	profiles: {
		...HEAD,
		display_name: '',
		phone: null,
		locale: 'zh-TW',
		file_key: '',
		quiet_from: null,
		quiet_until: null,
		silent_groups: [],
		digest_at: '19:00'
	},
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
	office_days: { ...HEAD, org_id: '', day: '', kind: 'none', name: null },
	...BLANK_DUTY,
	...BLANK_TRAVEL,
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
		discharged_on: null,
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
		until_at: null,
		ended_at: null,
		audience: 'circle'
	},
	...BLANK_CARE_LISTS,
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
	visit_offers: {
		...HEAD,
		case_id: '',
		visit_id: '',
		org_id: '',
		user_id: '',
		user_name: '',
		offered_by_name: '',
		instead_of: null,
		starts_at: '',
		ends_at: '',
		expires_at: '',
		status: 'offered',
		decline_reason: null,
		answered_at: null,
		audience: 'staff'
	},
	offered_visits: {
		...HEAD,
		user_id: '',
		org_id: '',
		visit_id: '',
		village: null,
		planned_codes: [],
		offered_by_name: '',
		starts_at: '',
		ends_at: '',
		expires_at: '',
		status: 'offered'
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
	...BLANK_RECORD_PARTS,
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
	...BLANK_ARRIVALS,
	...BLANK_PHOTOS,
	...BLANK_TASKS,
	...BLANK_QUESTIONS,
	...BLANK_MESSAGES,
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
		alarm_state: null,
		alarm_step: null,
		alarm_next_at: null,
		alarm_ladder: null,
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
	emergency_receipts: {
		...HEAD,
		case_id: '',
		emergency_id: '',
		user_id: '',
		user_name: '',
		user_role: null,
		step: 0,
		channel: 'push',
		state: 'queued',
		reason: null,
		queued_at: '',
		accepted_at: null,
		shown_at: null,
		opened_at: null,
		failed_at: null,
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
