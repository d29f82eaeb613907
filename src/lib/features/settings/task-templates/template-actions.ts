/** What managers do with templates of tasks: one intent each, that can be taken back. */
import type { TaskTemplateRow } from '#lib/domain/task-templates.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';
import type { TemplateValues } from './template-form.svelte.ts';

/** A new one is in use. */
export async function addTemplate(
	ws: Workspace,
	orgId: string,
	values: TemplateValues
): Promise<readonly string[]> {
	return await set(ws, { id: ws.newId(), org_id: orgId, active: true }, values);
}

export async function changeTemplate(
	ws: Workspace,
	template: TaskTemplateRow,
	values: TemplateValues
): Promise<readonly string[]> {
	return await set(ws, template, values);
}

export async function useTemplate(
	ws: Workspace,
	template: TaskTemplateRow,
	active: boolean
): Promise<readonly string[]> {
	return await set(ws, { ...template, active }, template);
}

async function set(
	ws: Workspace,
	{ id, org_id, active }: Pick<TaskTemplateRow, 'id' | 'org_id' | 'active'>,
	{ title, body, steps, for_role, priority, due_days, reply_minutes }: TemplateValues
): Promise<readonly string[]> {
	const says = { title, body, steps, for_role, priority, due_days, reply_minutes };
	const row = { id, org_id, active, ...says };
	const { mid } = await ws.commit('task_template.set', { row }, { holdMs: undoMs });
	return [mid];
}
