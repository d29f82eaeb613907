import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BoardTask } from '#lib/db/queries/tasks.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { TaskRow } from '#lib/domain/rows.ts';
import { filterTasks, NO_FILTER } from '#lib/features/tasks/task-filter.ts';
import { intoDueGroups } from '#lib/features/tasks/due-groups.ts';
import { chosenView, rememberView } from '#lib/features/tasks/task-view-choice.ts';

/** Friday noon in Taiwan. */
const NOW = '2026-11-20T04:00:00.000Z';
const view = { userId: 'me', now: NOW, today: '2026-11-20' };

function item(id: string, part: Partial<TaskRow> = {}): BoardTask {
	const task = { ...blankRow('tasks'), id, status: 'accepted' as const, created_by: 'nurse' };
	return { id, task: { ...task, ...part }, caseName: '林阿嬤', role: 'worker', progress: null };
}
const groups = (...items: BoardTask[]) =>
	Object.fromEntries(
		intoDueGroups(items, view).map((group) => [group.id, group.items.map(({ id }) => id)])
	);

describe('the list by due time', () => {
	test('days and weeks end at midnight in Taiwan, weeks on Sunday', () => {
		const due = (due_at: string | null) => ({ due_at });
		expect(
			groups(
				item('never', due(null)),
				item('late', due('2026-11-20T03:59:59.000Z')),
				item('now', due(NOW)),
				item('tonight', due('2026-11-20T15:59:59.000Z')),
				item('tomorrow', due('2026-11-20T16:00:00.000Z')),
				item('sunday', due('2026-11-22T15:59:59.000Z')),
				item('monday', due('2026-11-22T16:00:00.000Z'))
			)
		).toEqual({
			overdue: ['late'],
			today: ['now', 'tonight'],
			week: ['tomorrow', 'sunday'],
			later: ['monday'],
			never: ['never']
		});
	});

	test('offers that wait for my answer stand on top, also late ones; what others left unanswered after them', () => {
		const mine = { assignee_id: 'me', due_at: '2026-11-01T00:00:00.000Z' };
		const asked = { assignee_id: 'colleague', reply_minutes: 30 };
		const found = groups(
			item('waits', { ...asked, status: 'open', reply_due_at: '2026-11-20T04:10:00.000Z' }),
			item('silent', { ...asked, status: 'open', reply_due_at: NOW }),
			item('expired', { ...asked, status: 'expired', reply_due_at: NOW }),
			item('offer', { ...mine, status: 'open' }),
			item('late-offer', { ...mine, status: 'expired' }),
			item('my-own', { ...mine, status: 'open', created_by: 'me' }),
			item('taken', { ...mine, status: 'accepted' })
		);
		expect(found).toEqual({
			asked: ['offer', 'late-offer'],
			unanswered: ['silent', 'expired'],
			overdue: ['my-own', 'taken'],
			never: ['waits']
		});
		expect(Object.keys(found).slice(0, 2)).toEqual(['asked', 'unanswered']);
	});

	test('what I asked and nobody answered is mine to look after', () => {
		const asked = { assignee_id: 'colleague', created_by: 'me' } as const;
		const items = [
			item('open', { ...asked, status: 'open' }),
			item('gone', { ...asked, status: 'expired' })
		];
		const mine = filterTasks(items, { shown: 'mine', ...NO_FILTER }, 'me', NOW);
		expect(mine.map(({ id }) => id)).toEqual(['gone']);
	});

	test('what has ended is not in the list', () => {
		expect(groups(item('done', { status: 'done' }), item('no', { status: 'declined' }))).toEqual(
			{}
		);
	});
});

describe('board or list', () => {
	afterEach(() => vi.unstubAllGlobals());

	test('is remembered; a browser that stores nothing shows the board', () => {
		const kept = new Map<string, string>();
		vi.stubGlobal('localStorage', {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, value: string) => void kept.set(key, value)
		});
		expect(chosenView()).toBe('board');
		rememberView('list');
		expect(chosenView()).toBe('list');
		const refuse = () => {
			throw new DOMException('no', 'SecurityError');
		};
		vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
		expect(chosenView()).toBe('board');
		expect(() => rememberView('list')).not.toThrow();
	});
});
