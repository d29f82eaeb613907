/** A query of the local store as a rune. */
import { untrack } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { toStorageError, type StorageError } from './storage-error.ts';
import { watch } from './watch.ts';

export interface Live<Result> {
	/** undefined while the first answer is awaited. */
	readonly current: Result | undefined;
	readonly error: StorageError | null;
}

type Query<Result> = () => Promise<Result> | Result;

/**
 * The query runs again when the rows that it read have changed, and when reactive state has that it read before its first `await`:
 * `live(() => tasksOf(db, caseId))` follows `caseId`. Until the new answer is there, the last one stands.
 */
export function live<Result>(query: Query<Result>): Live<Result> {
	let current: Result | undefined;
	let error: StorageError | null = null;
	const subscribe = createSubscriber((update) => {
		let stopWatching: () => void = () => undefined;
		const followed = follow(query, () => ask());
		const ask = () => {
			stopWatching();
			stopWatching = watch(
				followed.query,
				(result) => {
					current = result;
					error = null;
					update();
				},
				(problem) => {
					error = problem;
					update();
				}
			);
		};
		ask();
		return () => {
			stopWatching();
			followed.stop();
		};
	});
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

/** The query, and word of it when reactive state that its last run read has changed; the store runs it outside every component. */
function follow<Result>(
	query: Query<Result>,
	onChange: () => void
): { readonly query: Query<Result>; stop(): void } {
	let stop: () => void = () => undefined;
	return {
		query() {
			stop();
			let hasRun = false;
			// Given at once: the effect runs when it is made, and again after a change.
			let answer!: Promise<Result> | Result;
			stop = $effect.root(() => {
				$effect.pre(() => {
					if (hasRun) untrack(onChange);
					else answer = attempt(query);
					hasRun = true;
				});
			});
			return answer;
		},
		stop: () => stop()
	};
}

/** What it throws at once is a failed answer: it must neither end the effect nor pass by the store. */
function attempt<Result>(query: Query<Result>): Promise<Result> | Result {
	try {
		return query();
	} catch (failure) {
		return Promise.reject(toStorageError(failure));
	}
}
