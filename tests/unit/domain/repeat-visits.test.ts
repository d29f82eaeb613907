/** Later weeks as earlier ones: what is made, what is there, and that twice makes nothing twice. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	continuationOf,
	copiesOf,
	lastDayOf,
	together,
	weekShifts,
	type RepeatedVisit
} from '#lib/domain/repeat-visits.ts';
import type { VisitRow, VisitSeriesRow } from '#lib/domain/rows.ts';
import { addDays, instantAt, taipeiDay, taipeiTime } from '#lib/domain/taiwan-dates.ts';
import { propertyOptions } from '../../fixtures/property.ts';
import { anId, aRow, aVisit } from '../../fixtures/builders.ts';

const MONDAY = '2026-11-23';
const NOW = '2026-11-22T01:00:00.000Z';
const NO_SERIES = new Map<string, VisitSeriesRow>();
const person = anId();

function on(day: string, time = '09:00', part: Parameters<typeof aVisit>[0] = {}) {
	const starts_at = instantAt(day, time);
	const ends_at = new Date(Date.parse(starts_at) + 3_600_000).toISOString();
	return aVisit({ case_id: person, starts_at, ends_at, ...part });
}
const stored = (visit: RepeatedVisit): VisitRow => aVisit(visit);
const copy = (
	sources: readonly VisitRow[],
	known: readonly VisitRow[] = [],
	{ weeks = 1, series = NO_SERIES, now = NOW, onto = addDays(MONDAY, 7) } = {}
) => copiesOf(sources, { shiftsDays: weekShifts(MONDAY, onto, weeks), known, series, now });
const days = (visits: readonly RepeatedVisit[]) =>
	visits.map(({ starts_at }) => taipeiDay(starts_at));

describe('a week copied', () => {
	test('keeps weekday, time, length, worker and codes; its note only if the whole series bears it', () => {
		const source = on(MONDAY, '23:30', {
			worker_id: anId(),
			worker_name: '王照服',
			planned_codes: ['BA02'],
			note: '今天帶表單'
		});
		const { visits } = copy([source], [], { weeks: 2 });
		expect(visits).toHaveLength(2);
		expect(days(visits)).toEqual(['2026-11-30', '2026-12-07']);
		expect(visits[0]).toMatchObject({
			worker_id: source.worker_id,
			worker_name: '王照服',
			planned_codes: ['BA02'],
			note: null,
			series_id: null
		});
		expect(taipeiTime(visits[0]?.starts_at ?? '')).toBe('23:30');
		expect(visits[0]?.ends_at).toBe('2026-11-30T16:30:00.000Z');
	});

	test('leaves cancelled visits out, and takes missed ones: somebody should have come', () => {
		const { visits } = copy([
			on(MONDAY, '09:00', { status: 'cancelled' }),
			on(addDays(MONDAY, 1), '09:00', { status: 'missed' }),
			on(addDays(MONDAY, 2), '09:00', { status: 'done' })
		]);
		expect(days(visits)).toEqual(['2026-12-01', '2026-12-02']);
	});

	test('knows a visit that was planned by hand, moved after the copy, or taken back', () => {
		const sources = [0, 1, 2].map((day) => on(addDays(MONDAY, day)));
		const [, second, third] = copy(sources).visits.map(stored);
		if (!second || !third) throw new Error('three visits are copied');
		const found = copy(sources, [
			on(addDays(MONDAY, 7)),
			{ ...second, starts_at: instantAt(addDays(MONDAY, 11), '15:00') },
			{ ...third, status: 'cancelled' }
		]);
		expect(found).toEqual({ visits: [], there: 2, takenBack: 1, past: 0 });
	});

	test('two workers for one person at once are two visits, also when one of them stands there', () => {
		const both = [on(MONDAY), on(MONDAY)];
		expect(copy(both).visits).toHaveLength(2);
		expect(copy(both, [on(addDays(MONDAY, 7))])).toMatchObject({ there: 1 });
		expect(copy(both, [on(addDays(MONDAY, 7))]).visits).toHaveLength(1);
	});

	test('plans nothing whose time is over', () => {
		const found = copy([on(MONDAY), on(addDays(MONDAY, 3))], [], {
			now: instantAt(addDays(MONDAY, 8), '00:00')
		});
		expect(found.past).toBe(1);
		expect(days(found.visits)).toEqual(['2026-12-03']);
	});
});

const series = aRow('visit_series', {
	case_id: person,
	weekdays: [1, 4],
	interval_weeks: 1,
	starts_on: MONDAY,
	start_time: '09:00',
	duration_minutes: 60,
	planned_codes: ['BA02'],
	note: '後門進'
});
const go = (known: readonly VisitRow[], untilOn: string, pattern: VisitSeriesRow = series) =>
	continuationOf(pattern, {
		known,
		untilOn,
		worker: { worker_id: null, worker_name: null },
		now: NOW
	});
const ofSeries = (day: string, part = {}) => on(day, '09:00', { series_id: series.id, ...part });

describe('a series that goes on', () => {
	test('begins after its last visit that stands, and leaves out what was left out', () => {
		const known = [
			ofSeries(MONDAY),
			ofSeries(addDays(MONDAY, 3)),
			ofSeries(addDays(MONDAY, 7), { status: 'cancelled' })
		];
		expect(lastDayOf(series.id, known)).toBe('2026-11-26');
		const found = go(known, '2026-12-10', {
			...series,
			except_on: ['2026-12-07'],
			until_on: '2026-11-30'
		});
		expect(found.takenBack).toBe(1);
		expect(days(found.visits)).toEqual(['2026-12-03', '2026-12-10']);
		expect(found.visits[0]).toMatchObject({ series_id: series.id, note: '後門進' });
	});

	test('is the same series when its week is copied, under the same ids', () => {
		const sources = [ofSeries(MONDAY, { note: '後門進' }), ofSeries(addDays(MONDAY, 3))];
		const copied = copy(sources, [], { series: new Map([[series.id, series]]) }).visits;
		const continued = go(sources, '2026-12-06').visits;
		expect(copied.map(({ id }) => id)).toEqual(continued.map(({ id }) => id));
		expect(copied.map(({ note }) => note)).toEqual(['後門進', null]);
	});

	test('several go on together, in order of time', () => {
		const other = { ...series, id: anId(), weekdays: [2] };
		const both = together([go([], '2026-11-30'), go([ofSeries(MONDAY)], '2026-11-26', other)]);
		expect(both).toMatchObject({ there: 0, takenBack: 0, past: 0 });
		expect(days(both.visits)).toEqual(['2026-11-23', '2026-11-24', '2026-11-26', '2026-11-30']);
	});

	test('a copy onto a day that the series does not have stands by itself', () => {
		const ended = { ...series, until_on: '2026-11-29' };
		const [made] = copy([ofSeries(MONDAY)], [], { series: new Map([[series.id, ended]]) }).visits;
		expect(made?.series_id).toBeNull();
	});
});

test('whatever stands there: planned twice is planned once, and nothing is lost from sight', () => {
	const hour = fc.integer({ min: 0, max: 23 }).map((h) => `${String(h).padStart(2, '0')}:00`);
	const status = fc.constantFrom('planned', 'done', 'missed', 'no_answer', 'cancelled' as const);
	const some = fc.array(fc.tuple(fc.nat({ max: 6 }), hour, status, fc.nat({ max: 2 })), {
		maxLength: 20
	});
	const people = [anId(), anId(), anId()];
	const rowsOf = (from: string, drawn: [number, string, VisitRow['status'], number][]) =>
		drawn.map(([day, time, state, who]) =>
			on(addDays(from, day), time, { status: state, case_id: people[who] ?? person })
		);
	fc.assert(
		fc.property(some, some, fc.integer({ min: 1, max: 8 }), (week, target, weeks) => {
			const sources = rowsOf(MONDAY, week);
			const known = rowsOf(addDays(MONDAY, 7), target);
			const first = copy(sources, known, { weeks });
			const standing = sources.filter((visit) => visit.status !== 'cancelled').length;
			expect(first.visits.length + first.there + first.takenBack + first.past).toBe(
				standing * weeks
			);
			const again = copy(sources, [...known, ...first.visits.map(stored)], { weeks });
			expect(again.visits).toEqual([]);
			expect(new Set(first.visits.map(({ id }) => id)).size).toBe(first.visits.length);
		}),
		propertyOptions(200)
	);
});
