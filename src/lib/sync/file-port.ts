/** How the bytes of pictures reach the network; remote/ implements it, app/ joins them, tests give their own. */
import type { FileVariant } from '#lib/domain/photo-rows.ts';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';

/** What the server has of a picture, in bytes. */
export interface StoredBytes {
	readonly thumb: number;
	readonly full: number;
	/** It has all of both, and they match what was announced. */
	readonly stored: boolean;
	/** They did not match: it has thrown them away. */
	readonly broken: boolean;
}

export interface FilePiece {
	readonly id: string;
	readonly variant: FileVariant;
	/** Byte at which the piece begins. */
	readonly start: number;
	/** Null only asks what the server has. */
	readonly bytes: Uint8Array | null;
}

export interface FilePort {
	/** Any number of times, in any order: the server takes what comes next and leaves the rest. */
	storePiece(piece: FilePiece): Promise<RemoteAnswer<StoredBytes>>;
	/** Some bytes from `start` on; null when the server has none there. */
	readPieces(
		from: Pick<FilePiece, 'id' | 'variant' | 'start'>
	): Promise<RemoteAnswer<Uint8Array<ArrayBuffer> | null>>;
}
