/** How far the bytes of a voice note have come. */
import type { Photo } from '#lib/db/queries/photos.ts';
import { m } from '#lib/paraglide/messages.js';

/** Null when the server has all of it. */
export function voiceBytesLeft({ row, upload }: Photo): string | null {
	if (row.stored_at !== null) return null;
	if (upload === null) return m.voice_elsewhere({ name: row.author_name });
	return m.voice_sending({ percent: Math.floor((upload.sentBytes / upload.totalBytes) * 100) });
}
