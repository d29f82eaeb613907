/** A photo from the picked file to the intent that announces it, and its removal. */
import { sealNewFile } from '#lib/db/files.ts';
import { toHex } from '#lib/domain/bytes.ts';
import type { AttachmentRow } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import type { ShrunkPicture } from '#lib/ui/shrink-picture.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

export interface TypedPhoto {
	readonly kind: AttachmentRow['kind'];
	readonly bodySite: string | null;
	readonly caption: string;
	readonly audience: AttachmentRow['audience'];
}

/** Row and bytes are stored together or not at all. Can be taken back for ten seconds. @throws {StorageError} */
export async function savePhoto(
	ws: Workspace,
	place: { readonly caseId: string; readonly visitId: string | null },
	picture: ShrunkPicture,
	typed: TypedPhoto
): Promise<readonly string[]> {
	const id = ws.newId();
	const now = ws.now();
	const { full, thumb, width, height } = picture;
	const row = {
		id,
		case_id: place.caseId,
		visit_id: place.visitId,
		kind: typed.kind,
		body_site: typed.kind === 'wound' ? typed.bodySite : null,
		caption: typed.caption.trim() || null,
		mime: 'image/jpeg' as const,
		width,
		height,
		byte_size: full.length,
		sha256: await sha256(full),
		thumb_size: thumb.length,
		thumb_sha256: await sha256(thumb),
		taken_at: now,
		audience: typed.audience
	};
	const upload = { id, addedAt: now, totalBytes: full.length + thumb.length };
	const file = await sealNewFile(ws.db, upload, { full, thumb });
	const { mid } = await ws.commit('attachment.add', { row }, { holdMs: undoMs, files: [file] });
	return [mid];
}

/** Hides it from everybody, with the reason; kept on the server, as the law asks. @throws {StorageError} */
export async function removePhoto(
	ws: Workspace,
	id: string,
	reason: string
): Promise<readonly string[]> {
	const { mid } = await ws.commit(
		'attachment.remove',
		{ id, at: ws.now(), reason: reason.trim() },
		{ holdMs: undoMs }
	);
	return [mid];
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
