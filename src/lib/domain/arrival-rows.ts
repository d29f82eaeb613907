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

/** Append-only, staff only. Raises confidence and never refuses a visit. */
export interface VisitPlaceRow extends SyncedRow {
	readonly case_id: string;
	readonly visit_id: string;
	readonly via: 'camera' | 'nfc' | 'typed';
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
	visit_places: VisitPlaceRow;
	visit_remarks: VisitRemarkRow;
}
