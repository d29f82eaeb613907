/** What stands on this phone in a time for which visits are planned, as it changes. */
import { live } from '#lib/db/live.svelte.ts';
import type { StorageError } from '#lib/db/storage-error.ts';
import { absencesFrom } from '#lib/db/queries/absences.ts';
import { boardDirectory, boardVisits } from '#lib/db/queries/board.ts';
import { officeCalendar } from '#lib/db/queries/office-days.ts';
import { addDays, startOfDay } from '#lib/domain/taiwan-dates.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import type { RepeatGround } from './repeat-plan.ts';

/** @param span Taipei days, both included */
export function repeatGround(
	ws: Workspace,
	span: () => { readonly fromDay: string; readonly toDay: string }
): { readonly current: RepeatGround | undefined; readonly error: StorageError | null } {
	const directory = live(() =>
		boardDirectory(
			ws.db,
			ws.me.memberships.map(({ orgId }) => orgId)
		)
	);
	// A visit may begin the day before, and a journey lead to the day after.
	const visits = live(() =>
		boardVisits(ws.db, { fromDay: addDays(span().fromDay, -1), toDay: addDays(span().toDay, 1) })
	);
	const absences = live(() => absencesFrom(ws.db, startOfDay(span().fromDay)));
	const calendar = live(() => officeCalendar(ws.db));
	return {
		get current() {
			return directory.current && visits.current && absences.current && calendar.current
				? {
						me: ws.me,
						visits: visits.current,
						absences: absences.current,
						directory: directory.current,
						calendar: calendar.current
					}
				: undefined;
		},
		get error() {
			return directory.error ?? visits.error ?? absences.error ?? calendar.error;
		}
	};
}
