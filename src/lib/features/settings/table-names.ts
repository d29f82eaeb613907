/** What the tables of this phone hold, in plain words. */
import type { TableName } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';

const NAMES: Readonly<Record<TableName, () => string>> = {
	organizations: m.settings_table_organizations,
	profiles: m.settings_table_profiles,
	memberships: m.settings_table_memberships,
	staff_absences: m.settings_table_staff_absences,
	office_days: m.settings_table_office_days,
	escalation_ladders: m.settings_table_escalation_ladders,
	duty_shifts: m.settings_table_duty_shifts,
	task_rules: m.settings_table_task_rules,
	task_templates: m.settings_table_task_templates,
	task_series: m.settings_table_task_series,
	travel_notes: m.settings_table_travel_notes,
	cases: m.settings_table_cases,
	case_staff_details: m.settings_table_case_staff_details,
	case_contacts: m.settings_table_case_contacts,
	case_members: m.settings_table_case_members,
	case_medications: m.settings_table_case_medications,
	case_devices: m.settings_table_case_devices,
	case_plan_codes: m.settings_table_case_plan_codes,
	visit_series: m.settings_table_visit_series,
	visits: m.settings_table_visits,
	visit_offers: m.settings_table_visit_offers,
	offered_visits: m.settings_table_offered_visits,
	visit_records: m.settings_table_visit_records,
	record_signatures: m.settings_table_record_signatures,
	record_reviews: m.settings_table_record_reviews,
	measurements: m.settings_table_measurements,
	handover_notes: m.settings_table_handover_notes,
	household_codes: m.settings_table_household_codes,
	household_points: m.settings_table_household_points,
	visit_places: m.settings_table_visit_places,
	visit_remarks: m.settings_table_visit_remarks,
	case_consents: m.settings_table_case_consents,
	attachments: m.settings_table_attachments,
	emergencies: m.settings_table_emergencies,
	emergency_reporters: m.settings_table_emergency_reporters,
	emergency_actions: m.settings_table_emergency_actions,
	tasks: m.settings_table_tasks,
	task_comments: m.settings_table_task_comments,
	task_checks: m.settings_table_task_checks,
	messages: m.settings_table_messages,
	message_reads: m.settings_table_message_reads,
	questions: m.settings_table_questions,
	question_answers: m.settings_table_question_answers,
	message_pins: m.settings_table_message_pins,
	announcement_marks: m.settings_table_announcement_marks,
	emergency_receipts: m.settings_table_emergency_receipts,
	sightings: m.settings_table_sightings,
	notices: m.settings_table_notices,
	record_history: m.settings_table_record_history
};

export function tableName(table: TableName): string {
	return NAMES[table]();
}
