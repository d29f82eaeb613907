/** The board's days in its address, so that a reload or a shared link keeps them. */
import { addDays, isDay, startOfWeek } from '#lib/domain/taiwan-dates.ts';

export interface BoardAddress {
	/** A Monday. */
	readonly fromDay: string;
	readonly weeks: 1 | 2;
}

/** What is missing or mistyped falls back on this week. */
export function readBoardAddress(params: URLSearchParams, today: string): BoardAddress {
	const day = params.get('day');
	return {
		fromDay: startOfWeek(day !== null && isDay(day) ? day : today),
		weeks: params.get('weeks') === '2' ? 2 : 1
	};
}

export function boardHref({ fromDay, weeks }: BoardAddress, today: string): string {
	const params = new URLSearchParams();
	if (fromDay !== startOfWeek(today)) params.set('day', fromDay);
	if (weeks === 2) params.set('weeks', '2');
	return `/schedule/board?${params.toString()}`;
}

export function boardDays({ fromDay, weeks }: BoardAddress): string[] {
	return Array.from({ length: weeks * 7 }, (_, index) => addDays(fromDay, index));
}
