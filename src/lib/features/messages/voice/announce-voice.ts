/** A voice note from its recording to the intent that announces it. */
import type { AnnouncedFile } from '#lib/care-ui/photos/take-photo.ts';
import { sha256 } from '#lib/care-ui/photos/take-photo.ts';
import { sealNewFile } from '#lib/db/files.ts';
import type { MessageRow } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import type { Recording } from './recorder.svelte.ts';

/** Seals the recording; nothing is stored yet. @throws {StorageError} */
export async function announceVoice(
	ws: Workspace,
	caseId: string,
	message: Pick<MessageRow, 'id' | 'audience'>,
	{ bytes, mime, durationMs }: Recording
): Promise<AnnouncedFile> {
	const id = ws.newId();
	const now = ws.now();
	const row = {
		id,
		case_id: caseId,
		message_id: message.id,
		kind: 'voice' as const,
		mime,
		duration_ms: durationMs,
		byte_size: bytes.length,
		sha256: await sha256(bytes),
		taken_at: now,
		audience: message.audience === 'staff' ? ('staff' as const) : ('circle' as const)
	};
	const upload = { id, addedAt: now, totalBytes: bytes.length };
	return { args: { row }, file: await sealNewFile(ws.db, upload, { full: bytes, thumb: null }) };
}
