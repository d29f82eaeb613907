/** A query of the local store that runs again whenever the rows that it read have changed, in any tab; for code outside components. */
import { liveQuery } from 'dexie';
import type { StorageError } from './storage-error.ts';
import { toStorageError } from './storage-error.ts';

const awaitingFirst = new Set<symbol>();

/** Whether any query in this tab waits for its first result. */
export function isAwaitingReads(): boolean {
	return awaitingFirst.size > 0;
}

/** Calls back with each new result until the returned function is called. */
export function watch<Result>(
	query: () => Promise<Result> | Result,
	onResult: (result: Result) => void,
	onError: (error: StorageError) => void
): () => void {
	const reading = Symbol('reading');
	awaitingFirst.add(reading);
	const subscription = liveQuery(query).subscribe({
		next: (result) => {
			awaitingFirst.delete(reading);
			onResult(result);
		},
		error: (thrown) => {
			awaitingFirst.delete(reading);
			onError(toStorageError(thrown));
		}
	});
	return () => {
		awaitingFirst.delete(reading);
		subscription.unsubscribe();
	};
}
