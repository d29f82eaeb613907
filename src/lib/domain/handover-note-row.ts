/** A hand-over note 交班, as it travels and as it stands on the phone. */
import type { SyncedRow } from './synced-row.ts';

/** Append-only, staff only: what one shift hands over to the next, in the four parts of SBAR. A correction is a new row with corrects_id. */
export interface HandoverNoteRow extends SyncedRow {
	readonly case_id: string;
	readonly situation: string;
	readonly background: string;
	readonly assessment: string;
	readonly recommendation: string;
	/** Instants between which the note tells of what happened, by the writer's clock. */
	readonly covers_from: string;
	readonly covers_until: string;
	readonly corrects_id: string | null;
	readonly author_name: string;
	readonly audience: 'staff';
}
