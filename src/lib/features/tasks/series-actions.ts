/** What people do with tasks that come again. */
import { actWithUndo } from '#lib/care-ui/act-with-undo.ts';
import { mayDo } from '#lib/domain/permissions.ts';
import { rowPatch } from '#lib/domain/row-patch.ts';
import type { CaseRole, TaskSeriesRow } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';
import type { Repetition } from './repeat-form.svelte.ts';
import type { TaskContent } from './task-content.ts';

/** Answers its id. Its first task is made when it has reached the server. */
export async function createSeries(
	ws: Workspace,
	caseId: string,
	content: TaskContent,
	repetition: Repetition
): Promise<string> {
	const id = ws.newId();
	await ws.commit('task_series.add', {
		row: {
			id,
			case_id: caseId,
			...saysOf(content, repetition),
			assignee_name: content.assignee?.name ?? null
		}
	});
	return id;
}

/** @param series as it was when this person began */
export async function changeSeries(
	ws: Workspace,
	series: TaskSeriesRow,
	content: TaskContent,
	repetition: Repetition
): Promise<void> {
	const patch = rowPatch<Says>(series, series, saysOf(content, repetition));
	if (Object.keys(patch).length > 0) {
		await ws.commit('task_series.patch', { id: series.id, patch });
	}
}

/** It rests, or comes again, with ten seconds to take that back. */
export async function letRest(
	ws: Workspace,
	series: TaskSeriesRow,
	active: boolean
): Promise<boolean> {
	return await actWithUndo(
		ws,
		async () => {
			const args = { id: series.id, patch: { active: [series.active, active] as const } };
			const { mid } = await ws.commit('task_series.patch', args, { holdMs: undoMs });
			return [mid];
		},
		active ? m.repeats_is_on() : m.repeats_is_off()
	);
}

/** Who wrote it, and managers (private.guard_task_series). */
export function mayChangeSeries(
	series: Pick<TaskSeriesRow, 'created_by'>,
	userId: string,
	role: CaseRole | null
): boolean {
	if (role === 'care_manager' || role === 'supervisor') return true;
	return mayDo(role, 'task_series.patch') && series.created_by === userId;
}

type Says = Pick<
	TaskSeriesRow,
	'title' | 'body' | 'steps' | 'priority' | 'reply_minutes' | 'assignee_id'
> &
	Repetition;

function saysOf(content: TaskContent, repetition: Repetition): Says {
	return {
		title: content.title,
		body: content.body || null,
		steps: content.steps,
		priority: content.priority,
		reply_minutes: content.replyMinutes,
		assignee_id: content.assignee?.id ?? null,
		...repetition
	};
}
