/** The office's calendar: which days are holidays, and which weekends are worked 補班. It says so to who plans, and forbids nothing. */
import { derivedUuid } from './ids.ts';
import type { OfficeDayKind } from './planning-rows.ts';
import { weekdayOf } from './taiwan-dates.ts';

/** By Taipei day; a day that is as its weekday says has no entry, unless it has a name. */
export type OfficeCalendar = ReadonlyMap<string, OfficeDay>;

export interface OfficeDay {
	readonly kind: Exclude<OfficeDayKind, 'none'>;
	readonly name: string | null;
}

/** The same on every phone: a day of an organisation is one row. */
export function officeDayId(orgId: string, day: string): string {
	return derivedUuid('office_day', orgId, day);
}

export function isWeekend(day: string): boolean {
	return weekdayOf(day) >= 6;
}

/** A calendar lists every day; those are kept of which the weekday does not tell, and those with a name. */
export function isWorthKeeping(day: string, { kind, name }: OfficeDay): boolean {
	return name !== null || (kind === 'holiday') !== isWeekend(day);
}

/** Of these days, each once and in order, those that are a holiday with a name or out of turn: a common weekend is planned knowingly. */
export function holidaysAmong(
	days: readonly string[],
	calendar: OfficeCalendar
): { readonly day: string; readonly name: string | null }[] {
	return [...new Set(days)].sort().flatMap((day) => {
		const entry = calendar.get(day);
		return entry?.kind === 'holiday' ? [{ day, name: entry.name }] : [];
	});
}
