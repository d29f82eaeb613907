/** What can go wrong with this phone's own storage, told apart so that a screen can say what helps. */

/**
 * quota: the phone is full · closed: the connection to the store was lost and reopening it once did not help ·
 * unexpected: anything else. In each case nothing was stored.
 */
export type StorageProblem = 'quota' | 'closed' | 'unexpected';

export class StorageError extends Error {
	readonly kind: StorageProblem;

	constructor(kind: StorageProblem, cause: unknown) {
		super(`This phone's storage failed: ${kind}`, { cause });
		this.name = 'StorageError';
		this.kind = kind;
	}
}

/** Normalises whatever Dexie or IndexedDB threw. */
export function toStorageError(thrown: unknown): StorageError {
	if (thrown instanceof StorageError) return thrown;
	return new StorageError(problemOf(thrown), thrown);
}

/** Whether reopening the store may help: iOS kills the connection of a web app that was in the background (dexie issues 2008, 2296). */
export function isConnectionLost(thrown: unknown): boolean {
	return problemOf(thrown) === 'closed';
}

const LOST_CONNECTION =
	/connection to indexed database server lost|connection is closing|database connection is closed/i;
const CLOSED_NAMES = new Set(['DatabaseClosedError', 'InvalidStateError', 'OpenFailedError']);

function problemOf(thrown: unknown): StorageProblem {
	const chain = errorChain(thrown);
	if (chain.some(({ name }) => name === 'QuotaExceededError')) return 'quota';
	const closed = chain.some(
		({ name, message }) => CLOSED_NAMES.has(name) || LOST_CONNECTION.test(message)
	);
	return closed ? 'closed' : 'unexpected';
}

/** Dexie wraps: an AbortError carries the QuotaExceededError as `inner`, a BulkError in `failures`. */
function errorChain(thrown: unknown, depth = 0): { name: string; message: string }[] {
	if (depth > 4 || typeof thrown !== 'object' || thrown === null) return [];
	const name = 'name' in thrown ? String(thrown.name) : '';
	const message = 'message' in thrown ? String(thrown.message) : '';
	const failures: unknown[] =
		'failures' in thrown && Array.isArray(thrown.failures) ? thrown.failures : [];
	const inner = [
		'inner' in thrown ? thrown.inner : undefined,
		'cause' in thrown ? thrown.cause : undefined,
		...failures.slice(0, 3)
	];
	return [{ name, message }, ...inner.flatMap((each) => errorChain(each, depth + 1))];
}
