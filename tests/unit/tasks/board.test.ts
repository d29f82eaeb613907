import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { boardTasks, compareUrgency, peopleForTasks, taskPage } from '#lib/db/queries/tasks.ts';
import type { BoardTask } from '#lib/db/queries/tasks.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { CaseRole, CircleRole, TaskRow, TaskStatus } from '#lib/domain/rows.ts';
import {
	intoColumns,
	isOverdue,
	mainStep,
	mayEdit,
	stepInto,
	stepsFor
} from '#lib/features/tasks/board.ts';
import { filterTasks, NO_FILTER, type TaskFilter } from '#lib/features/tasks/task-filter.ts';
import { changesOf, type TaskContent } from '#lib/features/tasks/task-content.ts';

const NOW = '2026-11-20T04:00:00.000Z';
const ME = 'me';

function task(part: Partial<TaskRow> & { readonly id: string }): TaskRow {
	return { ...blankRow('tasks'), case_id: 'lin', title: part.id, audience: 'staff', ...part };
}

function onBoard(part: Partial<TaskRow> & { readonly id: string }, role: CaseRole = 'nurse') {
	return {
		id: part.id,
		task: task(part),
		caseName: '林阿嬤',
		role,
		progress: null
	} satisfies BoardTask;
}

/** As the local store keeps it. */
const stored = <Row>(row: Row) => ({ ...row, _gen: 0 });

describe('order of tasks', () => {
	test('earliest due first, no due time last, high priority before normal, older before newer', () => {
		const tasks = [
			task({ id: 'never', due_at: null }),
			task({ id: 'late', due_at: '2026-11-22T00:00:00.000Z' }),
			task({ id: 'newer', due_at: NOW, recorded_at: '2026-11-02T00:00:00.000Z' }),
			task({ id: 'older', due_at: NOW, recorded_at: '2026-11-01T00:00:00.000Z' }),
			task({ id: 'high', due_at: NOW, priority: 'high', recorded_at: '2026-11-03T00:00:00.000Z' })
		];
		expect(tasks.sort(compareUrgency).map(({ id }) => id)).toEqual([
			'high',
			'older',
			'newer',
			'late',
			'never'
		]);
	});
});

describe('columns and filters', () => {
	test('to do holds open and accepted, done holds done and declined, each in the order given', () => {
		const states: TaskStatus[] = ['declined', 'accepted', 'open', 'doing', 'done'];
		const columns = intoColumns(states.map((status) => onBoard({ id: status, status })));
		const ids = (column: readonly BoardTask[]) => column.map(({ id }) => id);
		expect(ids(columns.todo)).toEqual(['accepted', 'open']);
		expect(ids(columns.doing)).toEqual(['doing']);
		expect(ids(columns.done)).toEqual(['declined', 'done']);
	});

	test('a task is overdue from its due time on, unless it has ended', () => {
		const due_at = '2026-11-20T03:59:00.000Z';
		expect(isOverdue(task({ id: 'a', due_at, status: 'doing' }), NOW)).toBe(true);
		expect(isOverdue(task({ id: 'a', due_at, status: 'declined' }), NOW)).toBe(false);
		expect(isOverdue(task({ id: 'a', due_at: NOW }), NOW)).toBe(false);
		expect(isOverdue(task({ id: 'a', due_at: null }), NOW)).toBe(false);
	});

	test('mine are those given to me and those that anyone of my circle may take', () => {
		const items = [
			onBoard({ id: 'mine', assignee_id: ME }),
			onBoard({ id: 'other', assignee_id: 'somebody' }),
			onBoard({ id: 'free', assignee_id: null }),
			onBoard({ id: 'free-of-others', assignee_id: null, priority: 'high' }, 'supervisor')
		];
		const shown = (filter: Partial<TaskFilter>) =>
			filterTasks(items, { shown: 'mine', ...NO_FILTER, ...filter }, ME, NOW).map(({ id }) => id);
		expect(shown({})).toEqual(['mine', 'free']);
		expect(shown({ shown: 'all' })).toHaveLength(4);
		expect(shown({ shown: 'all', caseId: 'nobody' })).toEqual([]);
		expect(shown({ shown: 'overdue' })).toEqual([]);
		expect(shown({ shown: 'all', onlyHigh: true })).toEqual(['free-of-others']);
	});
});

describe('steps', () => {
	test('who holds a task may take it on; somebody else in the circle may not', () => {
		const open = task({ id: 'a', assignee_id: ME });
		expect(stepsFor(open, ME, 'worker')).toEqual(['accept', 'decline', 'start', 'finish']);
		expect(stepsFor(open, 'another', 'worker')).toEqual([]);
		expect(stepsFor(open, 'another', null)).toEqual([]);
	});

	test('an ended task is opened again by its author and the planners, not by who did it', () => {
		const done = task({ id: 'a', status: 'done', assignee_id: ME, created_by: 'nurse' });
		expect(stepsFor(done, ME, 'therapist')).toEqual([]);
		expect(stepsFor(done, 'nurse', 'nurse')).toEqual(['reopen']);
		expect(stepsFor(done, 'manager', 'care_manager')).toEqual(['reopen']);
	});

	test('the main step leads on: accept, start, finish, and back from the end', () => {
		const next = (status: TaskStatus) => {
			const each = task({ id: 'a', status, assignee_id: ME, created_by: ME });
			return mainStep(stepsFor(each, ME, 'nurse'), each);
		};
		expect([next('open'), next('accepted'), next('doing'), next('done')]).toEqual([
			'accept',
			'start',
			'finish',
			'reopen'
		]);
	});

	test('a move on the board means a step, or nothing when it is not allowed', () => {
		const doing = onBoard({ id: 'a', status: 'doing', assignee_id: ME, created_by: ME });
		expect(stepInto(doing, 'done', ME)).toBe('finish');
		expect(stepInto(doing, 'doing', ME)).toBeNull();
		expect(stepInto(doing, 'todo', ME)).toBeNull();
		const done = onBoard({ id: 'b', status: 'done', assignee_id: ME, created_by: ME });
		expect(stepInto(done, 'todo', ME)).toBe('reopen');
		expect(stepInto(done, 'doing', ME)).toBeNull();
	});

	test('family and workers edit nothing; author, holder and planners edit what has not ended', () => {
		const open = task({ id: 'a', assignee_id: 'holder', created_by: 'author' });
		expect(mayEdit(open, 'holder', 'nurse')).toBe(true);
		expect(mayEdit(open, 'author', 'nurse')).toBe(true);
		expect(mayEdit(open, 'another', 'nurse')).toBe(false);
		expect(mayEdit(open, 'another', 'supervisor')).toBe(true);
		expect(mayEdit(open, 'holder', 'family')).toBe(false);
		expect(mayEdit({ ...open, status: 'done' }, 'author', 'nurse')).toBe(false);
	});
});

describe('editing', () => {
	const before = task({ id: 'a', title: '量血壓', assignee_id: 'nurse' });
	const same: TaskContent = {
		title: '量血壓',
		body: '',
		dueAt: null,
		priority: 'normal',
		replyMinutes: null,
		steps: [],
		assignee: { id: 'nurse', name: '陳護理師', isFamily: false }
	};

	test('only what differs is patched, with what was seen', () => {
		expect(changesOf(before, same)).toEqual({});
		expect(changesOf(before, { ...same, dueAt: NOW, assignee: null })).toEqual({
			due_at: [null, NOW],
			assignee_id: ['nurse', null]
		});
	});

	test('a task given to the family becomes visible to the circle, and stays so', () => {
		const toFamily = { ...same, assignee: { id: 'son', name: '林先生', isFamily: true } };
		expect(changesOf(before, toFamily)).toMatchObject({ audience: ['staff', 'circle'] });
		expect(changesOf({ ...before, audience: 'circle' }, same)).toEqual({});
	});
});

describe('queries', () => {
	let db: LocalDb;
	const viewer = (userId: string) => ({ userId, memberships: [] });
	const member = (user_id: string, role: CircleRole) => ({
		...blankRow('case_members'),
		id: `m-${user_id}`,
		case_id: 'lin',
		user_id,
		role
	});

	beforeEach(async () => {
		db = new LocalDb('u1', { indexedDB: new IDBFactory(), IDBKeyRange });
		await db.cases.bulkPut(
			[
				{
					...blankRow('cases'),
					id: 'lin',
					org_id: 'org',
					name: '林阿嬤',
					status: 'active' as const
				}
			].map(stored)
		);
		await db.case_members.bulkPut(
			[member('nurse', 'nurse'), member('worker', 'worker'), member('son', 'family')].map(stored)
		);
		await db.tasks.bulkPut(
			[
				task({ id: 'later', due_at: '2026-11-25T00:00:00.000Z' }),
				task({ id: 'sooner', due_at: '2026-11-21T00:00:00.000Z' }),
				task({ id: 'for-son', audience: 'circle', assignee_id: 'son' }),
				task({ id: 'gone', deleted_at: NOW }),
				task({ id: 'done', status: 'done', finished_at: '2026-11-19T00:00:00.000Z' }),
				task({ id: 'done-long-ago', status: 'done', finished_at: '2026-10-01T00:00:00.000Z' }),
				task({ id: 'declined-here', status: 'declined', relevant_at: 'infinity' })
			].map(stored)
		);
	});
	afterEach(() => db.close());

	const SINCE = '2026-11-13T00:00:00.000Z';
	const idsFor = async (userId: string) =>
		(await boardTasks(db, viewer(userId), SINCE)).map(({ id }) => id);

	test('the board holds live tasks by due time, then what ended lately, newest first', async () => {
		expect(await idsFor('nurse')).toEqual(['sooner', 'later', 'for-son', 'declined-here', 'done']);
	});

	test('the family has only what was given to them, and others have nothing', async () => {
		expect(await idsFor('son')).toEqual(['for-son']);
		expect(await idsFor('stranger')).toEqual([]);
		expect(await taskPage(db, viewer('son'), 'sooner')).toBeNull();
		expect(await taskPage(db, viewer('son'), 'for-son')).toMatchObject({ role: 'family' });
	});

	test('workers and family cannot make tasks', async () => {
		expect(await peopleForTasks(db, viewer('nurse'))).toHaveLength(1);
		expect(await peopleForTasks(db, viewer('worker'))).toEqual([]);
		expect(await peopleForTasks(db, viewer('son'))).toEqual([]);
	});
});
