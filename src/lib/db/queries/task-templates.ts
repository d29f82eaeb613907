/** Templates of tasks on this phone. */
import { compareNames } from '#lib/domain/name-order.ts';
import type { TaskTemplateRow } from '#lib/domain/task-templates.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { isKept } from './kept.ts';

/** Of one organisation: those in use first, then by name. */
export async function taskTemplates(
	db: LocalDb,
	orgId: string
): Promise<readonly TaskTemplateRow[]> {
	const templates = await db.task_templates.toArray();
	return templates
		.filter((template) => template.org_id === orgId && isKept(template))
		.sort((a, b) => Number(b.active) - Number(a.active) || compareNames(a.title, b.title));
}

/** Those in use, of every organisation that this person works in, by name. */
export async function templatesInUse(db: LocalDb): Promise<readonly TaskTemplateRow[]> {
	const templates = await db.task_templates.toArray();
	return templates
		.filter((template) => template.active && isKept(template))
		.sort((a, b) => compareNames(a.title, b.title));
}
