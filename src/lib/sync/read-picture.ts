/** Opens a picture, a paper or a voice note: from this phone, else from the server, and then keeps it here. */
import { cacheFile, readFile } from '#lib/db/files.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { toHex } from '#lib/domain/bytes.ts';
import type { AttachmentRow, FileVariant } from '#lib/domain/photo-rows.ts';
import type { FilePort } from './file-port.ts';
import type { PictureAnswer } from './workspace.ts';

/** @throws {StorageError} when this phone's store cannot be read */
export async function readPicture(
	db: LocalDb,
	port: FilePort,
	id: string,
	variant: FileVariant
): Promise<PictureAnswer> {
	const row = await db.attachments.get(id);
	if (!row || row.removed_at !== null) return { kind: 'gone' };
	const here = await readFile(db, id, variant);
	if (here !== null) return opened(here, row);
	if (row.stored_at === null) return { kind: 'elsewhere' };
	const wanted = variant === 'thumb' ? row.thumb_size : row.byte_size;
	const digest = variant === 'thumb' ? row.thumb_sha256 : row.sha256;
	// A paper has no small picture.
	if (wanted === null) return { kind: 'gone' };
	const bytes = new Uint8Array(wanted);
	let has = 0;
	while (has < wanted) {
		const answer = await port.readPieces({ id, variant, start: has });
		if (!answer.ok) return { kind: answer.code === 'not_found' ? 'gone' : 'no_signal' };
		const piece = answer.value;
		if (piece === null || piece.length === 0 || has + piece.length > wanted)
			return { kind: 'no_signal' };
		bytes.set(piece, has);
		has += piece.length;
	}
	if ((await sha256(bytes)) !== digest) return { kind: 'no_signal' };
	// A full phone shows it all the same.
	await cacheFile(db, id, variant, bytes).catch((failure: unknown) =>
		console.warn('A picture was not kept', failure)
	);
	return opened(bytes, row);
}

/** What may be made of bytes beside a picture. */
const OPENED: ReadonlySet<string> = new Set<AttachmentRow['mime']>([
	'application/pdf',
	'audio/webm',
	'audio/mp4'
]);

/** In hex. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** The kind of file is what its row says, so that nothing else is ever made of it. */
function opened(
	bytes: Uint8Array<ArrayBuffer>,
	{ mime }: Pick<AttachmentRow, 'mime'>
): PictureAnswer {
	const type = OPENED.has(mime) ? mime : 'image/jpeg';
	return { kind: 'here', picture: new Blob([bytes], { type }) };
}
