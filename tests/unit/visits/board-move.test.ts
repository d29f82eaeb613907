/** Moving a visit on the board: what it becomes, what stands against it, and where arrow keys lead. */
import { expect, test } from 'vitest';
import type { BoardDirectory } from '#lib/db/queries/board.ts';
import { boardRows, UNASSIGNED } from '#lib/domain/board.ts';
import { addDays, instantAt, taipeiTime } from '#lib/domain/taiwan-dates.ts';
import { boardHref, readBoardAddress } from '#lib/features/visits/board/board-address.ts';
import {
	isClear,
	moveTo,
	placeBeside,
	visitBeside
} from '#lib/features/visits/board/board-move.ts';
import { aCase, aCaseMember, aPerson, aRow, aVisit } from '../../fixtures/builders.ts';

const MONDAY = '2026-11-23';
const TUESDAY = addDays(MONDAY, 1);
const person = aCase({ name: '林阿嬤' });
const me = aPerson({
	memberships: [{ orgId: person.org_id, orgName: '安心', role: 'supervisor' }]
});
const membership = (user_id: string, org_id = person.org_id) =>
	aRow('memberships', {
		org_id,
		user_id,
		role: user_id === 'boss' ? 'supervisor' : 'worker',
		display_name: user_id
	});
const directory: BoardDirectory = {
	staff: [],
	memberships: new Map(
		[
			membership('wang'),
			membership('lin'),
			membership('boss'),
			membership('other', 'elsewhere')
		].map((row) => [row.user_id, [row]])
	),
	circles: new Map([
		[
			person.id,
			['wang', 'chen'].map((user_id) =>
				aCaseMember({ case_id: person.id, user_id, role: 'worker' })
			)
		]
	]),
	people: new Map([[person.id, person]]),
	villages: new Map()
};
const at = (day: string, time: string, worker_id: string | null) =>
	aVisit({
		case_id: person.id,
		worker_id,
		worker_name: worker_id,
		starts_at: instantAt(day, time),
		ends_at: instantAt(day, `${String(Number(time.slice(0, 2)) + 1).padStart(2, '0')}:00`)
	});
const visit = at(MONDAY, '09:00', 'wang');
const ground = { me, visits: [visit], absences: [], directory };
const to = (rowId: string, day = MONDAY, part: Partial<typeof ground> = {}) =>
	moveTo(visit, { day, row: { id: rowId, name: rowId } }, { ...ground, ...part });

test('another day keeps the hour and the worker; its own place is no move', () => {
	const move = to('wang', TUESDAY);
	expect(move?.changed.after).toMatchObject({
		worker_id: 'wang',
		starts_at: instantAt(TUESDAY, '09:00')
	});
	expect(taipeiTime(move?.changed.after.ends_at ?? '')).toBe('10:00');
	expect(to('wang')).toBeNull();
});

test('who is in the circle or supervises takes it at once; a colleague enters the circle; a stranger cannot be sent', () => {
	const kinds = ['chen', 'boss', 'lin', 'other', UNASSIGNED].map(
		(rowId) => to(rowId)?.standing.kind
	);
	expect(kinds).toEqual(['in_circle', 'in_circle', 'joins', 'barred', 'in_circle']);
	expect(to('chen')?.changed.patch).toEqual({ worker_id: ['wang', 'chen'] });
	expect(to(UNASSIGNED)?.changed.patch).toEqual({ worker_id: ['wang', null] });
});

test('who is not in the circle keeps a visit that is only moved to another day', () => {
	const strays = at(MONDAY, '09:00', 'gone');
	const move = moveTo(strays, { day: TUESDAY, row: { id: 'gone', name: 'gone' } }, ground);
	expect(move?.standing.kind).toBe('in_circle');
});

test('a clash is looked at before the move is saved', () => {
	const busy = at(MONDAY, '09:00', 'chen');
	const move = to('chen', MONDAY, { visits: [visit, busy] });
	expect(move?.clashes.map(({ kind }) => kind)).toContain('same_worker');
	expect(move && isClear(move)).toBe(false);
	const free = to('chen');
	expect(free && isClear(free)).toBe(true);
});

test('a carried visit goes from cell to cell and stops at the edges', () => {
	const rows = [{ id: UNASSIGNED }, { id: 'wang' }];
	const days = [MONDAY, TUESDAY];
	const place = { rowId: 'wang', day: MONDAY };
	expect(placeBeside(place, 'ArrowRight', rows, days)).toEqual({ rowId: 'wang', day: TUESDAY });
	expect(placeBeside(place, 'ArrowUp', rows, days)).toEqual({ rowId: UNASSIGNED, day: MONDAY });
	expect(placeBeside(place, 'ArrowDown', rows, days)).toEqual(place);
	expect(placeBeside(place, 'ArrowLeft', rows, days)).toEqual(place);
});

test('arrow keys go from visit to visit over empty cells', () => {
	const visits = [
		at(MONDAY, '09:00', null),
		at(MONDAY, '08:00', 'wang'),
		at(MONDAY, '09:00', 'wang'),
		at(addDays(MONDAY, 3), '09:00', 'wang')
	];
	const [nobodys, first, second, thursday] = visits.map(({ id }) => id);
	const rows = boardRows({
		days: Array.from({ length: 7 }, (_, index) => addDays(MONDAY, index)),
		staff: [UNASSIGNED, 'chen', 'wang'].map((id) => ({ id, name: id })),
		visits,
		absences: [],
		people: new Map(),
		clashing: new Set(),
		find: ''
	});
	const go = (id: string | undefined, key: string) => visitBeside(id ?? '', key, rows);
	expect(go(nobodys, 'ArrowDown')).toBe(first);
	expect(go(first, 'ArrowDown')).toBe(second);
	expect(go(second, 'ArrowRight')).toBe(thursday);
	expect(go(thursday, 'ArrowLeft')).toBe(first);
	expect(go(second, 'ArrowDown')).toBeNull();
	expect(go(first, 'ArrowUp')).toBe(nobodys);
});

test('the address keeps week and span, and what is mistyped is this week', () => {
	const read = (query: string) => readBoardAddress(new URLSearchParams(query), '2026-11-26');
	expect(read('')).toEqual({ fromDay: MONDAY, weeks: 1 });
	expect(read('day=2026-12-09&weeks=2')).toEqual({ fromDay: '2026-12-07', weeks: 2 });
	expect(read('day=tomorrow&weeks=9')).toEqual({ fromDay: MONDAY, weeks: 1 });
	const address = { fromDay: '2026-12-07', weeks: 2 } as const;
	expect(read(boardHref(address, '2026-11-26').split('?')[1] ?? '')).toEqual(address);
});
