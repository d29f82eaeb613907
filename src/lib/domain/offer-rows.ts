/** Rows of offers: what the staff of the case see, and what the asked person sees. */
import type { DeclineReason, OfferStatus } from './offers.ts';
import type { SyncedRow } from './synced-row.ts';

/** That a colleague is asked to make a visit, until expires_at by the server's clock. */
export interface VisitOfferRow extends SyncedRow {
	readonly case_id: string;
	readonly visit_id: string;
	readonly org_id: string;
	readonly user_id: string;
	readonly user_name: string;
	readonly offered_by_name: string;
	/** Who was to go when it was asked. */
	readonly instead_of: string | null;
	readonly starts_at: string;
	readonly ends_at: string;
	readonly expires_at: string;
	readonly status: OfferStatus;
	readonly decline_reason: DeclineReason | null;
	readonly answered_at: string | null;
	readonly audience: 'staff';
}

/** An offer as the asked person sees it, with the same id; made by the server. Never whose visit it is. */
export interface OfferedVisitRow extends SyncedRow {
	readonly user_id: string;
	readonly org_id: string;
	readonly visit_id: string;
	readonly village: string | null;
	readonly planned_codes: readonly string[];
	readonly offered_by_name: string;
	readonly starts_at: string;
	readonly ends_at: string;
	readonly expires_at: string;
	readonly status: OfferStatus;
}
