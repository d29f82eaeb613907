/** Planning a visit as one writes it into a table: a name and a time on one line, and where in a day there is room for it. */
import { takesTime } from './clashes.ts';
import type { VisitRow } from './rows.ts';
import { instantAt, taipeiDay, taipeiTime } from './taiwan-dates.ts';
import { foldText } from './text.ts';

export interface QuickLine {
	/** Whom it may mean, in the order in which they were given; empty: nobody, or no name was typed. */
	readonly people: readonly string[];
	/** HH:MM; null when none was typed. */
	readonly time: string | null;
	/** Something was typed that is no time. */
	readonly hasName: boolean;
}

/** 6:30, 0630, 630, 18.30, with or without a blank before; full-width digits too. */
const TIME = /(^|\D)([01]?\d|2[0-3])[:.]?([0-5]\d)(?!\d)/;

/**
 * 「丁阿招 0630」. A whole name is meant before names that only contain it.
 * @param people who can be meant
 */
export function readQuickLine(
	typed: string,
	people: readonly { readonly id: string; readonly name: string }[]
): QuickLine {
	const line = foldText(typed);
	const time = TIME.exec(line);
	const name = line.replace(TIME, '$1 ').replace(/\s+/g, ' ').trim();
	const folded = people.map((person) => ({ id: person.id, name: foldText(person.name).trim() }));
	const whole = folded.filter((person) => person.name === name);
	const meant = whole.length > 0 ? whole : folded.filter((person) => person.name.includes(name));
	return {
		people: name === '' ? [] : meant.map(({ id }) => id),
		time: time && `${(time[2] ?? '').padStart(2, '0')}:${time[3] ?? ''}`,
		hasName: name !== ''
	};
}

/** Between two visits, besides the visit itself, and to what a start is rounded up. Minutes. */
const PAUSE = 20;
const QUARTER = 15;
/** Where a day with nothing in it begins. */
const FIRST = '09:00';
const DAY_MINUTES = 24 * 60;

/**
 * The first start at which a visit of so many minutes fits behind `after`, or behind the first visit of the day. HH:MM, Taipei.
 * @param visits of that day and of whoever goes; others of them are left out
 * @param after the visit behind which it should stand; null: where there is room
 */
export function firstRoom(
	day: string,
	visits: readonly Pick<VisitRow, 'starts_at' | 'ends_at' | 'status' | 'deleted_at'>[],
	minutes: number,
	after: Pick<VisitRow, 'ends_at'> | null = null
): string {
	const zero = Date.parse(instantAt(day, '00:00'));
	const at = (instant: string) => (Date.parse(instant) - zero) / 60_000;
	const taken = visits
		.filter((visit) => takesTime(visit) && taipeiDay(visit.starts_at) === day)
		.map(({ starts_at, ends_at }) => ({ from: at(starts_at), until: at(ends_at) }))
		.sort((a, b) => a.from - b.from);
	const [first] = taken;
	if (first === undefined && after === null) return FIRST;
	let start = roundUp((after ? at(after.ends_at) : (first?.until ?? 0)) + PAUSE);
	for (const { from, until } of taken)
		if (from < start + minutes + PAUSE && until + PAUSE > start) start = roundUp(until + PAUSE);
	return start + minutes > DAY_MINUTES
		? FIRST
		: taipeiTime(new Date(zero + start * 60_000).toISOString());
}

function roundUp(minutes: number): number {
	return Math.ceil(minutes / QUARTER) * QUARTER;
}
