/** What a calendar changes in the days that stand, and the one act that stores it. */
import { officeDayId, type OfficeDay } from '#lib/domain/office-days.ts';
import type { OfficeDayKind, OfficeDayRow } from '#lib/domain/rows.ts';
import type { CalendarDay } from '#lib/intake/office-calendar.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

export interface CalendarChanges {
	/** Days that are new or otherwise than they stand. */
	readonly changed: readonly CalendarDay[];
	/** How many stand as the calendar has them. */
	readonly same: number;
	/** Days of the calendar's time that stand and that it does not name: somebody entered them by hand, and they stay. */
	readonly own: readonly OfficeDayRow[];
}

export function calendarChanges(
	{
		days,
		fromDay,
		toDay
	}: { readonly days: readonly CalendarDay[]; readonly fromDay: string; readonly toDay: string },
	standing: readonly OfficeDayRow[]
): CalendarChanges {
	const byDay = new Map(standing.map((row) => [row.day, row]));
	const named = new Set(days.map(({ day }) => day));
	const changed = days.filter(({ day, kind, name }) => {
		const row = byDay.get(day);
		return row?.kind !== kind || row.name !== name;
	});
	return {
		changed,
		same: days.length - changed.length,
		own: standing.filter(
			({ day, kind }) => kind !== 'none' && day >= fromDay && day <= toDay && !named.has(day)
		)
	};
}

export async function setDays(
	ws: Workspace,
	orgId: string,
	days: readonly {
		readonly day: string;
		readonly kind: OfficeDayKind;
		readonly name: OfficeDay['name'];
	}[]
): Promise<readonly string[]> {
	const { mids } = await ws.commitAll(
		days.map(({ day, kind, name }) => ({
			name: 'office_day.set' as const,
			args: { row: { id: officeDayId(orgId, day), org_id: orgId, day, kind, name } }
		})),
		{ holdMs: undoMs }
	);
	return mids;
}
