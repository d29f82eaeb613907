import { describe, expect, test } from 'vitest';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { CaseMemberRow, CaseRole, TaskRow, TaskStatus } from '#lib/domain/rows.ts';
import { giveOptions } from '#lib/features/tasks/assignees.ts';
import { columnOf, mainStep, mayGive, maySetReply, stepsFor } from '#lib/features/tasks/board.ts';
import { replyMinutes, replyOptions, replyWords } from '#lib/features/tasks/reply-words.ts';
import { TaskForm } from '#lib/features/tasks/task-form.svelte.ts';

const NOW = '2026-11-20T04:00:00.000Z';

function task(part: Partial<TaskRow> = {}): TaskRow {
	return {
		...blankRow('tasks'),
		id: 't',
		case_id: 'lin',
		assignee_id: 'worker',
		created_by: 'nurse',
		reply_minutes: 120,
		...part
	};
}
const after = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
const words = (part: Partial<TaskRow>) => replyWords(task(part), NOW);

describe('the time to answer, in words', () => {
	test.each([
		[{ reply_due_at: null }, '2 小時內要回覆，送出後開始算', false],
		[{ reply_due_at: after(120) }, '回覆期限還剩 2 小時', false],
		[{ reply_due_at: after(121) }, '回覆期限還剩 2 小時', false],
		[{ reply_due_at: after(80) }, '回覆期限還剩 1 小時 20 分鐘', false],
		[{ reply_due_at: after(0.1) }, '回覆期限還剩 1 分鐘', false],
		[{ reply_due_at: after(0) }, '逾時未回覆', true],
		[{ reply_due_at: after(-600), status: 'expired' as const }, '逾時未回覆', true]
	])('%j', (part, text, isLate) => {
		expect(words(part)).toEqual({ text, isLate });
	});

	test('says of an answer whether it came in time', () => {
		const answered = (at: string) =>
			words({ status: 'accepted', reply_due_at: after(0), answered_at: at })?.text;
		expect(answered(after(0))).toMatch(/在期限內$/);
		expect(answered(after(1))).toMatch(/超過期限$/);
	});

	test('is silent where nobody was given a time', () => {
		expect(words({ reply_minutes: null })).toBeNull();
		expect(words({ assignee_id: null, reply_due_at: after(9) })).toBeNull();
		expect(words({ status: 'accepted' })).toBeNull();
	});

	test('each choice is read back as it was offered', () => {
		const values = replyOptions().map(({ value }) => replyMinutes(value));
		expect(values).toEqual([null, 30, 120, 240, 1440]);
		expect(replyMinutes('31')).toBeNull();
	});

	test('what is urgent has two hours, unless somebody chose otherwise', () => {
		const form = new TaskForm(null);
		form.assigneeId = 'worker';
		expect(form.content([]).replyMinutes).toBeNull();
		form.isHigh = true;
		expect(form.content([]).replyMinutes).toBe(120);
		form.chosenReply = '';
		expect(form.content([]).replyMinutes).toBeNull();
		form.chosenReply = '30';
		form.assigneeId = '';
		expect(form.content([]).replyMinutes, 'nobody is asked').toBeNull();
	});
});

describe('a task that nobody answered in time', () => {
	const late = task({ status: 'expired' });

	test('stands under to do, and any staff of the circle may take it', () => {
		expect(columnOf(late)).toBe('todo');
		for (const role of ['worker', 'nurse', 'therapist'] satisfies CaseRole[])
			expect(stepsFor(late, 'colleague', role)).toEqual(['accept', 'start', 'finish']);
		expect(stepsFor(late, 'worker', 'worker')).toContain('decline');
		expect(stepsFor(late, 'colleague', 'family')).toEqual([]);
		expect(mainStep(['accept', 'start'], late)).toBe('accept');
	});
});

describe('giving a task on', () => {
	const may = (userId: string, role: CaseRole, status: TaskStatus = 'open') =>
		mayGive(task({ status }), userId, role);

	test('its holder, its author and the planners; never the family, never once it is done', () => {
		expect(may('worker', 'worker')).toBe(true);
		expect(may('nurse', 'nurse')).toBe(true);
		expect(may('somebody', 'care_manager', 'expired')).toBe(true);
		expect(may('somebody', 'therapist')).toBe(false);
		expect(may('worker', 'family')).toBe(false);
		expect(may('worker', 'worker', 'declined')).toBe(false);
		expect(may('nurse', 'nurse', 'declined')).toBe(true);
		expect(may('somebody', 'supervisor', 'done')).toBe(false);
		expect(mayGive(task({ assignee_id: null }), 'nurse', 'nurse')).toBe(false);
	});

	test('the time to answer is set by who asks, not by who is asked', () => {
		expect(maySetReply(task(), 'nurse', 'nurse')).toBe(true);
		expect(maySetReply(task(), 'somebody', 'supervisor')).toBe(true);
		expect(maySetReply(task(), 'worker', 'worker')).toBe(false);
	});

	test('is offered among those who can see it; who did not answer can be asked again, but not by themselves', () => {
		const member = (user_id: string, role: CaseMemberRow['role']): CaseMemberRow => ({
			...blankRow('case_members'),
			user_id,
			role,
			display_name: user_id
		});
		const members = [member('worker', 'worker'), member('nurse', 'nurse'), member('son', 'family')];
		const choices = (part: Partial<TaskRow>, userId = 'nurse') =>
			giveOptions(members, task(part), userId).map(({ value }) => value);
		expect(choices({ audience: 'staff' })).toEqual(['nurse']);
		expect(choices({ audience: 'circle' })).toEqual(['nurse', 'son']);
		expect(choices({ audience: 'staff', status: 'expired' })).toEqual(['worker', 'nurse']);
		expect(choices({ audience: 'staff', status: 'expired' }, 'worker')).toEqual(['nurse']);
	});
});
