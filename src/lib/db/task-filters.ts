/** Filters of the tasks, as their person named them: in their own store, for a name may be somebody's. */
import type { LocalDb } from './local-db.ts';

/** The caller checks their shape: another release may have written them. */
export async function loadTaskFilters(db: LocalDb): Promise<unknown> {
	const kept = await db.meta.get('task_filters');
	return kept?.key === 'task_filters' ? kept.value : undefined;
}

/** @throws {StorageError} when the phone cannot keep them */
export async function saveTaskFilters(db: LocalDb, value: unknown): Promise<void> {
	await db.inTransaction('rw', ['meta'], (tx) => tx.meta.put({ key: 'task_filters', value }));
}
