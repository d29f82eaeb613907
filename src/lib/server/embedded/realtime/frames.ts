/** Phoenix channel frames, in the two serialisations that realtime-js speaks (vsn 1.0.0 and 2.0.0). */

import * as v from 'valibot';

export type Vsn = '1.0.0' | '2.0.0';

export interface Frame {
	joinRef: string | null;
	ref: string | null;
	topic: string;
	event: string;
	payload: unknown;
}

/** The event of a frame in which a phone wants to broadcast; its content is not read. */
export const BROADCAST_EVENT = 'broadcast';
const USER_BROADCAST_PUSH = 3;

export function encodeFrame(frame: Frame, vsn: Vsn): string {
	const { joinRef, ref, topic, event, payload } = frame;
	return vsn === '2.0.0'
		? JSON.stringify([joinRef, ref, topic, event, payload])
		: JSON.stringify({ topic, event, payload, ref, join_ref: joinRef });
}

/** Null when it is not a frame. */
export function decodeFrame(data: Buffer, isBinary: boolean): Frame | null {
	return isBinary ? decodeBroadcastPush(data) : decodeText(data.toString('utf8'));
}

const refSchema = v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), null);
const arraySchema = v.pipe(
	v.tuple([refSchema, refSchema, v.string(), v.string(), v.unknown()]),
	v.transform(([joinRef, ref, topic, event, payload]) => ({ joinRef, ref, topic, event, payload }))
);
const objectSchema = v.pipe(
	v.object({
		join_ref: refSchema,
		ref: refSchema,
		topic: v.string(),
		event: v.string(),
		payload: v.unknown()
	}),
	v.transform(({ join_ref, ...rest }) => ({ joinRef: join_ref, ...rest }))
);
const textSchema = v.pipe(v.string(), v.parseJson(), v.union([arraySchema, objectSchema]));

function decodeText(text: string): Frame | null {
	const result = v.safeParse(textSchema, text);
	return result.success ? result.output : null;
}

/**
 * The one binary frame that phones send: kind, the lengths of join ref, ref, topic, event and
 * metadata, the encoding, then those fields (realtime-js `lib/serializer`).
 */
function decodeBroadcastPush(data: Buffer): Frame | null {
	const [kind, joinRefLength = 0, refLength = 0, topicLength = 0] = data;
	if (kind !== USER_BROADCAST_PUSH || data.length < 7) return null;
	let offset = 7;
	const take = (length: number) => {
		offset += length;
		return data.toString('utf8', offset - length, offset);
	};
	const joinRef = take(joinRefLength);
	const ref = take(refLength);
	return {
		joinRef: joinRef || null,
		ref: ref || null,
		topic: take(topicLength),
		event: BROADCAST_EVENT,
		payload: null
	};
}
