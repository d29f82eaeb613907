/** What a person takes, wears and is to get, as it travels and as it stands on the phone: medication list, tubes and devices, codes of the plan. */
import type { SyncedRow } from './synced-row.ts';

/** When on a day a medicine is taken. */
export type MedicationTime = 'morning' | 'noon' | 'evening' | 'bedtime' | 'as_needed';
export type MedicationRoute =
	'oral' | 'tube' | 'skin' | 'eye_ear' | 'inhaled' | 'injection' | 'other';
/** How it is taken; a care worker reminds, or fills the pill box as told (BA17e), and no more. */
export type MedicationHelp = 'self' | 'reminded' | 'pill_box' | 'family' | 'nurse';

/** A medicine as copied from its bag. Stopped, never erased; taken again, it is a new row. */
export interface CaseMedicationRow extends SyncedRow {
	readonly case_id: string;
	readonly name: string;
	readonly strength: string | null;
	readonly dose: string | null;
	readonly times: readonly MedicationTime[];
	readonly route: MedicationRoute | null;
	/** As on the bag: after meals, with water. */
	readonly directions: string | null;
	/** What it is for. */
	readonly reason: string | null;
	/** Whose bag it was copied from: hospital or clinic, and doctor. */
	readonly prescriber: string | null;
	/** The day that the bag bears. */
	readonly bag_on: string | null;
	readonly starts_on: string | null;
	readonly ends_on: string | null;
	readonly help: MedicationHelp | null;
	readonly note: string | null;
	readonly ended_at: string | null;
	readonly end_reason: string | null;
	readonly ended_by_name: string | null;
	readonly author_name: string;
	readonly audience: 'circle';
}

/** A tube or a device; kind is a code of domain/device-kinds.ts. Ended, never erased. */
export interface CaseDeviceRow extends SyncedRow {
	readonly case_id: string;
	readonly kind: string;
	readonly size: string | null;
	/** The day on which it was put in, or changed last. */
	readonly placed_on: string | null;
	readonly change_due_on: string | null;
	/** By whom and where it was changed. */
	readonly changed_by: string | null;
	readonly note: string | null;
	readonly ended_at: string | null;
	readonly end_reason: string | null;
	readonly ended_by_name: string | null;
	readonly author_name: string;
	readonly audience: 'circle';
}

/** 核定項目: one service code of the approved plan. Ended, never erased; another code is a row of its own. */
export interface CasePlanCodeRow extends SyncedRow {
	readonly case_id: string;
	/** Of domain/service-codes.ts. */
	readonly code: string;
	/** In units of the code; of codes that are paid by the set, visits. */
	readonly units_month: number | null;
	/** Visits. One of the two is always there. */
	readonly times_week: number | null;
	/** Taipei days, both included. */
	readonly valid_from: string;
	readonly valid_until: string | null;
	/** Who carries it out 承接單位. */
	readonly provider: string | null;
	readonly note: string | null;
	readonly ended_at: string | null;
	readonly end_reason: string | null;
	readonly ended_by_name: string | null;
	readonly author_name: string;
	readonly audience: 'circle';
}

/** The synced tables of this file. */
export interface CareListTables {
	case_medications: CaseMedicationRow;
	case_devices: CaseDeviceRow;
	case_plan_codes: CasePlanCodeRow;
}
