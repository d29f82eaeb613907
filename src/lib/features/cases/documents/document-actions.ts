/** Adding a paper: row and bytes in one transaction. */
import { sha256 } from '#lib/care-ui/photos/take-photo.ts';
import { sealNewFile } from '#lib/db/files.ts';
import type { DocumentKind } from '#lib/domain/documents.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';
import type { PickedDocument } from './document-file.ts';

export interface TypedDocument {
	readonly title: string;
	readonly kind: DocumentKind;
	readonly audience: 'circle' | 'staff';
}

/** Can be taken back for ten seconds. @throws {StorageError} */
export async function saveDocument(
	ws: Workspace,
	caseId: string,
	{ mime, full, thumb, width, height }: PickedDocument,
	typed: TypedDocument
): Promise<readonly string[]> {
	const id = ws.newId();
	const now = ws.now();
	const row = {
		id,
		case_id: caseId,
		kind: 'document' as const,
		document_kind: typed.kind,
		caption: typed.title.trim(),
		mime,
		width,
		height,
		byte_size: full.length,
		sha256: await sha256(full),
		thumb_size: thumb?.length ?? null,
		thumb_sha256: thumb && (await sha256(thumb)),
		taken_at: now,
		audience: typed.audience
	};
	const upload = { id, addedAt: now, totalBytes: full.length + (thumb?.length ?? 0) };
	const file = await sealNewFile(ws.db, upload, { full, thumb });
	const { mid } = await ws.commit('attachment.add', { row }, { holdMs: undoMs, files: [file] });
	return [mid];
}
