/** Rows of emergency reports: the report, the steps people took on it, and who was told (which the engine alone writes). */
import type { Ladder } from './duty-rows.ts';
import type { Severity } from './severity.ts';
import type { SyncedRow } from './synced-row.ts';

export type EmergencyStatus = 'open' | 'acknowledged' | 'acting' | 'closed';
export type EmergencyAction =
	'acknowledge' | 'act' | 'note' | 'raise' | 'notify' | 'close' | 'reopen';
export type EmergencySeverity = Exclude<Severity, 'none'>;

/** An incident report. What was reported never changes; status moves by named transitions, each with a row in emergency_actions. In a restricted one created_by and reporter_name stay empty; the reporter stands in emergency_reporters. */
export interface EmergencyRow extends SyncedRow {
	readonly case_id: string;
	readonly incident_type: string;
	readonly severity: EmergencySeverity;
	/** As reported, set by the server; severity may be raised later. */
	readonly reported_severity: EmergencySeverity | null;
	readonly occurred_at: string;
	readonly description: string | null;
	readonly status: EmergencyStatus;
	readonly reporter_name: string | null;
	readonly acknowledged_at: string | null;
	readonly acknowledged_by_name: string | null;
	readonly closed_at: string | null;
	readonly closed_by_name: string | null;
	readonly outcome: string | null;
	readonly measurement_id: string | null;
	/** Null until the engine has told somebody. */
	readonly alarm_state: AlarmState | null;
	/** Step of the ladder that was rung last, from 0. */
	readonly alarm_step: number | null;
	/** When the next step is due. */
	readonly alarm_next_at: string | null;
	/** The order by which it rings, as it stood when it began to. */
	readonly alarm_ladder: Ladder | null;
	readonly audience: 'circle' | 'staff' | 'restricted';
}

/** Who reported a restricted emergency; only the organisation's supervisors see it (老人福利法 §43 and the other three acts keep the reporter secret). */
export interface EmergencyReporterRow extends SyncedRow {
	readonly emergency_id: string;
	readonly org_id: string;
	readonly reporter_id: string;
	readonly reporter_name: string;
}

/** Append-only: who heard, who did what, who closed. */
export interface EmergencyActionRow extends SyncedRow {
	readonly case_id: string;
	readonly emergency_id: string;
	readonly action: EmergencyAction;
	readonly severity: EmergencySeverity | null;
	readonly note: string | null;
	readonly author_name: string;
	readonly audience: 'circle' | 'staff' | 'restricted';
}

/** ringing: somebody is being told, step after step · answered: a person has answered · exhausted: nobody has, and nobody is told any more. */
export type AlarmState = 'ringing' | 'answered' | 'exhausted';
/** accepted: the push service has it · shown, opened: the phone says so. Never goes back. */
export type ReceiptState = 'queued' | 'accepted' | 'shown' | 'opened' | 'failed' | 'dropped';
export type ReceiptReason =
	'no_device' | 'no_phone' | 'gone' | 'refused' | 'unreachable' | 'answered_first' | 'told_again';

/** How far one person was told, by one channel, in one step. */
export interface EmergencyReceiptRow extends SyncedRow {
	readonly case_id: string;
	readonly emergency_id: string;
	readonly user_id: string;
	readonly user_name: string;
	readonly user_role: string | null;
	/** Counted from the report on, over all its ladders. */
	readonly step: number;
	readonly channel: 'push' | 'second';
	readonly state: ReceiptState;
	readonly reason: ReceiptReason | null;
	readonly queued_at: string;
	readonly accepted_at: string | null;
	readonly shown_at: string | null;
	readonly opened_at: string | null;
	readonly failed_at: string | null;
	readonly audience: 'circle' | 'staff' | 'restricted';
}

export interface EmergencyTables {
	emergencies: EmergencyRow;
	emergency_reporters: EmergencyReporterRow;
	emergency_actions: EmergencyActionRow;
	emergency_receipts: EmergencyReceiptRow;
}
