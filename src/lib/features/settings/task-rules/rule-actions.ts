/** What a supervisor does with rules that make tasks: one intent each, that can be taken back. */
import type { TaskRuleRow } from '#lib/domain/task-rules.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';
import type { RuleValues } from './rule-form.svelte.ts';

/** A new rule is on. */
export async function addRule(
	ws: Workspace,
	orgId: string,
	values: RuleValues
): Promise<readonly string[]> {
	return await set(ws, { id: ws.newId(), org_id: orgId, active: true }, values);
}

export async function changeRule(
	ws: Workspace,
	rule: TaskRuleRow,
	values: RuleValues
): Promise<readonly string[]> {
	return await set(ws, rule, values);
}

export async function switchRule(
	ws: Workspace,
	rule: TaskRuleRow,
	active: boolean
): Promise<readonly string[]> {
	return await set(ws, { ...rule, active }, rule);
}

async function set(
	ws: Workspace,
	{ id, org_id, active }: Pick<TaskRuleRow, 'id' | 'org_id' | 'active'>,
	{
		kind,
		params,
		title,
		for_role,
		priority,
		due_hours,
		reply_minutes
	}: Pick<
		TaskRuleRow,
		'kind' | 'params' | 'title' | 'for_role' | 'priority' | 'due_hours' | 'reply_minutes'
	>
): Promise<readonly string[]> {
	const rule = { kind, params, title, for_role, priority, due_hours, reply_minutes };
	const row = { id, org_id, active, ...rule };
	const { mid } = await ws.commit('task_rule.set', { row }, { holdMs: undoMs });
	return [mid];
}
