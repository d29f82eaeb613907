/** The way of bytes between a phone of the tests and a real server. */
import { Calls } from '#lib/remote/calls.ts';
import { readPieces, storePiece } from '#lib/remote/files.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import type { FilePort } from '#lib/sync/file-port.ts';
import { FileUploader } from '#lib/sync/file-uploader.ts';
import type { Me } from '#lib/sync/workspace.ts';
import type { Backend } from './backend.ts';
import type { Phone } from './phone.ts';

/** @param onPiece before each piece that carries bytes */
export async function portOf(
	backend: Backend,
	me: Me,
	onPiece?: () => Promise<void>
): Promise<FilePort> {
	const sessions = new SessionStore(await backend.signIn(me.userId));
	const calls = new Calls({ config: backend.config, sessions }, me.userId);
	return {
		async storePiece(piece) {
			if (piece.bytes !== null) await onPiece?.();
			return await storePiece(calls, piece);
		},
		readPieces: (from) => readPieces(calls, from)
	};
}

export function uploaderOf(phone: Phone, port: FilePort): FileUploader {
	return new FileUploader({
		db: phone.db,
		port,
		clock: {
			nowMs: () => Date.now(),
			setTimer(run) {
				const timer = setTimeout(run, 200);
				return () => clearTimeout(timer);
			}
		},
		network: { online: () => true, onChange: () => () => undefined },
		alone: (work) => work()
	});
}
