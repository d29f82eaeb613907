/** Which visits a change touches, and what becomes of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, instantAt, taipeiDay, taipeiTime } from '#lib/domain/taiwan-dates.ts';
import type { VisitRow, VisitSeriesRow } from '#lib/domain/rows.ts';
import {
	changeBetween,
	planChange,
	seriesEndsOn,
	seriesPatch,
	visitsInScope,
	type ChangeScope,
	type VisitChange
} from '#lib/domain/visit-change.ts';
import { aRow, aVisit as visitRow } from '../../fixtures/builders.ts';
import { propertyOptions } from '../../fixtures/property.ts';

const DAY = '2026-11-23';
/** Noon of the first day in Taipei. */
const NOW = instantAt(DAY, '12:00');
const SERIES = 'series';
const [WANG, CHEN] = ['wang', 'chen'];

function onDay(offset: number, time: string, part: Partial<VisitRow> = {}): VisitRow {
	const starts_at = instantAt(addDays(DAY, offset), time);
	return visitRow({
		series_id: SERIES,
		case_id: 'case',
		worker_id: WANG,
		worker_name: '王照服',
		starts_at,
		ends_at: new Date(Date.parse(starts_at) + 3_600_000).toISOString(),
		planned_codes: ['BA02'],
		...part
	});
}
const series: VisitSeriesRow = aRow('visit_series', {
	id: SERIES,
	case_id: 'case',
	worker_id: WANG,
	start_time: '09:00',
	duration_minutes: 60,
	planned_codes: ['BA02']
});
const whole = { series, includeOwn: false };
const times = (visits: readonly VisitRow[]) =>
	visits.map(({ starts_at }) => `${taipeiDay(starts_at)} ${taipeiTime(starts_at)}`);

describe('what a scope touches', () => {
	const visits = [-7, 0, 7, 14].map((offset) => onDay(offset, '14:00'));
	const at = (index: number) => visits[index] ?? onDay(0, '14:00');

	test('only this one, this and later, or all that are still ahead', () => {
		const count = (scope: ChangeScope) => visitsInScope(at(2), visits, scope, NOW).length;
		expect([count('this'), count('later'), count('all')]).toEqual([1, 2, 3]);
	});

	test('the visit that somebody looks at, also when its hour has come', () => {
		expect(visitsInScope(at(0), visits, 'all', NOW)).toEqual(visits);
	});

	test('a visit outside any series is alone', () => {
		const single = onDay(0, '14:00', { series_id: null });
		expect(
			visitsInScope(single, [single, onDay(7, '14:00', { series_id: null })], 'all', NOW)
		).toEqual([single]);
	});
});

describe('what is changed', () => {
	const visits = [0, 7, 14].map((offset) => onDay(offset, '09:00'));
	const first = visits[0] ?? onDay(0, '09:00');

	test('a new time keeps day and length; a new length keeps the start', () => {
		const moved = planChange(first, visits, { startTime: '10:30' }, whole);
		expect(moved.changed.map(({ after }) => taipeiTime(after.ends_at))).toEqual([
			'11:30',
			'11:30',
			'11:30'
		]);
		const longer = planChange(first, [first], { minutes: 90 }, whole);
		expect(longer.changed[0]?.patch).toEqual({
			starts_at: [first.starts_at, first.starts_at],
			ends_at: [first.ends_at, instantAt(DAY, '10:30')]
		});
	});

	test('a new day is the one visit’s', () => {
		const { changed } = planChange(first, visits, { day: addDays(DAY, 1) }, whole);
		expect(changed.map(({ visit }) => visit.id)).toEqual([first.id]);
	});

	test('what somebody arranged otherwise stays, in that field alone, unless it is asked for', () => {
		const exception = onDay(21, '15:00');
		const change = { startTime: '10:00', worker: { id: CHEN, name: '陳照服' } } as const;
		const kept = planChange(first, [...visits, exception], change, whole);
		expect(kept.own).toEqual([exception]);
		expect(kept.changed.at(-1)?.patch).toEqual({ worker_id: [WANG, CHEN] });
		const all = planChange(first, [...visits, exception], change, { series, includeOwn: true });
		expect(taipeiTime(all.changed.at(-1)?.after.starts_at ?? '')).toBe('10:00');
	});

	test('from an exception, the series and its like follow', () => {
		const exception = onDay(21, '15:00');
		const { changed, own } = planChange(
			exception,
			[...visits, exception, onDay(28, '15:00'), onDay(35, '07:00')],
			{ startTime: '16:00' },
			whole
		);
		expect(changed).toHaveLength(5);
		expect(own).toHaveLength(1);
	});

	test('what is as it was is no change', () => {
		const same = changeBetween(first, {
			day: DAY,
			startTime: '09:00',
			minutes: 60,
			worker: { id: WANG, name: '王照服' },
			codes: ['BA02']
		});
		expect(same).toEqual({});
		expect(planChange(first, visits, same, whole).changed).toEqual([]);
		expect(seriesPatch(series, same)).toBeNull();
	});

	test('the series goes on as the visits were changed', () => {
		expect(
			seriesPatch(series, { startTime: '10:00', minutes: 60, worker: { id: null, name: null } })
		).toEqual({ start_time: ['09:00', '10:00'], worker_id: [WANG, null] });
	});
});

describe('a series out of which visits are taken', () => {
	test('ends on the day before the first of them', () => {
		const visits = [0, 7, 14].map((offset) => onDay(offset, '09:00'));
		const [, ...taken] = visits;
		expect(seriesEndsOn([onDay(7, '09:00'), ...taken], visits)).toBe(addDays(DAY, 6));
	});

	test('reaches as far as the last planned one that stays, so that ending it takes none of these', () => {
		const looked = onDay(-7, '09:00');
		const perhapsMade = onDay(-1, '09:00');
		const taken = [onDay(7, '09:00'), onDay(14, '09:00')];
		const siblings = [looked, onDay(-3, '09:00', { status: 'done' }), perhapsMade, ...taken];
		expect(seriesEndsOn([looked, ...taken], siblings)).toBe(addDays(DAY, -1));
	});
});

describe('whatever is planned', () => {
	const status = fc.constantFrom<VisitRow['status']>(
		'planned',
		'planned',
		'planned',
		'checked_in',
		'done',
		'no_answer',
		'missed',
		'cancelled'
	);
	const time = fc.constantFrom('07:00', '09:00', '09:00', '09:00', '13:30');
	const someVisits = fc
		.uniqueArray(fc.integer({ min: -30, max: 60 }), { minLength: 1, maxLength: 20 })
		.chain((offsets) =>
			fc.tuple(
				...offsets.map((offset) =>
					fc
						.tuple(status, time, fc.constantFrom(WANG, WANG, CHEN, null))
						.map(([of, at, worker_id]) => onDay(offset, at, { status: of, worker_id }))
				)
			)
		);
	const someChange: fc.Arbitrary<VisitChange> = fc.record(
		{
			startTime: fc.constantFrom('06:00', '09:00', '18:45'),
			minutes: fc.constantFrom(30, 60, 120),
			worker: fc.constantFrom({ id: CHEN, name: '陳照服' }, { id: null, name: null }),
			codes: fc.constantFrom(['BA01'], ['BA02', 'BA07'])
		},
		{ requiredKeys: [] }
	);
	const scope = fc.constantFrom<ChangeScope>('this', 'later', 'all');
	const pick = (visits: readonly VisitRow[], index: number) =>
		visits[index % visits.length] ?? onDay(0, '09:00');

	test('this and later touches nothing earlier, and with what is earlier makes all', () => {
		fc.assert(
			fc.property(someVisits, fc.nat(), (visits, index) => {
				const visit = pick(visits, index);
				const later = visitsInScope(visit, visits, 'later', NOW);
				const all = visitsInScope(visit, visits, 'all', NOW);
				expect(later.filter(({ starts_at }) => starts_at < visit.starts_at)).toEqual([]);
				const before = all.filter(({ starts_at }) => starts_at < visit.starts_at);
				expect([...before, ...later]).toEqual(all);
			}),
			propertyOptions(200)
		);
	});

	test('what was begun, made, missed or cancelled is never touched', () => {
		fc.assert(
			fc.property(
				someVisits,
				fc.nat(),
				scope,
				someChange,
				fc.boolean(),
				(visits, index, of, change, includeOwn) => {
					const visit = pick(visits, index);
					const inScope = visitsInScope(visit, visits, of, NOW);
					const { changed } = planChange(visit, inScope, change, { series, includeOwn });
					expect(changed.filter(({ visit: each }) => each.status !== 'planned')).toEqual([]);
				}
			),
			propertyOptions(200)
		);
	});

	test('exceptions stay as they are in what is changed', () => {
		fc.assert(
			fc.property(someVisits, fc.nat(), (visits, index) => {
				const visit = {
					...pick(visits, index),
					starts_at: instantAt(DAY, '09:00'),
					ends_at: instantAt(DAY, '10:00')
				};
				const { changed } = planChange(visit, visits, { startTime: '18:45' }, whole);
				const others = changed.filter(({ visit: { id } }) => id !== visit.id);
				expect(others.map(({ visit: each }) => taipeiTime(each.starts_at))).toEqual(
					others.map(() => '09:00')
				);
			}),
			propertyOptions(200)
		);
	});

	test('moving to another time and back leaves every visit as it was', () => {
		fc.assert(
			fc.property(someVisits, fc.nat(), scope, (visits, index, of) => {
				const visit = pick(visits, index);
				const there = planChange(
					visit,
					visitsInScope(visit, visits, of, NOW),
					{ startTime: '18:45' },
					whole
				);
				const moved = new Map(there.changed.map(({ after }) => [after.id, after]));
				const then = visits.map((each) => moved.get(each.id) ?? each);
				const back = taipeiTime(visit.starts_at);
				const self = moved.get(visit.id) ?? visit;
				const here = planChange(
					self,
					visitsInScope(self, then, of, NOW).filter(({ id }) => moved.has(id)),
					{ startTime: back },
					{ series: { ...series, start_time: '18:45' }, includeOwn: false }
				);
				const returned = new Map(here.changed.map(({ after }) => [after.id, after]));
				const end = then.map((each) => returned.get(each.id) ?? each);
				// Those that stood at the series' time and not at the visit's own came along, and go where it goes.
				const follows = (each: VisitRow) => taipeiTime(each.starts_at) === back;
				const same = (rows: readonly VisitRow[]) =>
					times(
						rows.filter((_, at) => follows(visits[at] ?? visit) || !moved.has(rows[at]?.id ?? ''))
					);
				expect(same(end)).toEqual(same(visits));
			}),
			propertyOptions(200)
		);
	});

	test('a patch says what was seen and what is wanted', () => {
		fc.assert(
			fc.property(someVisits, fc.nat(), someChange, (visits, index, change) => {
				const visit = pick(visits, index);
				const { changed } = planChange(visit, visits, change, { series, includeOwn: true });
				for (const { visit: before, after, patch } of changed) {
					const seen = Object.fromEntries(
						Object.entries(patch).map(([field, pair]) => [field, pair[0]])
					);
					const wanted = Object.fromEntries(
						Object.entries(patch).map(([field, pair]) => [field, pair[1]])
					);
					expect(before).toMatchObject(seen);
					expect(after).toMatchObject(wanted);
				}
			}),
			propertyOptions(200)
		);
	});
});
