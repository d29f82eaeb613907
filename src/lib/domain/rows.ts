/** Row types of every synced table, as they travel and as they stand on the phone (snake_case like the SQL columns). */
import type { EmergencySeverity, EmergencyTables } from './emergency-rows.ts';
import type { ArrivalTables } from './arrival-rows.ts';
import type { CareListTables } from './care-list-rows.ts';
import type { HandoverNoteRow } from './handover-note-row.ts';
import type { PhotoTables } from './photo-rows.ts';
import type { QuestionTables } from './question-rows.ts';
import type { RecordTables } from './record-rows.ts';
import type { MessageTables } from './message-rows.ts';
import type { NoticeGroup, NoticeKind } from './notice-kind.ts';
import type { OfferedVisitRow, VisitOfferRow } from './offer-rows.ts';
import type { Severity } from './severity.ts';
import type { PlanningTables } from './planning-rows.ts';
import type { CircleRole, StaffRole } from './roles.ts';
import type { SyncedRow } from './synced-row.ts';
import type { TaskTables } from './task-rows.ts';
import type { TravelTables } from './travel-rows.ts';
import type { PersonLimits, VitalKind } from './vital-sign-types.ts';

export type {
	EmergencyAction,
	EmergencyActionRow,
	EmergencyReceiptRow,
	EmergencyRow,
	EmergencySeverity,
	EmergencyStatus
} from './emergency-rows.ts';
export type { HandoverNoteRow } from './handover-note-row.ts';
export type { AttachmentRow, CaseConsentRow } from './photo-rows.ts';
export type { QuestionAnswerRow, QuestionRow } from './question-rows.ts';
export type { RecordReviewRow, RecordSignatureRow } from './record-rows.ts';
export type { OfficeDayKind, OfficeDayRow, StaffAbsenceRow } from './planning-rows.ts';
export type {
	AnnouncementMarkRow,
	MessagePinRow,
	MessageReadRow,
	MessageRow
} from './message-rows.ts';
export type { NoticeKind } from './notice-kind.ts';
export type { OfferedVisitRow, VisitOfferRow } from './offer-rows.ts';
export type { CaseRole, CircleRole, StaffRole } from './roles.ts';
export type { SyncedRow } from './synced-row.ts';
export type { TaskRuleRow } from './task-rules.ts';
export type { TaskSeriesRow } from './task-series.ts';
export type { TaskTemplateRow } from './task-templates.ts';
export type { HandOn, TaskCheckRow, TaskCommentRow, TaskRow, TaskStatus } from './task-rows.ts';

export type Locale = 'zh-TW' | 'en';
export type Audience = 'circle' | 'staff' | 'restricted';
export type CaseStatus = 'active' | 'suspended' | 'closed';
export type LivingSituation = 'alone_listed' | 'alone_unlisted' | 'with_others';
export type VisitStatus = 'planned' | 'checked_in' | 'done' | 'no_answer' | 'missed' | 'cancelled';

/** One service code done in a visit, with the price of that day (NT$, whole). */
export interface DoneCode {
	readonly code: string;
	readonly quantity: number;
	readonly unit: string;
	readonly price_ntd: number | null;
}

/** A long-term-care agency: A = coordination, B = services, C = local station. */
export interface OrganizationRow extends SyncedRow {
	readonly name: string;
	readonly kind: 'A' | 'B' | 'C' | 'clinic';
	readonly phone: string | null;
	readonly duty_phone: string | null;
	readonly remote_area: boolean;
}

/** A signed-in person; id is auth.users.id. */
export interface ProfileRow extends SyncedRow {
	readonly display_name: string;
	readonly phone: string | null;
	readonly locale: Locale;
	/** AES-256 key, base64, for the files in which this person's unsent work leaves a phone. */
	readonly file_key: string;
	/** `HH:MM` in Taipei between which this person's phones stay quiet, but for emergencies; null = never. */
	readonly quiet_from: string | null;
	readonly quiet_until: string | null;
	/** What is not to be told on a phone. */
	readonly silent_groups: readonly NoticeGroup[];
	/** `HH:MM` in Taipei at which a family is told what the day has brought; null = never. */
	readonly digest_at: string | null;
}

/** Who works for which organisation, in which role. Ended, never erased. */
export interface MembershipRow extends SyncedRow {
	readonly org_id: string;
	readonly user_id: string;
	readonly role: StaffRole;
	readonly display_name: string;
	readonly title: string | null;
	readonly phone: string | null;
	readonly ended_at: string | null;
}

/** A care recipient. vital_limits: that person's own limits, set by a nurse (domain/vital-signs.ts PersonLimits). */
export interface CaseRow extends SyncedRow {
	readonly org_id: string;
	readonly name: string;
	readonly sex: 'female' | 'male' | 'other' | null;
	readonly born_on: string | null;
	readonly cms_level: number | null;
	readonly status: CaseStatus;
	readonly phone: string | null;
	readonly address: string | null;
	readonly village: string | null;
	readonly living_situation: LivingSituation | null;
	readonly conditions: readonly string[];
	readonly allergies: readonly string[];
	readonly alerts: readonly string[];
	readonly vital_limits: PersonLimits;
	readonly admitted_on: string | null;
	/** When the person last came home from hospital. Taipei day. */
	readonly discharged_on: string | null;
	readonly note: string | null;
	readonly audience: 'circle';
}

/** What only staff may see of a care recipient; id equals case_id. */
export interface CaseStaffDetailsRow extends SyncedRow {
	readonly case_id: string;
	readonly national_id: string | null;
	readonly copay_class: number | null;
	readonly staff_alerts: readonly string[];
	readonly household_note: string | null;
	readonly audience: 'staff';
}

/** People to call for a care recipient. */
export interface CaseContactRow extends SyncedRow {
	readonly case_id: string;
	readonly name: string;
	readonly relation: string | null;
	readonly phone: string | null;
	readonly is_primary: boolean;
	readonly note: string | null;
	readonly audience: 'circle' | 'staff';
}

/** The circle around one care recipient; crosses organisations. Ended, never erased. */
export interface CaseMemberRow extends SyncedRow {
	readonly case_id: string;
	readonly user_id: string;
	readonly role: CircleRole;
	readonly display_name: string;
	readonly org_name: string | null;
	readonly relation: string | null;
	readonly phone: string | null;
	/** From this instant on the place counts as ended; null: it stands. */
	readonly until_at: string | null;
	readonly ended_at: string | null;
	readonly audience: 'circle';
}

/** A repeating visit, ISO weekdays (1 = Monday), Taipei time; its visits are stored as dated rows. */
export interface VisitSeriesRow extends SyncedRow {
	readonly case_id: string;
	readonly worker_id: string | null;
	readonly weekdays: readonly number[];
	readonly interval_weeks: number;
	readonly starts_on: string;
	readonly until_on: string | null;
	readonly start_time: string;
	readonly duration_minutes: number;
	readonly planned_codes: readonly string[];
	readonly except_on: readonly string[];
	readonly note: string | null;
	readonly audience: 'circle';
}

/** One planned or done home visit. checked_in_at and checked_out_at are device times. */
export interface VisitRow extends SyncedRow {
	readonly case_id: string;
	readonly series_id: string | null;
	readonly worker_id: string | null;
	readonly worker_name: string | null;
	readonly starts_at: string;
	readonly ends_at: string;
	readonly status: VisitStatus;
	readonly planned_codes: readonly string[];
	readonly checked_in_at: string | null;
	readonly checked_out_at: string | null;
	readonly status_reason: string | null;
	readonly note: string | null;
	readonly audience: 'circle';
}

/** Append-only. done_codes: [{code, quantity, unit, price_ntd}] with the price of that day. A correction is a new row with corrects_id. */
export interface VisitRecordRow extends SyncedRow {
	readonly case_id: string;
	readonly visit_id: string | null;
	readonly done_codes: readonly DoneCode[];
	readonly appetite: string | null;
	readonly fluids_ml: number | null;
	readonly choking: string | null;
	readonly bowel: string | null;
	readonly urine: string | null;
	readonly skin: string | null;
	readonly mood: string | null;
	readonly sleep: string | null;
	readonly medication: string | null;
	readonly note: string | null;
	readonly corrects_id: string | null;
	readonly correction_reason: string | null;
	readonly author_name: string;
	readonly audience: 'circle' | 'staff';
}

/** Append-only vital signs. blood_pressure: value = systolic, value2 = diastolic, mmHg; temperature °C; glucose mg/dL; weight kg; spo2 %; pain NRS 0-10. */
export interface MeasurementRow extends SyncedRow {
	readonly case_id: string;
	readonly visit_id: string | null;
	readonly kind: VitalKind;
	readonly value: number;
	readonly value2: number | null;
	readonly severity: Severity;
	readonly measured_at: string;
	readonly context: string | null;
	readonly note: string | null;
	readonly corrects_id: string | null;
	readonly author_name: string;
	readonly audience: 'circle' | 'staff';
}

/** Who has seen a record on a lit screen, once a person. */
export interface SightingRow extends SyncedRow {
	readonly case_id: string;
	readonly subject_table: SeenTable;
	readonly subject_id: string;
	readonly user_id: string;
	readonly user_name: string;
	readonly user_role: string | null;
	readonly audience: Audience;
}

/** Tables whose rows say who has seen them; messages have read marks. */
export type SeenTable = 'visit_records' | 'emergencies' | 'tasks' | 'handover_notes';

/** What one person should hear of; made by the server only. Carries ids and codes, the text is composed on the phone. */
export interface NoticeRow extends SyncedRow {
	readonly user_id: string;
	readonly kind: NoticeKind;
	readonly case_id: string | null;
	readonly subject_table: string | null;
	readonly subject_id: string | null;
	readonly severity: EmergencySeverity | null;
	readonly data: Readonly<Record<string, unknown>>;
	readonly read_at: string | null;
}

/** Every value that lost: overwritten = an earlier value that a later edit replaced; proposal = a clinical value that waits for a person to decide. kept stands in the row, other does not. */
export interface RecordHistoryRow extends SyncedRow {
	readonly case_id: string | null;
	readonly table_name: string;
	readonly row_id: string;
	readonly field: string;
	readonly kept: unknown;
	readonly other: unknown;
	readonly kind: 'overwritten' | 'proposal';
	readonly decision: 'accepted' | 'declined' | null;
	readonly decided_by_name: string | null;
	readonly decided_at: string | null;
	readonly author_name: string | null;
	readonly mid: string | null;
	readonly audience: 'staff';
}

/** Every synced table with its row type. */
export interface Tables
	extends
		PhotoTables,
		RecordTables,
		CareListTables,
		PlanningTables,
		ArrivalTables,
		EmergencyTables,
		TaskTables,
		QuestionTables,
		MessageTables,
		TravelTables {
	organizations: OrganizationRow;
	profiles: ProfileRow;
	memberships: MembershipRow;
	cases: CaseRow;
	case_staff_details: CaseStaffDetailsRow;
	case_contacts: CaseContactRow;
	case_members: CaseMemberRow;
	visit_series: VisitSeriesRow;
	visits: VisitRow;
	visit_offers: VisitOfferRow;
	offered_visits: OfferedVisitRow;
	visit_records: VisitRecordRow;
	measurements: MeasurementRow;
	handover_notes: HandoverNoteRow;
	sightings: SightingRow;
	notices: NoticeRow;
	record_history: RecordHistoryRow;
}

export type TableName = keyof Tables;

export const TABLE_NAMES = [
	'organizations',
	'profiles',
	'memberships',
	'staff_absences',
	'office_days',
	'escalation_ladders',
	'duty_shifts',
	'task_rules',
	'task_templates',
	'travel_notes',
	'cases',
	'case_staff_details',
	'case_contacts',
	'case_members',
	'case_medications',
	'case_devices',
	'case_plan_codes',
	'visit_series',
	'visits',
	'visit_offers',
	'offered_visits',
	'visit_records',
	'record_signatures',
	'record_reviews',
	'measurements',
	'handover_notes',
	'household_codes',
	'household_points',
	'visit_places',
	'visit_remarks',
	'case_consents',
	'attachments',
	'emergencies',
	'emergency_reporters',
	'emergency_actions',
	'emergency_receipts',
	'tasks',
	'task_comments',
	'task_checks',
	'task_series',
	'messages',
	'message_reads',
	'questions',
	'question_answers',
	'message_pins',
	'announcement_marks',
	'sightings',
	'notices',
	'record_history'
] as const satisfies readonly TableName[];

/** A weak reference to a row of a synced table. */
export interface RowRef {
	readonly table: TableName;
	readonly id: string;
}
