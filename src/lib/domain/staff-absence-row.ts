/** An absence, as it travels and as it stands on the phone. */
import type { SyncedRow } from './synced-row.ts';

/** That somebody of an organisation does not come, from starts_at until ends_at (not included). Never why. ended_at: taken back, or back at work, from then on. */
export interface StaffAbsenceRow extends SyncedRow {
	readonly org_id: string;
	readonly user_id: string;
	readonly starts_at: string;
	readonly ends_at: string;
	readonly ended_at: string | null;
}
