/** The road of pictures to the server, for one person. */
import { Calls } from '#lib/remote/calls.ts';
import { readPieces, storePiece } from '#lib/remote/files.ts';
import { fetchConfig, rememberedConfig } from '#lib/remote/server-config.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import type { RemoteFailure } from '#lib/protocol/answers.ts';
import type { FilePort } from '#lib/sync/file-port.ts';
import { phoneMemory } from './phone-memory.ts';

const OFFLINE: RemoteFailure = {
	ok: false,
	kind: 'offline',
	retryAfterMs: null,
	code: null,
	bytesSent: 0,
	bytesReceived: 0
};

export function filePort(userId: string): FilePort {
	let known: Calls | null = null;
	/** Null while this phone does not know where its server is, and cannot ask. */
	async function calls(): Promise<Calls | null> {
		const config = rememberedConfig() ?? (await fetchConfig());
		known ??=
			config && new Calls({ config, sessions: new SessionStore(phoneMemory.storage) }, userId);
		return known;
	}
	return {
		async storePiece(piece) {
			const road = await calls();
			return road === null ? OFFLINE : await storePiece(road, piece);
		},
		async readPieces(from) {
			const road = await calls();
			return road === null ? OFFLINE : await readPieces(road, from);
		}
	};
}
