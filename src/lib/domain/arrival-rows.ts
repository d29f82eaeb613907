/** The sheet at a household's door, what says that somebody was there, and what is said of when. */
import type { SyncedRow } from './synced-row.ts';

/** Append-only, staff only. The newest of a case counts. */
export interface HouseholdCodeRow extends SyncedRow {
	readonly case_id: string;
	/** SHA-256, hex, of the proof that the code gives (domain/household-code.ts). */
	readonly digest: string;
	readonly author_name: string;
	readonly audience: 'staff';
}

/** Append-only, staff only. Where a house is, measured by somebody who stood there; the newest of a case counts, one without a place takes it away. */
export interface HouseholdPointRow extends SyncedRow {
	readonly case_id: string;
	/** WGS 84, degrees. */
	readonly latitude: number | null;
	readonly longitude: number | null;
	/** Metres, 95 %. */
	readonly accuracy_m: number | null;
	readonly author_name: string;
	readonly audience: 'staff';
}

export type VisitStep = 'check_in' | 'check_out';

/** Append-only, staff only. Raises confidence and never refuses a visit. */
export interface VisitPlaceRow extends SyncedRow {
	readonly case_id: string;
	readonly visit_id: string;
	/** position: the phone compared where it is with where the house is; the others show the sheet's code. */
	readonly via: 'camera' | 'nfc' | 'typed' | 'position';
	/** Of a position: at what it was asked. */
	readonly step: VisitStep | null;
	/** Of a position: what came of asking. */
	readonly position: 'measured' | 'denied' | 'unavailable' | 'timeout' | null;
	/** Of a measured one, to the house; never where the phone was (domain/visit-position.ts). Metres. */
	readonly distance_m: number | null;
	readonly accuracy_m: number | null;
	/** Hex; only until the server has compared it, then null. */
	readonly proof: string | null;
	/** The server's; null until it has answered. older: of a sheet that had been renewed by then. differs: of no sheet of this household. */
	readonly verdict: 'matches' | 'older' | 'differs' | null;
	readonly author_name: string;
	readonly audience: 'staff';
}

export type LateReason = 'traffic' | 'visit_before' | 'called_away' | 'unwell' | 'other';

/** Append-only, staff only. What the worker says of the time of a visit; the visit keeps what was tapped. */
export interface VisitRemarkRow extends SyncedRow {
	readonly case_id: string;
	readonly visit_id: string;
	/** late: why it begins later than planned. times: when it really began and ended. */
	readonly kind: 'late' | 'times';
	readonly reason: LateReason | null;
	/** Of times, and of the reason `other`, always there. */
	readonly note: string | null;
	readonly checked_in_at: string | null;
	readonly checked_out_at: string | null;
	/** The earlier remark of the same kind that it replaces. */
	readonly corrects_id: string | null;
	readonly author_name: string;
	readonly audience: 'staff';
}

export interface ArrivalTables {
	household_codes: HouseholdCodeRow;
	household_points: HouseholdPointRow;
	visit_places: VisitPlaceRow;
	visit_remarks: VisitRemarkRow;
}
