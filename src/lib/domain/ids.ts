/** Ids made on the device: time-ordered UUIDs, and UUIDs derived from what they stand for. */

/**
 * A UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then randomness.
 * @param unixMs milliseconds since 1970, from the caller's clock
 * @param random 10 random bytes from the caller
 */
export function uuidV7(unixMs: number, random: Uint8Array): string {
	if (random.length < 10) throw new Error('uuidV7 needs 10 random bytes');
	const bytes = new Uint8Array(16);
	let time = unixMs;
	for (let i = 5; i >= 0; i--) {
		bytes[i] = time % 256;
		time = Math.floor(time / 256);
	}
	bytes.set(random.subarray(0, 10), 6);
	bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
	bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
	return format(bytes);
}

/**
 * The same UUID (version 8, RFC 9562 "custom") for the same words, on every device: for rows of which there is one
 * a person and place, such as a read mark. Not for secrets: the hash is not cryptographic.
 */
export function derivedUuid(...words: string[]): string {
	const text = words.join('\u001f');
	const bytes = new Uint8Array(16);
	for (let lane = 0; lane < 4; lane++) {
		let hash = (0x811c9dc5 ^ Math.imul(lane + 1, 0x9e3779b1)) >>> 0;
		for (let i = 0; i < text.length; i++) {
			hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
			hash = (hash ^ (hash >>> 13)) >>> 0;
		}
		hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
		hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
		hash = (hash ^ (hash >>> 16)) >>> 0;
		for (let i = 0; i < 4; i++) bytes[lane * 4 + i] = (hash >>> (i * 8)) & 0xff;
	}
	bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
	bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
	return format(bytes);
}

/** The id of one person's read mark in one thread of a case. */
export function messageReadId(
	caseId: string,
	audience: 'circle' | 'staff',
	userId: string
): string {
	return derivedUuid('message_read', caseId, audience, userId);
}

/** The id of one person's word that they have read an announcement. */
export function announcementReadId(messageId: string, userId: string): string {
	return derivedUuid('announcement_read', messageId, userId);
}

function format(bytes: Uint8Array): string {
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
