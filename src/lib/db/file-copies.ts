/** Copies of pictures that the server has, too: the first to go when room is wanted, and gone when access ends. */
import { draftName } from './file-stores.ts';
import type { LocalDb, Tx } from './local-db.ts';

/** The bytes of these pictures leave this phone, but not those that only it has. Inside a transaction of the caller over `blobs` and `uploads`. */
export async function dropCachedFiles(tx: Tx, ids: ReadonlySet<string>): Promise<void> {
	const waiting = new Set(await tx.uploads.toCollection().primaryKeys());
	const held = (await tx.blobs.orderBy('id').uniqueKeys()).map(String);
	await tx.blobs
		.where('id')
		.anyOf(held.filter((id) => ids.has(id) && !waiting.has(id)))
		.delete();
}

/** Makes room: full pictures that the server has, too. @returns whether there were any */
export async function dropFullCopies(db: LocalDb): Promise<boolean> {
	return await db.inTransaction('rw', ['blobs', 'uploads'], async (tx) => {
		const waiting = new Set(await tx.uploads.toCollection().primaryKeys());
		const held = await tx.blobs.toCollection().primaryKeys();
		const copies = held.filter(
			([id, variant]) => variant === 'full' && !waiting.has(id) && !id.startsWith(draftName(''))
		);
		await tx.blobs.bulkDelete(copies);
		return copies.length > 0;
	});
}
