/** A photo from the picked file to the intent that announces it, and its removal. */
import { sealNewFile } from '#lib/db/files.ts';
import type { NewFile } from '#lib/db/file-stores.ts';
import { toHex } from '#lib/domain/bytes.ts';
import type { MutationArgs } from '#lib/domain/mutations/catalogue.ts';
import type { EmergencyRow, MessageRow, TaskRow } from '#lib/domain/rows.ts';
import type { WoundState } from '#lib/domain/wounds.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import type { ShrunkPicture } from '#lib/ui/shrink-picture.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

/** What a photo belongs to beside the person. */
export interface PhotoPlace {
	readonly caseId: string;
	readonly visitId?: string;
	/** A report: its photos are seen by no more people than it is. */
	readonly emergency?: Pick<EmergencyRow, 'id' | 'audience'>;
	/** A message or a task: the same. */
	readonly message?: Pick<MessageRow, 'id' | 'audience'>;
	readonly task?: Pick<TaskRow, 'id' | 'audience'>;
}

/** Who may see what belongs there, when it is not for everybody of the circle; null: who takes it chooses. */
export function fixedAudience(place: PhotoPlace): 'staff' | 'restricted' | null {
	const audience = (place.emergency ?? place.message ?? place.task)?.audience;
	return audience === 'staff' || audience === 'restricted' ? audience : null;
}

export interface TypedPhoto {
	readonly kind: 'photo' | 'wound';
	/** Of a wound: where it is, and what was seen of it. */
	readonly bodySite: string | null;
	readonly wound: WoundState | null;
	readonly caption: string;
	readonly audience: 'circle' | 'staff';
}

/** An intent with the bytes that it announces: to be stored together or not at all. */
export interface AnnouncedFile {
	readonly args: MutationArgs['attachment.add'];
	readonly file: NewFile;
}

/** Can be taken back for ten seconds. @throws {StorageError} */
export async function savePhoto(
	ws: Workspace,
	place: PhotoPlace,
	picture: ShrunkPicture,
	typed: TypedPhoto
): Promise<readonly string[]> {
	const { args, file } = await announcePhoto(ws, place, picture, typed);
	const { mid } = await ws.commit('attachment.add', args, { holdMs: undoMs, files: [file] });
	return [mid];
}

/** Seals the picture; nothing is stored yet. @throws {StorageError} */
export async function announcePhoto(
	ws: Workspace,
	place: PhotoPlace,
	picture: ShrunkPicture,
	typed: TypedPhoto
): Promise<AnnouncedFile> {
	const id = ws.newId();
	const now = ws.now();
	const { full, thumb, width, height } = picture;
	const row = {
		id,
		case_id: place.caseId,
		visit_id: place.visitId ?? null,
		emergency_id: place.emergency?.id ?? null,
		message_id: place.message?.id ?? null,
		task_id: place.task?.id ?? null,
		kind: typed.kind,
		body_site: typed.kind === 'wound' ? typed.bodySite : null,
		wound: typed.kind === 'wound' ? typed.wound : null,
		caption: typed.caption.trim() || null,
		mime: 'image/jpeg' as const,
		width,
		height,
		byte_size: full.length,
		sha256: await sha256(full),
		thumb_size: thumb.length,
		thumb_sha256: await sha256(thumb),
		taken_at: now,
		audience: fixedAudience(place) ?? typed.audience
	};
	const upload = { id, addedAt: now, totalBytes: full.length + thumb.length };
	return { args: { row }, file: await sealNewFile(ws.db, upload, { full, thumb }) };
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

/** In hex. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
