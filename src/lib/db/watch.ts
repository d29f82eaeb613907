/** A query of the local store that runs again whenever the rows that it read have changed, in any tab; for code outside components. */
import { liveQuery } from 'dexie';
import type { StorageError } from './storage-error.ts';
import { toStorageError } from './storage-error.ts';

/** Calls back with each new result until the returned function is called. */
export function watch<Result>(
	query: () => Promise<Result> | Result,
	onResult: (result: Result) => void,
	onError: (error: StorageError) => void
): () => void {
	const subscription = liveQuery(query).subscribe({
		next: onResult,
		error: (thrown) => onError(toStorageError(thrown))
	});
	return () => subscription.unsubscribe();
}
