/** A query of the local store as a rune. */
import { createSubscriber } from 'svelte/reactivity';
import type { StorageError } from './storage-error.ts';
import { watch } from './watch.ts';

export interface Live<Result> {
	/** undefined while the first answer is awaited. */
	readonly current: Result | undefined;
	readonly error: StorageError | null;
}

/**
 * Reactive state that is read inside `query` is not tracked: pass it as an argument and make a new one,
 * `const rows = $derived(live(() => tasksOf(db, caseId)))`.
 */
export function live<Result>(query: () => Promise<Result> | Result): Live<Result> {
	let current: Result | undefined;
	let error: StorageError | null = null;
	const subscribe = createSubscriber((update) =>
		watch(
			query,
			(result) => {
				current = result;
				error = null;
				update();
			},
			(problem) => {
				error = problem;
				update();
			}
		)
	);
	return {
		get current() {
			subscribe();
			return current;
		},
		get error() {
			subscribe();
			return error;
		}
	};
}
