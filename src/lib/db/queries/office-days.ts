/** The office's calendar of the organisations on this phone. */
import type { OfficeCalendar, OfficeDay } from '#lib/domain/office-days.ts';
import type { OfficeDayRow } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { isKept } from './kept.ts';

/** Days that are otherwise than their weekday, of all organisations together: a holiday of one is worth a word to who plans for both. */
export async function officeCalendar(db: LocalDb): Promise<OfficeCalendar> {
	const rows = await db.office_days.toArray();
	return new Map(
		rows
			.filter(isKept)
			.flatMap(({ day, kind, name }): [string, OfficeDay][] =>
				kind === 'none' ? [] : [[day, { kind, name }]]
			)
	);
}

/** Of one organisation, in order of days; those that were taken out too. */
export async function officeDaysOf(db: LocalDb, orgId: string): Promise<OfficeDayRow[]> {
	const rows = await db.office_days.toArray();
	return rows
		.filter((row) => row.org_id === orgId && isKept(row))
		.sort((a, b) => a.day.localeCompare(b.day));
}
