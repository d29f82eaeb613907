/** Photos and a recording that were made for a message and not sent: kept on this phone, sealed, until they are. */
import { dropDraft, loadDraft, saveDraft } from '#lib/db/drafts.ts';
import { dropDraftBytes, keepDraftBytes, readDraftBytes } from '#lib/db/files.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import type { ShrunkPicture } from '#lib/ui/shrink-picture.ts';
import type { Recording } from './voice/recorder.svelte.ts';

export interface Parts {
	readonly pictures: readonly ShrunkPicture[];
	readonly voice: Recording | null;
}

/** What the draft says of them; their bytes stand beside it, by these names. */
interface Kept {
	readonly pictures: readonly {
		readonly full: string;
		readonly thumb: string;
		readonly width: number;
		readonly height: number;
	}[];
	readonly voice: {
		readonly id: string;
		readonly mime: Recording['mime'];
		readonly durationMs: number;
	} | null;
}

const NOTHING: Kept = { pictures: [], voice: null };

/** One write after the other; the newest state is the one that stays. */
export class KeptParts {
	readonly #db: LocalDb;
	readonly #key: string;
	readonly #newId: () => string;
	/** Bytes that are kept already. */
	readonly #names = new WeakMap<Uint8Array, string>();
	#kept: Kept = NOTHING;
	#last: Promise<void> = Promise.resolve();

	constructor(db: LocalDb, key: string, newId: () => string) {
		this.#db = db;
		this.#key = key;
		this.#newId = newId;
	}

	/** What can still be read of them. */
	async load(): Promise<Parts> {
		this.#kept = readKept(await loadDraft(this.#db, this.#key));
		const pictures: ShrunkPicture[] = [];
		for (const { full, thumb, width, height } of this.#kept.pictures) {
			const [large, small] = [await this.#read(full), await this.#read(thumb)];
			if (large && small) pictures.push({ full: large, thumb: small, width, height });
		}
		const { voice } = this.#kept;
		const bytes = voice && (await this.#read(voice.id));
		return {
			pictures,
			voice: voice && bytes && { bytes, mime: voice.mime, durationMs: voice.durationMs }
		};
	}

	/** @throws {StorageError} */
	async keep(parts: Parts): Promise<void> {
		const write = this.#last.then(() => this.#write(parts));
		// The next one is tried whatever became of this one; who asked for this one hears of it.
		this.#last = write.catch(() => undefined);
		await write;
	}

	async #write({ pictures, voice }: Parts): Promise<void> {
		const before = namesOf(this.#kept);
		const kept: Kept = {
			pictures: await Promise.all(
				pictures.map(async ({ full, thumb, width, height }) => ({
					full: await this.#store(full),
					thumb: await this.#store(thumb),
					width,
					height
				}))
			),
			voice: voice && {
				id: await this.#store(voice.bytes),
				mime: voice.mime,
				durationMs: voice.durationMs
			}
		};
		const names = namesOf(kept);
		if (names.length === 0) await dropDraft(this.#db, this.#key);
		else await saveDraft(this.#db, this.#key, kept);
		this.#kept = kept;
		await dropDraftBytes(
			this.#db,
			before.filter((name) => !names.includes(name))
		);
	}

	async #store(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
		const known = this.#names.get(bytes);
		if (known !== undefined) return known;
		const name = this.#newId();
		await keepDraftBytes(this.#db, name, bytes);
		this.#names.set(bytes, name);
		return name;
	}

	async #read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
		const bytes = await readDraftBytes(this.#db, name);
		if (bytes) this.#names.set(bytes, name);
		return bytes;
	}
}

function namesOf({ pictures, voice }: Kept): string[] {
	return [...pictures.flatMap(({ full, thumb }) => [full, thumb]), ...(voice ? [voice.id] : [])];
}

/** Nothing for no draft, or one whose shape this release does not know. */
function readKept(value: unknown): Kept {
	if (typeof value !== 'object' || value === null) return NOTHING;
	const { pictures, voice } = value as Partial<Record<keyof Kept, unknown>>; // checked part by part below
	return {
		pictures: Array.isArray(pictures) ? pictures.filter(isPicture) : [],
		voice: isVoice(voice) ? voice : null
	};
}

function isPicture(value: unknown): value is Kept['pictures'][number] {
	if (typeof value !== 'object' || value === null) return false;
	const part = value as Partial<Record<'full' | 'thumb' | 'width' | 'height', unknown>>; // as asked in the next lines
	return (
		typeof part.full === 'string' &&
		typeof part.thumb === 'string' &&
		typeof part.width === 'number' &&
		typeof part.height === 'number'
	);
}

function isVoice(value: unknown): value is NonNullable<Kept['voice']> {
	if (typeof value !== 'object' || value === null) return false;
	const part = value as Partial<Record<'id' | 'mime' | 'durationMs', unknown>>; // as asked in the next lines
	return (
		typeof part.id === 'string' &&
		(part.mime === 'audio/webm' || part.mime === 'audio/mp4') &&
		typeof part.durationMs === 'number'
	);
}
