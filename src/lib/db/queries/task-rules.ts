/** Rules that make tasks, of one organisation. */
import type { TaskRuleRow } from '#lib/domain/task-rules.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { isKept } from './kept.ts';

/** Those that are on first, then as they were written. */
export async function taskRules(db: LocalDb, orgId: string): Promise<readonly TaskRuleRow[]> {
	const rules = await db.task_rules.toArray();
	return rules
		.filter((rule) => rule.org_id === orgId && isKept(rule))
		.sort((a, b) => Number(b.active) - Number(a.active) || a.id.localeCompare(b.id));
}
