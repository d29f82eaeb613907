/** Who is told of an emergency, as it travels and as it stands on the phone: ladders and the duty roster of an organisation. */
import type { EmergencySeverity } from './rows.ts';
import type { SyncedRow } from './synced-row.ts';

/** circle: its staff · nurses, managers: those of the circle · supervisors: of the organisation that holds the case · duty: on duty now. */
export type LadderGroup = 'circle' | 'family' | 'nurses' | 'managers' | 'duty' | 'supervisors';

export interface LadderStep {
	/** Minutes since the report; the first is 0, none is before the one above it. */
	readonly after: number;
	readonly to: readonly LadderGroup[];
	/** Users who are told whatever their role. */
	readonly people?: readonly string[];
	/** By the second channel (SMS, LINE, voice) as well. */
	readonly second?: boolean;
}

export interface Ladder {
	readonly steps: readonly LadderStep[];
	/** Minutes between repeats of the last step. */
	readonly repeat_minutes: number;
	readonly repeats: number;
}

/** Of an organisation (case_id null) or of one of its cases. Not active: the organisation's holds, else the built-in one. */
export interface EscalationLadderRow extends SyncedRow, Ladder {
	readonly org_id: string;
	readonly case_id: string | null;
	readonly severity: EmergencySeverity;
	readonly active: boolean;
}

/** Somebody is on duty, each week, Taipei time. An end that is not after the start is past midnight. */
export interface DutyShiftRow extends SyncedRow {
	readonly org_id: string;
	readonly user_id: string;
	readonly user_name: string;
	/** ISO weekdays on which it begins, 1 = Monday. */
	readonly weekdays: readonly number[];
	/** On a holiday of the office's calendar only such shifts run. */
	readonly on_holidays: boolean;
	/** HH:MM, or HH:MM:SS as the server writes it. */
	readonly starts_at_time: string;
	readonly ends_at_time: string;
	/** Taipei days on which it begins, first and last. */
	readonly valid_from: string;
	readonly valid_until: string | null;
	readonly note: string | null;
}

export interface DutyTables {
	escalation_ladders: EscalationLadderRow;
	duty_shifts: DutyShiftRow;
}
