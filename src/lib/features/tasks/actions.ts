/** What people do with tasks, each one intent. */
import { actWithUndo } from '#lib/care-ui/act-with-undo.ts';
import type { TaskRow } from '#lib/domain/rows.ts';
import type { TaskTransition } from '#lib/domain/status.ts';
import { cleanText } from '#lib/domain/text.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';
import { STEP_WORDS } from './step-words.ts';
import { changesOf, type TaskContent } from './task-content.ts';

/** Where a task comes from, as its author says it. */
export interface TaskSource {
	readonly source: 'question' | 'template';
	readonly source_id: string;
}

/** Answers the task's id. @param source null: from nothing. A task for the family is for the whole circle to see; all others stay with the staff. */
export async function createTask(
	ws: Workspace,
	caseId: string,
	content: TaskContent,
	source: TaskSource | null
): Promise<string> {
	const id = ws.newId();
	await ws.commit('task.create', {
		row: {
			id,
			case_id: caseId,
			title: content.title,
			body: content.body || null,
			due_at: content.dueAt,
			priority: content.priority,
			reply_minutes: content.replyMinutes,
			steps: content.steps,
			assignee_id: content.assignee?.id ?? null,
			assignee_name: content.assignee?.name ?? null,
			audience: content.assignee?.isFamily ? 'circle' : 'staff',
			...source
		}
	});
	return id;
}

export interface Giving {
	readonly to: { readonly id: string; readonly name: string };
	readonly replyMinutes: TaskRow['reply_minutes'];
	/** Why, as typed. */
	readonly note: string;
}

/** Hands it to another, or offers it again, with ten seconds to take that back. */
export async function giveTask(ws: Workspace, taskId: string, giving: Giving): Promise<boolean> {
	return await actWithUndo(
		ws,
		async () => {
			const args = {
				id: taskId,
				at: ws.now(),
				to_id: giving.to.id,
				to_name: giving.to.name,
				reply_minutes: giving.replyMinutes,
				note: cleanText(giving.note) || null
			};
			const { mid } = await ws.commit('task.give', args, { holdMs: undoMs });
			return [mid];
		},
		m.tasks_given({ name: giving.to.name })
	);
}

type PlainStep = Exclude<TaskTransition, 'decline'>;

/** Takes the step at once and offers ten seconds to take it back; false when this phone could not store it (that has been said). */
export async function takeStep(ws: Workspace, taskId: string, step: PlainStep): Promise<boolean> {
	return await actWithUndo(
		ws,
		async () => {
			const args = { id: taskId, at: ws.now() };
			const { mid } = await ws.commit(`task.${step}`, args, { holdMs: undoMs });
			return [mid];
		},
		STEP_WORDS[step].done()
	);
}

export async function declineTask(ws: Workspace, taskId: string, reason: string): Promise<boolean> {
	return await actWithUndo(
		ws,
		async () => {
			const args = { id: taskId, at: ws.now(), reason };
			const { mid } = await ws.commit('task.decline', args, { holdMs: undoMs });
			return [mid];
		},
		STEP_WORDS.decline.done()
	);
}

export async function editTask(ws: Workspace, task: TaskRow, content: TaskContent): Promise<void> {
	const patch = changesOf(task, content);
	if (Object.keys(patch).length > 0) await ws.commit('task.patch', { id: task.id, patch });
}

/** @param mentions ids of those it is meant for */
export async function addComment(
	ws: Workspace,
	task: TaskRow,
	text: string,
	mentions: readonly string[]
): Promise<void> {
	await ws.commit('task_comment.add', {
		row: {
			id: ws.newId(),
			case_id: task.case_id,
			task_id: task.id,
			body: cleanText(text),
			mentions,
			audience: task.audience
		}
	});
}
