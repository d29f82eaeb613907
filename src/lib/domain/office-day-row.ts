/** A day of the office's calendar, as it travels and as it stands on the phone. */
import type { SyncedRow } from './synced-row.ts';

/** holiday: offices are closed · workday 補班: they are open on a weekend · none: as any other day again. */
export type OfficeDayKind = 'holiday' | 'workday' | 'none';

/** One row a day of an organisation, for days that are otherwise than their weekday says or that have a name. */
export interface OfficeDayRow extends SyncedRow {
	readonly org_id: string;
	/** Taipei day. */
	readonly day: string;
	readonly kind: OfficeDayKind;
	/** As the calendar calls it, 中秋節; null when it does not. */
	readonly name: string | null;
}
