/**
 * Visits as events of a phone's own calendar, which others may look at and whose maker may read: village, time and how many services;
 * no name, no address, nothing of health.
 */
import type { CalendarEvent } from './icalendar.ts';
import type { VisitStatus } from './rows.ts';

export interface VisitForCalendar {
	readonly id: string;
	readonly starts_at: string;
	readonly ends_at: string;
	readonly status: VisitStatus;
	readonly seq: number;
	readonly village: string | null;
	/** How many services are planned. */
	readonly services: number;
}

export interface EventWords {
	visit(village: string | null): string;
	services(count: number): string;
}

export interface CalendarWords extends EventWords {
	/** Of the calendar itself. */
	readonly name: string;
}

export function visitEvents(
	visits: readonly VisitForCalendar[],
	words: EventWords
): CalendarEvent[] {
	return visits.map(({ id, starts_at, ends_at, status, seq, village, services }) => ({
		uid: `${id}@connect10`,
		startsAt: starts_at,
		endsAt: ends_at,
		sequence: seq,
		summary: words.visit(village),
		description: services === 0 ? null : words.services(services),
		isCancelled: status === 'cancelled'
	}));
}
