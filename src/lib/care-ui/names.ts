/** The words for roles, states and codes, in the user's language. A code that this release does not know is shown as it is. */
import type { VisitField } from '#lib/domain/visit-options.ts';
import type { VitalKind } from '#lib/domain/vital-sign-types.ts';
import { m } from '#lib/paraglide/messages.js';
import { word, type Words } from './state-names.ts';

const ROLES = {
	worker: m.care_role_worker,
	nurse: m.care_role_nurse,
	therapist: m.care_role_therapist,
	dietitian: m.care_role_dietitian,
	pharmacist: m.care_role_pharmacist,
	social_worker: m.care_role_social_worker,
	care_manager: m.care_role_care_manager,
	supervisor: m.care_role_supervisor,
	family: m.care_role_family
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
export const sexName = (sex: string): string => word(SEXES, sex);
export const caseStatusName = (status: string): string => word(CASE_STATUSES, status);
export const livingName = (living: string): string => word(LIVING, living);
export const audienceName = (audience: string): string => word(AUDIENCES, audience);
export const vitalName = (kind: string): string => word(VITALS, kind);
/** A metric is one number of a reading: a blood pressure has two. */
export const metricName = (metric: string): string => word(METRICS, metric);

/** What a visit record observes: eating, mood, … */
export const visitFieldName = (field: string): string => word(VISIT_FIELD_NAMES, field);
