/** The words for roles, states and codes, in the user's language. A code that this release does not know is shown as it is. */
import { INCIDENT_TYPES } from '#lib/domain/incident-types.ts';
import type { Severity } from '#lib/domain/severity.ts';
import type { EmergencyStatus, TaskStatus } from '#lib/domain/rows.ts';
import type { VisitField } from '#lib/domain/visit-options.ts';
import type { VitalKind } from '#lib/domain/vital-sign-types.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { VisitState } from './visit-state.ts';

type Words<Code extends string> = Readonly<Record<Code, () => string>>;

const ROLES = {
	worker: m.care_role_worker,
	nurse: m.care_role_nurse,
	therapist: m.care_role_therapist,
	dietitian: m.care_role_dietitian,
	social_worker: m.care_role_social_worker,
	care_manager: m.care_role_care_manager,
	supervisor: m.care_role_supervisor,
	family: m.care_role_family
};

const SEVERITIES: Words<Severity> = {
	red: m.care_severity_red,
	orange: m.care_severity_orange,
	yellow: m.care_severity_yellow,
	none: m.care_severity_none
};

const SEXES = { female: m.care_sex_female, male: m.care_sex_male, other: m.care_sex_other };

const CASE_STATUSES = {
	active: m.care_case_status_active,
	suspended: m.care_case_status_suspended,
	closed: m.care_case_status_closed
};

const LIVING = {
	alone_listed: m.care_living_alone_listed,
	alone_unlisted: m.care_living_alone_unlisted,
	with_others: m.care_living_with_others
};

const AUDIENCES = {
	circle: m.care_audience_circle,
	staff: m.care_audience_staff,
	restricted: m.care_audience_restricted,
	organization: m.care_audience_organization
};

const VISIT_STATES: Words<VisitState> = {
	planned: m.care_visit_planned,
	late: m.care_visit_late,
	checked_in: m.care_visit_checked_in,
	done: m.care_visit_done,
	no_answer: m.care_visit_no_answer,
	missed: m.care_visit_missed,
	cancelled: m.care_visit_cancelled
};

const TASK_STATUSES: Words<TaskStatus> = {
	open: m.care_task_open,
	accepted: m.care_task_accepted,
	doing: m.care_task_doing,
	done: m.care_task_done,
	declined: m.care_task_declined
};

const EMERGENCY_STATUSES: Words<EmergencyStatus> = {
	open: m.care_emergency_open,
	acknowledged: m.care_emergency_acknowledged,
	acting: m.care_emergency_acting,
	closed: m.care_emergency_closed
};

const VITALS: Words<VitalKind> = {
	blood_pressure: m.care_vital_blood_pressure,
	pulse: m.care_vital_pulse,
	temperature: m.care_vital_temperature,
	respiration: m.care_vital_respiration,
	spo2: m.care_vital_spo2,
	glucose: m.care_vital_glucose,
	weight: m.care_vital_weight,
	pain: m.care_vital_pain
};

const METRICS = {
	...VITALS,
	sbp: m.care_metric_sbp,
	dbp: m.care_metric_dbp
};

const VISIT_FIELD_NAMES: Words<VisitField> = {
	appetite: m.visits_appetite,
	choking: m.visits_choking,
	bowel: m.visits_bowel,
	urine: m.visits_urine,
	skin: m.visits_skin,
	mood: m.visits_mood,
	sleep: m.visits_sleep,
	medication: m.visits_medication
};

export const roleName = (role: string): string => word(ROLES, role);
export const severityName = (severity: string): string => word(SEVERITIES, severity);
export const sexName = (sex: string): string => word(SEXES, sex);
export const caseStatusName = (status: string): string => word(CASE_STATUSES, status);
export const livingName = (living: string): string => word(LIVING, living);
export const audienceName = (audience: string): string => word(AUDIENCES, audience);
export const visitStateName = (state: string): string => word(VISIT_STATES, state);
export const taskStatusName = (status: string): string => word(TASK_STATUSES, status);
export const emergencyStatusName = (status: string): string => word(EMERGENCY_STATUSES, status);
export const vitalName = (kind: string): string => word(VITALS, kind);
/** A metric is one number of a reading: a blood pressure has two. */
export const metricName = (metric: string): string => word(METRICS, metric);

/** What a visit record observes: eating, mood, … */
export const visitFieldName = (field: string): string => word(VISIT_FIELD_NAMES, field);

export function incidentName(code: string): string {
	const type = INCIDENT_TYPES.find((candidate) => candidate.code === code);
	return type ? localName(type) : code;
}

/** The name of a row of a code table (service code, incident type, visit option). */
export function localName(entry: { readonly nameZh: string; readonly nameEn: string }): string {
	return getLocale() === 'en' ? entry.nameEn : entry.nameZh;
}

function word(words: Readonly<Record<string, () => string>>, code: string): string {
	return Object.hasOwn(words, code) ? (words[code]?.() ?? code) : code;
}
