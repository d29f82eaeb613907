/** Phoenix channel frames, in the two serialisations that realtime-js speaks (vsn 1.0.0 and 2.0.0). */

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

function decodeText(text: string): Frame | null {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return null;
	}
	if (Array.isArray(value)) {
		const [joinRef, ref, topic, event, payload]: unknown[] = value;
		return toFrame(joinRef, ref, topic, event, payload);
	}
	if (typeof value !== 'object' || value === null) return null;
	const { join_ref, ref, topic, event, payload } = value as Record<string, unknown>;
	return toFrame(join_ref, ref, topic, event, payload);
}

function toFrame(
	joinRef: unknown,
	ref: unknown,
	topic: unknown,
	event: unknown,
	payload: unknown
): Frame | null {
	if (typeof topic !== 'string' || typeof event !== 'string') return null;
	return { joinRef: toRef(joinRef), ref: toRef(ref), topic, event, payload };
}

function toRef(value: unknown): string | null {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
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
