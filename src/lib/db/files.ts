/**
 * The bytes of pictures on this phone, each sealed with AES-GCM under a key of this person's store that no script can read out. What that
 * protects against and what not: docs/decisions/012-photos.md. WebCrypto inside a transaction would end it: seal first, then store.
 */
import type { FileVariant } from '#lib/domain/photo-rows.ts';
import type { LocalDb } from './local-db.ts';
import { draftName, type NewFile } from './file-stores.ts';
import type { BlobRecord, UploadRecord } from './records.ts';
import { toStorageError } from './storage-error.ts';

const IV_BYTES = 12;
const KEY_NAME = 'files';

/** @param bytes a paper has no small picture: `thumb` null @throws {StorageError} */
export async function sealNewFile(
	db: LocalDb,
	upload: Omit<UploadRecord, 'sentBytes'>,
	bytes: {
		readonly thumb: Uint8Array<ArrayBuffer> | null;
		readonly full: Uint8Array<ArrayBuffer>;
	}
): Promise<NewFile> {
	const full = await seal(db, upload.id, 'full', bytes.full);
	if (bytes.thumb === null)
		return { upload: { ...upload, sentBytes: 0, onlyFull: true }, blobs: [full] };
	const thumb = await seal(db, upload.id, 'thumb', bytes.thumb);
	return { upload: { ...upload, sentBytes: 0 }, blobs: [thumb, full] };
}

/** Keeps what came from the server. @throws {StorageError} */
export async function cacheFile(
	db: LocalDb,
	id: string,
	variant: FileVariant,
	bytes: Uint8Array<ArrayBuffer>
): Promise<void> {
	const blob = await seal(db, id, variant, bytes);
	await db.inTransaction('rw', ['blobs', 'attachments'], async (tx) => {
		// Access may have ended while it was on its way.
		if (await tx.attachments.get(id)) await tx.blobs.put(blob);
	});
}

/** Null when this phone does not have it, or cannot open it any more. @throws {StorageError} */
export async function readFile(
	db: LocalDb,
	id: string,
	variant: FileVariant
): Promise<Uint8Array<ArrayBuffer> | null> {
	const blob = await db.blobs.get([id, variant]).catch((failure: unknown) => {
		throw toStorageError(failure);
	});
	if (!blob) return null;
	const key = await fileKey(db);
	try {
		const { iv, sealed } = blob;
		const algorithm = { name: 'AES-GCM', iv, additionalData: nameOf(id, variant) };
		return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed));
	} catch {
		// Damaged, or sealed under a key that is gone: the same as not being here.
		return null;
	}
}

/** Bytes of something that was begun and not sent, as sealed as all others. @throws {StorageError} */
export async function keepDraftBytes(
	db: LocalDb,
	id: string,
	bytes: Uint8Array<ArrayBuffer>
): Promise<void> {
	const blob = await seal(db, draftName(id), 'full', bytes);
	await db.inTransaction('rw', ['blobs'], (tx) => tx.blobs.put(blob));
}

/** Null when this phone does not have them, or cannot open them any more. @throws {StorageError} */
export async function readDraftBytes(
	db: LocalDb,
	id: string
): Promise<Uint8Array<ArrayBuffer> | null> {
	return await readFile(db, draftName(id), 'full');
}

/** @throws {StorageError} */
export async function dropDraftBytes(db: LocalDb, ids: readonly string[]): Promise<void> {
	await db.inTransaction('rw', ['blobs'], (tx) =>
		tx.blobs.bulkDelete(ids.map((id): [string, FileVariant] => [draftName(id), 'full']))
	);
}

async function seal(
	db: LocalDb,
	id: string,
	variant: FileVariant,
	bytes: Uint8Array<ArrayBuffer>
): Promise<BlobRecord> {
	const key = await fileKey(db);
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	const algorithm = { name: 'AES-GCM', iv, additionalData: nameOf(id, variant) };
	return { id, variant, iv, sealed: await crypto.subtle.encrypt(algorithm, key, bytes) };
}

/** Ciphertext that was put in another one's place does not open. */
function nameOf(id: string, variant: FileVariant): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(`${id}/${variant}`);
}

async function fileKey(db: LocalDb): Promise<CryptoKey> {
	const known = await db.keys.get(KEY_NAME).catch((failure: unknown) => {
		throw toStorageError(failure);
	});
	if (known) return known.key;
	const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
		'encrypt',
		'decrypt'
	]);
	return await db.inTransaction('rw', ['keys'], async (tx) => {
		// Another tab may have been quicker: what it has sealed must stay open.
		const first = await tx.keys.get(KEY_NAME);
		if (first) return first.key;
		await tx.keys.add({ name: KEY_NAME, key: made });
		return made;
	});
}
