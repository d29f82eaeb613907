/**
 * What has not been sent, as a file that survives the phone. Sealed (AES-256-GCM) with a key that only this person's own phones get
 * from the server: in the downloads folder it tells nobody anything, and one that somebody else made does not open.
 */
import type { Me, UnsentWork } from '#lib/sync/workspace.ts';
import { fromBase64, toBase64 } from '#lib/domain/bytes.ts';

const FORMAT = 'connect10-unsent';
const FORMAT_VERSION = 1;
const IV_BYTES = 12;
/** Far above any outbox; a larger file is not one of ours, and reading it could kill the page. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** @param at ISO instant, used in the name */
export function unsentFileName({ userId }: Pick<Me, 'userId'>, at: string): string {
	const stamp = at.slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
	return `connect10-unsent-${stamp}-${userId.slice(0, 8)}.json`;
}

export interface SealParts {
	readonly userId: string;
	/** base64, 32 bytes */
	readonly key: string;
	readonly appVersion: string;
	/** ISO instant */
	readonly at: string;
}

export async function sealUnsentWork(parts: SealParts, work: UnsentWork): Promise<string> {
	const { userId, key, appVersion, at } = parts;
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	const entries = work.entries.map(({ mid, mutation, base, offsetMs }) => ({
		mid,
		mutation,
		base,
		offsetMs
	}));
	const sealed = await crypto.subtle.encrypt(
		{ name: 'AES-GCM', iv, additionalData: ownerBytes(userId) },
		await importKey(key, 'encrypt'),
		new TextEncoder().encode(JSON.stringify({ entries, drafts: work.drafts }))
	);
	const file = {
		format: FORMAT,
		formatVersion: FORMAT_VERSION,
		appVersion,
		exportedAt: at,
		userId,
		iv: toBase64(iv),
		sealed: toBase64(new Uint8Array(sealed))
	};
	return `${JSON.stringify(file, null, '\t')}\n`;
}

export type OpenedFile =
	| { readonly kind: 'work'; readonly exportedAt: string; readonly work: UnsentWork }
	| { readonly kind: 'other_file' | 'other_person' | 'newer_release' | 'damaged' };

/** @param key of the person who is signed in, base64 */
export async function openUnsentFile(
	file: Pick<Blob, 'size' | 'text'>,
	{ userId, key }: Pick<SealParts, 'userId' | 'key'>
): Promise<OpenedFile> {
	const envelope = file.size > MAX_FILE_BYTES ? null : readEnvelope(await file.text());
	if (envelope === null) return { kind: 'other_file' };
	if (envelope.formatVersion > FORMAT_VERSION) return { kind: 'newer_release' };
	if (envelope.userId !== userId) return { kind: 'other_person' };
	try {
		const text = await crypto.subtle.decrypt(
			{ name: 'AES-GCM', iv: fromBase64(envelope.iv), additionalData: ownerBytes(userId) },
			await importKey(key, 'decrypt'),
			fromBase64(envelope.sealed)
		);
		// The seal holds: one of this person's own phones wrote it, with the code above.
		const work = JSON.parse(new TextDecoder().decode(text)) as UnsentWork;
		return { kind: 'work', exportedAt: envelope.exportedAt, work };
	} catch {
		// Cut short, changed, or sealed with another key.
		return { kind: 'damaged' };
	}
}

interface Envelope {
	readonly formatVersion: number;
	readonly exportedAt: string;
	readonly userId: string;
	readonly iv: string;
	readonly sealed: string;
}

function readEnvelope(text: string): Envelope | null {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		// No JSON: a photo, a CSV, half a file.
		return null;
	}
	return isEnvelope(value) ? value : null;
}

function isEnvelope(value: unknown): value is Envelope {
	if (typeof value !== 'object' || value === null) return false;
	const texts: readonly string[] = ['exportedAt', 'userId', 'iv', 'sealed'];
	const fields = new Map<string, unknown>(Object.entries(value));
	return (
		fields.get('format') === FORMAT &&
		typeof fields.get('formatVersion') === 'number' &&
		texts.every((name) => typeof fields.get(name) === 'string')
	);
}

/** Bound to the seal, so that a file cannot be passed off as another person's. */
function ownerBytes(userId: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(`${FORMAT}/${FORMAT_VERSION}/${userId}`);
}

async function importKey(key: string, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
	return await crypto.subtle.importKey('raw', fromBase64(key), 'AES-GCM', false, [use]);
}
