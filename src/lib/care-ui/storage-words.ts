/** What a failed save on this phone means for the person, and what helps. */
import { StorageError } from '#lib/db/storage-error.ts';
import { m } from '#lib/paraglide/messages.js';

const WORDS = {
	quota: m.errors_storage_quota,
	closed: m.errors_storage_closed,
	unexpected: m.errors_storage_unexpected
};

/** Throws on anything that is not a failure of the storage: that is a fault of ours, for the error screen. */
export function storageWords(failure: unknown): string {
	if (!(failure instanceof StorageError)) throw failure;
	return WORDS[failure.kind]();
}
