/** What somebody notes of their journeys between visits, as it travels and as it stands on the phone. */
import type { SyncedRow } from './synced-row.ts';

export type TravelMeans = 'scooter' | 'car' | 'walk' | 'bus' | 'other';

/** Append-only. Seen by user_id while they work in org_id, and by its supervisors. */
export interface TravelNoteRow extends SyncedRow {
	readonly org_id: string;
	readonly user_id: string;
	readonly user_name: string;
	/** Taipei day. */
	readonly travelled_on: string;
	readonly means: TravelMeans;
	/** 0: of a correction only; takes the journey back. */
	readonly minutes: number;
	readonly km: number | null;
	readonly note: string | null;
	readonly from_visit_id: string | null;
	readonly to_visit_id: string | null;
	/** The first row of the journey that this corrects; the newest counts. */
	readonly corrects_id: string | null;
}

export interface TravelTables {
	travel_notes: TravelNoteRow;
}
