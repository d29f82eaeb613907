import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VisitRemarkRow } from '#lib/domain/arrival-rows.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import type { VisitRow, VisitStatus } from '#lib/domain/rows.ts';
import {
	actualTimes,
	OVERLAP_FROM_MS,
	WATCH_KINDS,
	watchVisits,
	type WatchMoment
} from '#lib/domain/visit-watch.ts';
import { aRow, aVisit } from '../../fixtures/builders.ts';
import { propertyOptions } from '../../fixtures/property.ts';

const NINE = Date.parse('2026-11-23T01:00:00.000Z');
const at = (minutes: number) => new Date(NINE + minutes * 60_000).toISOString();

/** Nine to ten in Taipei. */
const visit = (part: Parameters<typeof aVisit>[0] = {}) =>
	aVisit({ starts_at: at(0), ends_at: at(60), worker_id: 'wang', ...part });
const there = (from: number, until: number | null, part: Parameters<typeof aVisit>[0] = {}) =>
	visit({
		status: until === null ? 'checked_in' : 'done',
		checked_in_at: at(from),
		checked_out_at: until === null ? null : at(until),
		...part
	});
const times = (of: VisitRow, from: number, until: number | null, seq = 1) =>
	aRow('visit_remarks', {
		visit_id: of.id,
		kind: 'times',
		note: '忘了簽退',
		checked_in_at: at(from),
		checked_out_at: until === null ? null : at(until),
		seq
	});

function watch(
	visits: readonly VisitRow[],
	minutes: number,
	{
		remarks = [],
		...moment
	}: Partial<WatchMoment> & { readonly remarks?: readonly VisitRemarkRow[] } = {}
) {
	return watchVisits(
		visits,
		groupBy(remarks, ({ visit_id }) => visit_id),
		{ now: at(minutes), offsetMs: 0, failedSince: at(-540), ...moment }
	);
}
const kinds = (...args: Parameters<typeof watch>) =>
	watch(...args).map(({ kind, minutes }) => [kind, minutes]);

describe('a visit that has not begun', () => {
	test.each([
		[15, []],
		[16, [['late', 16]]],
		[59, [['late', 59]]],
		[60, [['overdue', 60]]],
		[1500, [['overdue', 1500]]]
	])('%i minutes after its start', (minutes, expected) => {
		expect(kinds([visit()], minutes)).toEqual(expected);
	});

	test('is judged by the server\u2019s clock, not by that of a phone that is set wrong', () => {
		expect(kinds([visit()], 46, { offsetMs: 30 * 60_000 })).toEqual([['late', 16]]);
		expect(kinds([visit()], 0, { offsetMs: -60 * 60_000 })).toEqual([['overdue', 60]]);
	});

	test('says what its worker has said of it last', () => {
		const late = visit();
		const said = (reason: 'traffic' | 'unwell', seq: number) =>
			aRow('visit_remarks', { visit_id: late.id, kind: 'late', reason, seq });
		const [found] = watch([late], 20, { remarks: [said('unwell', 8), said('traffic', 7)] });
		expect(found?.late?.reason).toBe('unwell');
	});

	test('without a worker is to be looked at before its time; cancelled or deleted ones never', () => {
		expect(kinds([visit({ worker_id: null })], -60)).toEqual([['unassigned', 0]]);
		expect(kinds([visit({ status: 'cancelled' }), visit({ deleted_at: at(0) })], 90)).toEqual([]);
	});
});

describe('a visit that has not ended', () => {
	test('two hours after its planned end somebody asks whether they are still there', () => {
		expect(kinds([there(5, null)], 179)).toEqual([]);
		expect(kinds([there(5, null)], 180)).toEqual([['still_there', 120]]);
	});

	test('not when the worker has said when they left; saying only when they came changes nothing', () => {
		const forgotten = there(5, null);
		expect(kinds([forgotten], 300, { remarks: [times(forgotten, 5, 62)] })).toEqual([]);
		expect(kinds([forgotten], 300, { remarks: [times(forgotten, 2, null)] })).toEqual([
			['still_there', 240]
		]);
	});
});

test('what failed is told on its day', () => {
	const shut = visit({ status: 'no_answer' });
	expect(kinds([shut], 30)).toEqual([['no_answer', 0]]);
	expect(kinds([shut], 1500, { failedSince: at(900) })).toEqual([]);
});

describe('two visits at once', () => {
	test('of one worker overlap from five minutes on; of two workers never', () => {
		const first = there(0, 60);
		expect(kinds([first, there(56, 120)], 200)).toEqual([]);
		const [found] = watch([first, there(55, 120)], 200);
		expect(found).toMatchObject({ kind: 'overlap', minutes: 5, other: { id: first.id } });
		expect(kinds([first, there(30, 90, { worker_id: 'chen' })], 200)).toEqual([]);
	});

	test('who is not checked out is still there, and a correction ends it', () => {
		const open = there(0, null);
		const next = there(70, 130);
		expect(kinds([open, next], 140)).toEqual([['overlap', 60]]);
		expect(kinds([open, next], 140, { remarks: [times(open, 0, 60)] })).toEqual([]);
	});

	test('a door at which nobody answered is no stay', () => {
		const shut = there(0, 60, { status: 'no_answer' });
		expect(kinds([shut, there(10, 70)], 100, { failedSince: at(100) })).toEqual([]);
	});
});

test('of several corrections the newest counts, and the visit keeps what was tapped', () => {
	const done = there(0, 60);
	const said = [times(done, 0, 90, 5), times(done, 0, 80, 9), times(done, 0, 70, 7)];
	expect(actualTimes(done, said)).toEqual({ from: at(0), until: at(80) });
	expect(actualTimes(done, [])).toEqual({ from: at(0), until: at(60) });
	expect(actualTimes(visit(), said)).toBeNull();
});

const STATUSES: readonly VisitStatus[] = [
	'planned',
	'checked_in',
	'done',
	'no_answer',
	'missed',
	'cancelled'
];
const anyVisit = fc
	.record({
		status: fc.constantFrom(...STATUSES),
		worker_id: fc.constantFrom('wang', 'chen', null),
		start: fc.integer({ min: -300, max: 300 }),
		length: fc.integer({ min: 1, max: 200 }),
		shift: fc.integer({ min: -60, max: 60 }),
		stay: fc.integer({ min: 0, max: 240 })
	})
	.map(({ status, worker_id, start, length, shift, stay }) =>
		aVisit({
			status,
			worker_id,
			starts_at: at(start),
			ends_at: at(start + length),
			checked_in_at: status === 'planned' ? null : at(start + shift),
			checked_out_at: status === 'done' ? at(start + shift + stay) : null
		})
	);

describe('whatever the visits are', () => {
	const drawn = fc.tuple(fc.array(anyVisit, { maxLength: 8 }), fc.integer({ min: -300, max: 900 }));

	test('the order of the list is by urgency, and each visit stands in it once a kind', () => {
		fc.assert(
			fc.property(drawn, ([visits, minutes]) => {
				const found = watch(visits, minutes);
				const ranks = found.map(({ kind }) => WATCH_KINDS.indexOf(kind));
				expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
				const lines = found.map(({ kind, visit: { id } }) => `${kind} ${id}`);
				expect(new Set(lines).size).toBe(lines.length);
			}),
			propertyOptions(200)
		);
	});

	test('a visit overlaps exactly when an earlier one of its worker shares five minutes with it', () => {
		fc.assert(
			fc.property(drawn, ([visits, minutes]) => {
				const nowMs = Date.parse(at(minutes));
				const stays = visits
					.flatMap(({ id, worker_id, status, checked_in_at, checked_out_at }) =>
						worker_id && checked_in_at && (status === 'done' || status === 'checked_in')
							? [
									{
										id,
										worker_id,
										from: Date.parse(checked_in_at),
										until: checked_out_at ? Date.parse(checked_out_at) : nowMs
									}
								]
							: []
					)
					.sort((a, b) => a.from - b.from);
				const expected = stays.filter((stay, index) =>
					stays
						.slice(0, index)
						.some(
							(other) =>
								other.worker_id === stay.worker_id &&
								Math.min(stay.until, other.until) - stay.from >= OVERLAP_FROM_MS
						)
				);
				const found = watch(visits, minutes).filter(({ kind }) => kind === 'overlap');
				expect(found.map((each) => each.visit.id).sort()).toEqual(
					expected.map(({ id }) => id).sort()
				);
			}),
			propertyOptions(300)
		);
	});

	test('time alone makes a planned visit only more urgent', () => {
		fc.assert(
			fc.property(anyVisit, fc.integer({ min: -300, max: 900 }), (one, minutes) => {
				const urgencyAt = (when: number) => {
					const [found] = watch([{ ...one, status: 'planned', worker_id: 'wang' }], when);
					return found ? WATCH_KINDS.length - WATCH_KINDS.indexOf(found.kind) : 0;
				};
				expect(urgencyAt(minutes + 1)).toBeGreaterThanOrEqual(urgencyAt(minutes));
			}),
			propertyOptions(200)
		);
	});
});
