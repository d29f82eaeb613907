/** What all synced rows have in common. */

/** Columns that every synced row carries; the server sets all but id, recorded_at and clock_offset_ms. */
export interface SyncedRow {
	readonly id: string;
	/** 0 while only this phone has the row. */
	readonly bucket_id: number;
	/** 0 while only this phone has the row. */
	readonly seq: number;
	/** ISO instant the row is about, or 'infinity' while it must stay on every phone. */
	readonly relevant_at: string;
	readonly created_by: string | null;
	/** Device time: a claim. */
	readonly recorded_at: string | null;
	/** Device clock minus server clock when it was last measured, milliseconds. */
	readonly clock_offset_ms: number | null;
	/** Server time; null while only this phone has the row. */
	readonly received_at: string | null;
	readonly deleted_at: string | null;
}
