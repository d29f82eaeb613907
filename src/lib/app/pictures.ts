/** Pictures of one person's workspace: sending them behind everything else, and opening them. Loaded when the first is needed. */
import type { LocalDb } from '#lib/db/local-db.ts';
import { browserClock, browserNetwork } from '#lib/sync/environment.ts';
import { FileUploader } from '#lib/sync/file-uploader.ts';
import { readPicture } from '#lib/sync/read-picture.ts';
import type { OpenPicture } from '#lib/sync/workspace.ts';
import { filePort } from './file-port.ts';

export function startUploads(db: LocalDb, userId: string): FileUploader {
	const uploader = new FileUploader({
		db,
		port: filePort(userId),
		clock: browserClock,
		network: browserNetwork(),
		alone: (work) => aloneInBrowser(`connect10-files-${userId}`, work)
	});
	uploader.start();
	return uploader;
}

export async function openPicture(
	db: LocalDb,
	userId: string,
	...[id, variant]: Parameters<OpenPicture>
): ReturnType<OpenPicture> {
	return await readPicture(db, filePort(userId), id, variant);
}

/** Two tabs would only send the same twice: where locks are unknown, that is what happens. */
async function aloneInBrowser(name: string, work: () => Promise<void>): Promise<void> {
	if (!('locks' in navigator)) return await work();
	await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
		if (lock !== null) await work();
	});
}
