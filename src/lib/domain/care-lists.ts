/** Rules of the medication list and of tubes and devices: what is new to somebody, which names look alike, when a change is due. */
import type { CaseDeviceRow, CaseMedicationRow, CasePlanCodeRow } from './care-list-rows.ts';
import type { RecordHistoryRow } from './rows.ts';
import { addDays, daysBetween } from './taiwan-dates.ts';
import { foldText } from './text.ts';

export type ListNews = 'added' | 'changed' | 'ended';

type Listed = Pick<
	CaseMedicationRow | CaseDeviceRow | CasePlanCodeRow,
	'id' | 'created_by' | 'received_at' | 'ended_at'
>;

/**
 * What happened to a row after an instant that somebody else than this person did: they have not seen it yet. The server's time counts,
 * for what was entered without a signal before one's visit arrived after it.
 * @param since ISO instant of one's last visit; null when there was none: then all is new, and nothing is marked
 */
export function listNews(
	row: Listed,
	history: readonly Pick<RecordHistoryRow, 'row_id' | 'kind' | 'created_by' | 'received_at'>[],
	{ since, userId }: { readonly since: string | null; readonly userId: string }
): ListNews | null {
	if (since === null) return null;
	if (row.ended_at !== null) return row.ended_at > since ? 'ended' : null;
	if (isLater(row.received_at, since)) return row.created_by === userId ? null : 'added';
	const isChanged = history.some(
		(entry) =>
			entry.row_id === row.id &&
			entry.kind === 'overwritten' &&
			entry.created_by !== userId &&
			isLater(entry.received_at, since)
	);
	return isChanged ? 'changed' : null;
}

/**
 * The allergy that has the same name as a medicine, or a name that holds it; null when none has. Letters are compared and nothing
 * else: another name of the same substance is not found, so its absence says nothing.
 */
export function allergyNamed(medicine: string, allergies: readonly string[]): string | null {
	const name = comparable(medicine);
	if (name.length < SHORTEST_NAME) return null;
	const found = allergies.find((allergy) => {
		const other = comparable(allergy);
		if (other.length < SHORTEST_NAME) return false;
		return name.includes(other) || other.includes(name);
	});
	return found ?? null;
}

/** Days until a change is due, negative when it is overdue; null when no day was said. */
export function daysUntilChange(
	device: Pick<CaseDeviceRow, 'change_due_on'>,
	today: string
): number | null {
	return device.change_due_on === null ? null : daysBetween(today, device.change_due_on);
}

/**
 * The day on which a change made on `changedOn` is due again if the interval stays what it was: the days between the last change and
 * its due day, as a person entered them. Null when they are not known: no interval is made up here.
 */
export function sameIntervalDue(
	device: Pick<CaseDeviceRow, 'placed_on' | 'change_due_on'>,
	changedOn: string
): { readonly dueOn: string; readonly days: number } | null {
	if (device.placed_on === null || device.change_due_on === null) return null;
	const days = daysBetween(device.placed_on, device.change_due_on);
	return days > 0 ? { dueOn: addDays(changedOn, days), days } : null;
}

/** One character is in too many names. */
const SHORTEST_NAME = 2;

function comparable(name: string): string {
	return foldText(name).replace(/[\s\p{P}]+/gu, '');
}

function isLater(instant: string | null, since: string): boolean {
	return instant !== null && Date.parse(instant) > Date.parse(since);
}
