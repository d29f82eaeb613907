/** The planner's board: rows, cells, hours, absences, clashes, and what a filter leaves. */
import { expect, test } from 'vitest';
import { boardClashes } from '#lib/domain/board-clashes.ts';
import { boardRows, UNASSIGNED, type BoardFacts, type BoardRow } from '#lib/domain/board.ts';
import { clashesOf } from '#lib/domain/clashes.ts';
import { keepSame } from '#lib/domain/keep-same.ts';
import type { StaffAbsenceRow, VisitRow } from '#lib/domain/rows.ts';
import { addDays, instantAt } from '#lib/domain/taiwan-dates.ts';
import fc from 'fast-check';
import { aCase, aRow, aVisit } from '../../fixtures/builders.ts';
import { propertyOptions } from '../../fixtures/property.ts';

const MONDAY = '2026-11-23';
const days = Array.from({ length: 14 }, (_, index) => addDays(MONDAY, index));
const lin = aCase({ name: '林阿嬤', village: '松泉村' });
const wu = aCase({ name: '吳爺爺', village: '雲嶺村' });
const people = new Map([lin, wu].map((person) => [person.id, person]));
const staff = [
	{ id: UNASSIGNED, name: '' },
	{ id: 'wang', name: '王照服' },
	{ id: 'chen', name: '陳照服' }
];

function on(day: string, time: string, part: Partial<VisitRow> = {}): VisitRow {
	const starts_at = instantAt(day, time);
	return aVisit({
		case_id: lin.id,
		worker_id: 'wang',
		starts_at,
		ends_at: new Date(Date.parse(starts_at) + 90 * 60_000).toISOString(),
		planned_codes: ['BA02'],
		...part
	});
}
const shownIds = (rows: readonly BoardRow[]) =>
	rows.filter(({ isHidden }) => !isHidden).map(({ id }) => id);
function facts(visits: readonly VisitRow[], part: Partial<BoardFacts<StaffAbsenceRow>> = {}) {
	return {
		days,
		staff,
		visits,
		absences: [],
		people,
		clashing: new Set<string>(),
		find: '',
		...part
	};
}

test('each visit stands once: in the row of who goes and the column of its day in Taipei, in order of time', () => {
	const late = on(MONDAY, '23:30');
	const early = on(MONDAY, '00:15');
	const nobodys = on(addDays(MONDAY, 13), '09:00', { worker_id: null });
	const rows = boardRows(facts([late, nobodys, early]));
	expect(rows.map(({ id }) => id)).toEqual([UNASSIGNED, 'wang', 'chen']);
	expect(rows[1]?.cells[0]?.visits.map(({ visit }) => visit.id)).toEqual([early.id, late.id]);
	expect(rows[0]?.cells[13]?.visits.map(({ visit }) => visit.id)).toEqual([nobodys.id]);
});

test('hours are summed by week; what is cancelled is not shown, and what was missed took no time', () => {
	const rows = boardRows(
		facts([
			on(MONDAY, '09:00'),
			on(addDays(MONDAY, 1), '09:00', { status: 'cancelled' }),
			on(addDays(MONDAY, 2), '09:00', { status: 'missed' }),
			on(addDays(MONDAY, 7), '09:00'),
			on(addDays(MONDAY, 8), '09:00')
		])
	);
	expect(rows[1]?.weekMinutes).toEqual([90, 180]);
	expect(rows[1]?.cells.map(({ visits }) => visits.length)).toEqual([
		1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0
	]);
});

test('a day off, half a day off, and a day to which somebody came back', () => {
	const away = (from: string, until: string, ended_at: string | null = null) =>
		aRow('staff_absences', { user_id: 'wang', starts_at: from, ends_at: until, ended_at });
	const absences = [
		away(instantAt(MONDAY, '00:00'), instantAt(addDays(MONDAY, 1), '00:00')),
		away(instantAt(addDays(MONDAY, 2), '13:00'), instantAt(addDays(MONDAY, 2), '17:00')),
		away(
			instantAt(addDays(MONDAY, 4), '00:00'),
			instantAt(addDays(MONDAY, 6), '00:00'),
			instantAt(addDays(MONDAY, 5), '00:00')
		)
	];
	const rows = boardRows(facts([], { absences }));
	expect(rows[1]?.cells.slice(0, 7).map(({ away: is }) => is)).toEqual([
		'whole',
		'no',
		'part',
		'no',
		'whole',
		'no',
		'no'
	]);
	expect(rows[2]?.cells.every(({ away: is }) => is === 'no')).toBe(true);
});

test('a village is found with those who go there, and what else they do is counted', () => {
	const visits = [
		on(MONDAY, '09:00'),
		on(MONDAY, '13:00', { case_id: wu.id }),
		on(MONDAY, '09:00', { case_id: wu.id, worker_id: 'chen' })
	];
	const rows = boardRows(facts(visits, { find: '松泉' }));
	expect(shownIds(rows)).toEqual([UNASSIGNED, 'wang']);
	expect(rows[1]?.cells[0]).toMatchObject({ hidden: 1 });
	expect(rows[1]?.cells[0]?.visits).toHaveLength(1);
	const named = boardRows(facts(visits, { find: '陳照' }));
	expect(shownIds(named)).toEqual([UNASSIGNED, 'chen']);
	expect(named[2]?.cells[0]?.visits).toHaveLength(1);
	// What is hidden stands as it would without the filter, so that nothing is drawn anew when it comes back.
	expect(named[1]?.cells[0]).toMatchObject({ hidden: 0 });
	expect(named[1]?.cells[0]?.visits).toHaveLength(2);
});

test('a row and a cell that show the same stay the same objects; what was changed does not', () => {
	const moved = on(MONDAY, '09:00');
	const stays = on(addDays(MONDAY, 1), '09:00');
	const other = on(MONDAY, '09:00', { worker_id: 'chen', case_id: wu.id });
	const before = boardRows(facts([moved, stays, other]));
	const again = { ...moved, ends_at: instantAt(MONDAY, '11:00') };
	const after = boardRows(facts([again, stays, other]), before);
	expect(after[2]).toBe(before[2]);
	expect(after[1]?.cells[1]).toBe(before[1]?.cells[1]);
	expect(after[1]?.cells[0]).not.toBe(before[1]?.cells[0]);
	expect(after[1]?.cells[0]?.visits[0]?.visit).toBe(again);

	const clashing = new Set([moved.id]);
	const warned = boardRows(facts([moved, stays, other], { clashing }), before);
	expect(warned[1]?.cells[0]?.visits[0]?.clashes).toBe(true);
	const renamed = new Map([...people, [lin.id, { ...lin, name: '林奶奶' }]]);
	const named = boardRows(facts([moved, stays, other], { people: renamed }), before);
	expect(named[1]?.cells[0]?.visits[0]?.person?.name).toBe('林奶奶');
	expect(named[2]).toBe(before[2]);
	const away = aRow('staff_absences', {
		user_id: 'wang',
		starts_at: instantAt(MONDAY, '00:00'),
		ends_at: instantAt(addDays(MONDAY, 1), '00:00')
	});
	const left = boardRows(facts([moved, stays, other], { absences: [away] }), before);
	expect(left[1]?.cells[0]?.away).toBe('whole');
	expect(left[1]?.cells[1]).toBe(before[1]?.cells[1]);
	// Hidden and shown again, the row keeps its cells.
	const hidden = boardRows(facts([moved, stays, other], { find: '吳爺爺' }), before);
	expect(hidden[1]).toMatchObject({ isHidden: true, cells: before[1]?.cells });
	expect(boardRows(facts([moved, stays, other]), hidden)[1]?.cells).toBe(before[1]?.cells);
});

test('rows read again keep their identity, and so does the list when nothing in it has changed', () => {
	const [a, b] = [on(MONDAY, '09:00'), on(MONDAY, '13:00')];
	const copy = (visit: VisitRow) => ({ ...visit, planned_codes: [...visit.planned_codes] });
	const before = [a, b];
	expect(keepSame(before, before.map(copy))).toBe(before);
	const changed = { ...copy(b), planned_codes: ['BA02', 'BA07'] };
	const after = keepSame(before, [copy(a), changed]);
	expect(after[0]).toBe(a);
	expect(after[1]).toBe(changed);
	expect(keepSame(before, [copy(b), copy(a)])).toEqual([b, a]);
	expect(keepSame(before, [copy(a)])).toEqual([a]);
	expect(keepSame([a], [{ ...copy(a), status: 'done' as const }])[0]?.status).toBe('done');
});

const someVisit = fc
	.record({
		minutes: fc.integer({ min: 0, max: 600 }),
		length: fc.integer({ min: 15, max: 180 }),
		worker_id: fc.constantFrom('wang', 'chen', null),
		person: fc.constantFrom(lin, wu),
		status: fc.constantFrom<VisitRow['status']>('planned', 'planned', 'done', 'cancelled')
	})
	.map(({ minutes, length, worker_id, person, status }) => {
		const startMs = Date.parse(instantAt(MONDAY, '07:00')) + minutes * 60_000;
		return aVisit({
			case_id: person.id,
			worker_id,
			status,
			planned_codes: ['BA02'],
			starts_at: new Date(startMs).toISOString(),
			ends_at: new Date(startMs + length * 60_000).toISOString()
		});
	});
const villages = new Map([lin, wu].map(({ id, village }) => [id, village]));
const afternoonOff = [
	aRow('staff_absences', {
		user_id: 'chen',
		starts_at: instantAt(MONDAY, '12:00'),
		ends_at: instantAt(MONDAY, '14:00')
	})
];

test('the board marks exactly the planned visits that the plan would warn of', () => {
	fc.assert(
		fc.property(fc.array(someVisit, { maxLength: 14 }), (visits) => {
			const ground = { visits, absences: afternoonOff, villages };
			const expected = visits
				.filter((each) => each.status === 'planned' && clashesOf(each, ground).length > 0)
				.map(({ id }) => id);
			expect([...boardClashes(ground).ids]).toEqual(expected);
		}),
		propertyOptions(200)
	);
});

test('after any changes it marks the same as if it had looked at all of them anew', () => {
	const step = fc.record({
		added: fc.array(someVisit, { maxLength: 2 }),
		taken: fc.nat({ max: 13 }),
		moved: fc.option(fc.tuple(fc.nat({ max: 13 }), fc.constantFrom('wang', 'chen', null))),
		absences: fc.constantFrom(afternoonOff, [])
	});
	fc.assert(
		fc.property(
			fc.array(someVisit, { maxLength: 10 }),
			fc.array(step, { minLength: 1, maxLength: 5 }),
			(first, steps) => {
				let ground = { visits: first, absences: afternoonOff, villages };
				let known = boardClashes(ground);
				for (const { added, taken, moved, absences } of steps) {
					const visits = [...ground.visits, ...added]
						.filter((_, index) => index !== taken)
						.map((visit, index) =>
							index === moved?.[0] ? { ...visit, worker_id: moved[1] } : visit
						);
					ground = { ...ground, visits, absences };
					known = boardClashes(ground, known);
					expect([...known.ids]).toEqual([...boardClashes(ground).ids]);
				}
			}
		),
		propertyOptions(200)
	);
});
