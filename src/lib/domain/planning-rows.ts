/** What planning goes by besides visits, as it travels and as it stands on the phone: absences, the office's calendar, who is on duty. */
import type { DutyTables } from './duty-rows.ts';
import type { SyncedRow } from './synced-row.ts';

/** That somebody of an organisation does not come, from starts_at until ends_at (not included). Never why. ended_at: taken back, or back at work, from then on. */
export interface StaffAbsenceRow extends SyncedRow {
	readonly org_id: string;
	readonly user_id: string;
	readonly starts_at: string;
	readonly ends_at: string;
	readonly ended_at: string | null;
}

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

export interface PlanningTables extends DutyTables {
	staff_absences: StaffAbsenceRow;
	office_days: OfficeDayRow;
}
