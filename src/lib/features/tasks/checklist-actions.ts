/** Ticks of the steps of a task, each one intent: taking a tick back is another. */
import type { TaskRow } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';

export async function tickStep(
	ws: Workspace,
	task: TaskRow,
	{ step, done }: { readonly step: string; readonly done: boolean }
): Promise<void> {
	await ws.commit('task_check.add', {
		row: {
			id: ws.newId(),
			case_id: task.case_id,
			task_id: task.id,
			step,
			done,
			audience: task.audience
		}
	});
}
