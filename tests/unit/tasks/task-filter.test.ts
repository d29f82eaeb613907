/** Filters of tasks: what each lets through, and that the address keeps all of it. */
import { describe, expect, test } from 'vitest';
import {
	chosenCount,
	FILTER_SOURCES,
	FILTER_STATES,
	filterAddress,
	filterFrom,
	filterTasks,
	NO_FILTER,
	SHOWN,
	type TaskFilter
} from '#lib/features/tasks/task-filter.ts';
import { aRow } from '../../fixtures/builders.ts';

const ALL: TaskFilter = { shown: 'all', ...NO_FILTER };
const NOW = '2026-11-24T02:00:00.000Z';
const onBoard = (part: object) => {
	const task = aRow('tasks', part);
	return { id: task.id, task, caseName: '林阿嬤', role: 'nurse' as const, progress: null };
};

test('by where they come from: what nobody but its author made counts as written by hand', () => {
	const items = [null, 'template', 'rule', 'recurrence', 'question'].map((source) =>
		onBoard({ source })
	);
	for (const [at, source] of FILTER_SOURCES.entries()) {
		const found = filterTasks(items, { ...ALL, source }, 'me', NOW);
		expect(found).toEqual([items[at]]);
	}
	expect(filterTasks(items, ALL, 'me', NOW)).toHaveLength(5);
});

test('by how far they have come', () => {
	const items = [...FILTER_STATES, 'done' as const].map((status) => onBoard({ status }));
	for (const [at, state] of FILTER_STATES.entries()) {
		expect(filterTasks(items, { ...ALL, state }, 'me', NOW)).toEqual([items[at]]);
	}
});

describe('the address', () => {
	const read = (address: string) =>
		filterFrom(new URL(address, 'https://phone.invalid').searchParams, 'mine');
	test('keeps whatever is chosen', () => {
		for (const shown of SHOWN) {
			for (const state of ['', ...FILTER_STATES] as const) {
				for (const source of ['', ...FILTER_SOURCES] as const) {
					const filter = { shown, state, source, caseId: 'lin', onlyHigh: state === 'open' };
					expect(read(filterAddress(filter))).toEqual(filter);
				}
			}
		}
	});
	test('that says what this release does not know is read as if it said nothing', () => {
		expect(read('/tasks?show=later&state=lost&source=sky')).toEqual({ ...ALL, shown: 'mine' });
	});
});

test('what is chosen is counted; whose tasks they are is not', () => {
	expect(chosenCount({ ...ALL, shown: 'overdue' })).toBe(0);
	expect(
		chosenCount({ ...ALL, caseId: 'lin', onlyHigh: true, state: 'open', source: 'rule' })
	).toBe(4);
});
