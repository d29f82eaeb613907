/** What a supervisor does with the duty roster, each one intent that can be taken back. */
import type { DutyShiftRow } from '#lib/domain/duty-rows.ts';
import { addDays } from '#lib/domain/taiwan-dates.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

/** What of a shift can be changed; another person is a shift of its own. */
export type ShiftValues = Pick<
	DutyShiftRow,
	| 'weekdays'
	| 'on_holidays'
	| 'starts_at_time'
	| 'ends_at_time'
	| 'valid_from'
	| 'valid_until'
	| 'note'
>;

export async function addShift(
	ws: Workspace,
	who: { readonly orgId: string; readonly userId: string; readonly name: string },
	values: ShiftValues
): Promise<readonly string[]> {
	const row = {
		id: ws.newId(),
		org_id: who.orgId,
		user_id: who.userId,
		user_name: who.name,
		...values
	};
	const { mid } = await ws.commit('duty.add', { row }, { holdMs: undoMs });
	return [mid];
}

/** Nothing is sent when nothing is otherwise. */
export async function changeShift(
	ws: Workspace,
	shift: DutyShiftRow,
	values: ShiftValues
): Promise<readonly string[]> {
	const patch = shiftPatch(shift, values);
	if (Object.keys(patch).length === 0) return [];
	const { mid } = await ws.commit('duty.change', { id: shift.id, patch }, { holdMs: undoMs });
	return [mid];
}

/** Not from today on; one that has not begun never does. */
export async function endShift(
	ws: Workspace,
	shift: DutyShiftRow,
	today: string
): Promise<readonly string[]> {
	return await changeShift(ws, shift, { ...shift, valid_until: lastDay(shift, today) });
}

/** The last day that a shift has when it ends now. */
export function lastDay({ valid_from }: DutyShiftRow, today: string): string {
	return addDays(valid_from > today ? valid_from : today, -1);
}

export function shiftPatch(
	shift: DutyShiftRow,
	values: ShiftValues
): Record<string, readonly [unknown, unknown]> {
	const fields = {
		weekdays: values.weekdays,
		on_holidays: values.on_holidays,
		starts_at_time: values.starts_at_time,
		ends_at_time: values.ends_at_time,
		valid_from: values.valid_from,
		valid_until: values.valid_until,
		note: values.note
	};
	return Object.fromEntries(
		Object.entries(fields)
			.map(([field, value]) => [field, [shift[field as keyof ShiftValues], value]] as const) // the keys of `fields`, just above
			.filter(([, [was, now]]) => plain(was) !== plain(now))
	);
}

/** The server writes 18:00 as 18:00:00. */
function plain(value: unknown): string {
	return JSON.stringify(value).replace(/^"(\d{2}:\d{2}):00"$/, '"$1"');
}
