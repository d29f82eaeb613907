/** What somebody has typed but not yet saved as an intent; survives reload and crash. */
import type { LocalDb } from './local-db.ts';
import type { DraftRecord } from './records.ts';
import { toStorageError } from './storage-error.ts';

/** The draft under this key, or undefined. The caller checks its shape: an earlier release may have written it. */
export async function loadDraft(db: LocalDb, key: string): Promise<unknown> {
	return (await db.drafts.get(key))?.value;
}

/** All drafts whose key begins so. */
export async function draftsOf(db: LocalDb, prefix: string): Promise<readonly DraftRecord[]> {
	return await db.drafts.where('key').startsWith(prefix).toArray();
}

/**
 * @param savedAt device time, ISO
 * @throws {StorageError} when the phone cannot keep it
 */
export async function saveDraft(
	db: LocalDb,
	key: string,
	value: unknown,
	savedAt = new Date().toISOString()
): Promise<void> {
	await db.inTransaction('rw', ['drafts'], (tx) => tx.drafts.put({ key, value, savedAt }));
}

export async function dropDraft(db: LocalDb, key: string): Promise<void> {
	try {
		await db.drafts.delete(key);
	} catch (failure) {
		throw toStorageError(failure);
	}
}
