/** What the steps of a task do to its row before the server has answered. */
import type { TaskRow } from '#lib/domain/rows.ts';
import type { Author, Mutation } from './catalogue.ts';
import type { RowChange, RowLookup } from './effects.ts';

type TaskStep = 'accept' | 'decline' | 'give' | 'start' | 'finish' | 'reopen';
type TaskMutation = Extract<Mutation, { name: `task.${TaskStep}` }>;

export function taskStep(mutation: TaskMutation, author: Author, rows: RowLookup): RowChange[] {
	const task = rows.get('tasks', mutation.args.id);
	return task ? [{ table: 'tasks', row: { ...task, ...afterStep(mutation, author, task) } }] : [];
}

function afterStep(
	{ name, args, at }: TaskMutation,
	author: Author,
	task: TaskRow
): Partial<TaskRow> {
	switch (name) {
		case 'task.accept':
			return { status: 'accepted', assignee_id: author.userId, assignee_name: author.name };
		case 'task.decline':
			return { status: 'declined', decline_reason: args.reason };
		case 'task.give':
			return {
				status: 'open',
				assignee_id: args.to_id,
				assignee_name: args.to_name,
				reply_minutes: args.reply_minutes,
				reply_due_at: null,
				decline_reason: null,
				handed_on: [
					...task.handed_on,
					{
						at,
						by_name: author.name,
						from_name: task.assignee_name,
						to_name: args.to_name,
						note: args.note
					}
				]
			};
		case 'task.start':
			return { status: 'doing', assignee_id: author.userId, assignee_name: author.name };
		case 'task.finish':
			return { status: 'done', finished_at: args.at, finished_by_name: author.name };
		case 'task.reopen':
			return {
				status: 'open',
				reply_due_at: null,
				finished_at: null,
				finished_by_name: null,
				decline_reason: null
			};
	}
}
