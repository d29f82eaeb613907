/** The weekly care table 照顧日程: who comes when for what, as rows of times and columns of days. */
import type { VisitRow } from './rows.ts';
import { addDays, taipeiDay, taipeiTime } from './taiwan-dates.ts';

export interface WeekTable {
	/** Monday to Sunday. */
	readonly days: readonly string[];
	readonly rows: readonly {
		/** HH:MM, Taipei. */
		readonly time: string;
		/** One list a day; several when two come at once. */
		readonly cells: readonly (readonly VisitRow[])[];
	}[];
}

/**
 * Visits that start in the week, each in the row of its time; a cancelled one is left out, for nobody comes.
 * @param monday Taipei day with which the week begins
 */
export function weekTable(visits: readonly VisitRow[], monday: string): WeekTable {
	const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
	const coming = visits.filter(
		(visit) => visit.status !== 'cancelled' && days.includes(taipeiDay(visit.starts_at))
	);
	const times = [...new Set(coming.map((visit) => taipeiTime(visit.starts_at)))].sort();
	return {
		days,
		rows: times.map((time) => ({
			time,
			cells: days.map((day) =>
				coming.filter(
					({ starts_at }) => taipeiDay(starts_at) === day && taipeiTime(starts_at) === time
				)
			)
		}))
	};
}
