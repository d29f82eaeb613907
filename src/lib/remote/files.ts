/** The bytes of pictures, in pieces through RPC: the same on the embedded backend and on PostgREST. */
import * as v from 'valibot';
import { fromBase64, toBase64 } from '#lib/domain/bytes.ts';
import type { FileVariant } from '#lib/domain/photo-rows.ts';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import type { Calls } from './calls.ts';

/** A piece takes some seconds on a bad line; longer, and the line is gone. */
const PIECE_LIMIT_MS = 45_000;

const storedSchema = v.object({
	thumb: v.number(),
	full: v.number(),
	stored: v.boolean(),
	broken: v.boolean()
});

const piecesSchema = v.object({
	bytes: v.pipe(
		v.optional(v.nullable(v.pipe(v.string(), v.base64())), null),
		v.transform((text) => (text === null ? null : fromBase64(text)))
	)
});

interface Place {
	readonly id: string;
	readonly variant: FileVariant;
	readonly start: number;
}

/** @param bytes null only asks what the server has */
export async function storePiece(
	calls: Calls,
	{ id, variant, start, bytes }: Place & { readonly bytes: Uint8Array | null }
): Promise<RemoteAnswer<v.InferOutput<typeof storedSchema>>> {
	const request = { id, variant, start, ...(bytes ? { bytes: toBase64(bytes) } : {}) };
	return await calls.rpc('store_piece', { request }, storedSchema, PIECE_LIMIT_MS);
}

/** Null when the server has none there. */
export async function readPieces(
	calls: Calls,
	{ id, variant, start }: Place
): Promise<RemoteAnswer<Uint8Array<ArrayBuffer> | null>> {
	const request = { id, variant, start };
	const answer = await calls.rpc('read_pieces', { request }, piecesSchema, PIECE_LIMIT_MS);
	return answer.ok ? { ...answer, value: answer.value.bytes } : answer;
}
