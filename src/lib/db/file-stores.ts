/** Where the sealed bytes of pictures stand on this phone (db/files.ts seals them), and when they leave it. */
import type { Tx } from './local-db.ts';
import type { BlobRecord, UploadRecord } from './records.ts';

/** A picture that only this phone has, ready to be stored with the intent that announces it. */
export interface NewFile {
	readonly upload: UploadRecord;
	readonly blobs: readonly BlobRecord[];
}

/** How bytes that belong to a draft are called: nobody else has them, so they make room for nothing. */
export const draftName = (id: string): string => `draft:${id}`;

/** Inside a transaction of the caller over `blobs` and `uploads`. */
export async function putNewFiles(tx: Tx, files: readonly NewFile[]): Promise<void> {
	await tx.blobs.bulkPut(files.flatMap(({ blobs }) => blobs));
	await tx.uploads.bulkPut(files.map(({ upload }) => upload));
}

/** The bytes of these pictures leave this phone. Inside a transaction of the caller over `blobs` and `uploads`. */
export async function dropFiles(tx: Tx, ids: string[]): Promise<void> {
	await tx.uploads.bulkDelete(ids);
	await tx.blobs.where('id').anyOf(ids).delete();
}
