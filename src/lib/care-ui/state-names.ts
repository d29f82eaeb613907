/**
 * The words for states, severities and incidents: those of the names (names.ts) that stand on Today. What Today imports comes with the first
 * load, so that the other names are not here.
 */
import { INCIDENT_TYPES } from '#lib/domain/incident-types.ts';
import type { Severity } from '#lib/domain/severity.ts';
import type { EmergencyStatus, TaskStatus } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { VisitState } from './visit-state.ts';

export type Words<Code extends string> = Readonly<Record<Code, () => string>>;

const SEVERITIES: Words<Severity> = {
	red: m.care_severity_red,
	orange: m.care_severity_orange,
	yellow: m.care_severity_yellow,
	none: m.care_severity_none
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
	declined: m.care_task_declined,
	expired: m.care_task_expired
};

const EMERGENCY_STATUSES: Words<EmergencyStatus> = {
	open: m.care_emergency_open,
	acknowledged: m.care_emergency_acknowledged,
	acting: m.care_emergency_acting,
	closed: m.care_emergency_closed
};

export const severityName = (severity: string): string => word(SEVERITIES, severity);
export const visitStateName = (state: string): string => word(VISIT_STATES, state);
export const taskStatusName = (status: string): string => word(TASK_STATUSES, status);
export const emergencyStatusName = (status: string): string => word(EMERGENCY_STATUSES, status);

export function incidentName(code: string): string {
	const type = INCIDENT_TYPES.find((candidate) => candidate.code === code);
	return type ? localName(type) : code;
}

/** The name of a row of a code table (service code, incident type, visit option). */
export function localName(entry: { readonly nameZh: string; readonly nameEn: string }): string {
	return getLocale() === 'en' ? entry.nameEn : entry.nameZh;
}

/** A code that this release does not know is shown as it is. */
export function word(words: Readonly<Record<string, () => string>>, code: string): string {
	return Object.hasOwn(words, code) ? (words[code]?.() ?? code) : code;
}
