/** The steps of a task: as typed, as ticked by several phones, and as the board counts them. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { boardTasks, taskPage } from '#lib/db/queries/tasks.ts';
import type { TaskCheckRow } from '#lib/domain/rows.ts';
import { checkedSteps, stepProgress, stepsOf, stepsProblem } from '#lib/domain/task-steps.ts';
import { tickStep } from '#lib/features/tasks/checklist-actions.ts';
import { TaskForm } from '#lib/features/tasks/task-form.svelte.ts';
import { changesOf } from '#lib/features/tasks/task-content.ts';
import { aCase, anId, aPerson, aRow, NOW, NOW_MS } from '../../fixtures/builders.ts';
import { aWorkspace } from '../../fixtures/unit-workspace.ts';

describe('as typed', () => {
	test('a step a line, blank and doubled lines left out', () => {
		expect(stepsOf(' 確認　藥袋 \n\n量血壓\r\n量血壓\n')).toEqual(['確認 藥袋', '量血壓']);
	});

	test('too many, or too long', () => {
		const lines = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);
		expect(stepsProblem(lines(20))).toBeNull();
		expect(stepsProblem(lines(21))).toBe('many');
		expect(stepsProblem(['字'.repeat(120)])).toBeNull();
		expect(stepsProblem(['字'.repeat(121)])).toBe('long');
	});

	test('an edit sends the steps only when they differ', () => {
		const task = aRow('tasks', { title: '訪視', steps: ['一', '二'] });
		const form = TaskForm.of(task);
		expect(changesOf(task, form.content([]))).toEqual({});
		form.steps += '\n三';
		expect(changesOf(task, form.content([]))).toEqual({
			steps: [
				['一', '二'],
				['一', '二', '三']
			]
		});
	});
});

describe('as ticked', () => {
	const check = (part: Partial<TaskCheckRow>) => aRow('task_checks', { step: '一', ...part });
	const at = (minute: number) => new Date(NOW_MS + minute * 60_000).toISOString();
	const isDone = (...checks: TaskCheckRow[]) => checkedSteps(['一'], checks)[0]?.done;

	test('who tapped last counts, also when an earlier tick arrives later', () => {
		const undone = check({ seq: 5, done: false, recorded_at: at(10) });
		const late = check({ seq: 9, done: true, recorded_at: at(0) });
		expect(isDone(late, undone)).toBe(false);
	});

	test('by clocks put right', () => {
		const fast = check({ seq: 5, recorded_at: at(60), clock_offset_ms: 3_600_000 });
		const undone = check({ seq: 6, done: false, recorded_at: at(10), clock_offset_ms: 0 });
		expect(isDone(undone, fast)).toBe(false);
	});

	test('what this phone has not sent yet counts at once, whatever its clock says', () => {
		const undone = check({ seq: 5, done: false, recorded_at: at(10) });
		expect(isDone(check({ seq: 0, recorded_at: at(-60) }), undone)).toBe(true);
	});

	test('a step that was reworded is not ticked, and ticks of what is gone do not count', () => {
		expect(stepProgress(['一 ', '二'], [check({ seq: 1 })])).toEqual({ done: 0, total: 2 });
		expect(stepProgress([], [check({ seq: 1 })])).toBeNull();
	});
});

describe('on a phone', () => {
	const org = anId();
	const me = aPerson({ memberships: [{ orgId: org, orgName: '', role: 'supervisor' }] });
	const person = aCase({ org_id: org });
	const task = aRow('tasks', { case_id: person.id, steps: ['一', '二'] });
	let db: LocalDb;

	beforeEach(async () => {
		db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
		await db.cases.add(person);
		await db.tasks.bulkAdd([task, aRow('tasks', { case_id: person.id })]);
	});
	afterEach(() => {
		db.close();
	});

	const workspace = () => aWorkspace(db, me);

	test('a tick counts on card and page before the server has it', async () => {
		await tickStep(workspace(), task, { step: '二', done: true });
		const board = await boardTasks(db, me, NOW);
		const progress = Object.fromEntries(board.map((each) => [each.id, each.progress]));
		expect(progress[task.id]).toEqual({ done: 1, total: 2 });
		expect(Object.values(progress)).toContain(null);
		const page = await taskPage(db, me, task.id);
		expect(checkedSteps(task.steps, page?.checks ?? []).map(({ done }) => done)).toEqual([
			false,
			true
		]);
	});
});
