/**
 * Sends pictures in pieces behind everything else. What the server has, it says itself, so a phone that was killed, a server that was
 * started anew and a second tab all go on where the bytes end. Small pictures go before large ones, and nothing here holds up a sync.
 */
import { dropFiles } from '#lib/db/file-stores.ts';
import { readFile } from '#lib/db/files.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import type { UploadRecord } from '#lib/db/records.ts';
import { watch } from '#lib/db/watch.ts';
import type { FileVariant } from '#lib/domain/photo-rows.ts';
import type { Clock, Network } from './environment.ts';
import type { FilePort, StoredBytes } from './file-port.ts';
import { announcedBy } from './outbox.ts';

/** Base64 makes 64 KiB of it: some two seconds on a bad line, and little is lost when it is cut. */
export const PIECE_BYTES = 48 * 1024;
const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 5 * 60_000;

export interface FileUploaderParts {
	readonly db: LocalDb;
	readonly port: FilePort;
	readonly clock: Clock;
	readonly network: Pick<Network, 'online' | 'onChange'>;
	/** Runs the work while no other tab does; leaves it where one does. */
	readonly alone: (work: () => Promise<void>) => Promise<void>;
}

/** failed: this picture, later again · cut: the line or the server, so nothing else goes now either */
type Outcome = 'done' | 'failed' | 'cut';

export class FileUploader {
	readonly #parts: FileUploaderParts;
	#cleanUps: (() => void)[] = [];
	#cancelRetry: () => void = () => undefined;
	#running: Promise<void> | null = null;
	#isDue = false;
	#isStopped = false;
	#retryMs = FIRST_RETRY_MS;

	constructor(parts: FileUploaderParts) {
		this.#parts = parts;
	}

	start(): void {
		const { db, network } = this.#parts;
		let known = '';
		this.#cleanUps = [
			watch(
				async () => (await readyUploads(db)).map(({ id }) => id).join(' '),
				(ids) => {
					// Progress changes the store too, and must not cut a wait short.
					if (ids !== '' && ids !== known) this.wake();
					known = ids;
				},
				(failure) => console.warn('Which pictures wait was not read', failure)
			),
			network.onChange((change) => {
				if (change !== 'online' && change !== 'visible') return;
				this.#retryMs = FIRST_RETRY_MS;
				this.wake();
			})
		];
	}

	/** Resolves when nothing is under way any more. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		this.#cancelRetry();
		for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
		await this.#running;
	}

	wake(): void {
		this.#isDue = true;
		this.#cancelRetry();
		this.#running ??= this.#run().finally(() => (this.#running = null));
	}

	async #run(): Promise<void> {
		while (this.#isDue && !this.#isStopped) {
			this.#isDue = false;
			let outcome: Outcome = 'done';
			await this.#parts
				.alone(async () => {
					outcome = await this.#sendAll();
				})
				.catch((failure: unknown) => {
					// The store may be closing; otherwise the next try shows whether it lasts.
					console.warn('Pictures were not sent', failure);
					outcome = 'failed';
				});
			if (outcome === 'done') this.#retryMs = FIRST_RETRY_MS;
			else this.#retryLater();
		}
	}

	#retryLater(): void {
		// A store that was deleted by the server's wish is closed for good.
		if (this.#isStopped || !this.#parts.db.isOpen()) return;
		this.#cancelRetry = this.#parts.clock.setTimer(() => this.wake(), this.#retryMs);
		this.#retryMs = Math.min(LAST_RETRY_MS, this.#retryMs * 2);
	}

	async #sendAll(): Promise<Outcome> {
		let outcome: Outcome = 'done';
		for (const variant of ['thumb', 'full'] as const) {
			for (const upload of await readyUploads(this.#parts.db)) {
				if (variant === 'thumb' && upload.onlyFull) continue;
				if (this.#isStopped || !this.#parts.network.online()) return 'cut';
				const sent = await this.#send(upload, variant);
				if (sent === 'cut') return sent;
				if (sent === 'failed') outcome = sent;
			}
		}
		return outcome;
	}

	async #send(upload: UploadRecord, variant: FileVariant): Promise<Outcome> {
		const { db, port } = this.#parts;
		const row = await db.attachments.get(upload.id);
		const bytes = row?.removed_at ? null : await readFile(db, upload.id, variant);
		if (bytes === null) {
			// Removed before it was sent, or not to be opened any more: there is nothing to send.
			await this.#forget(upload.id);
			return 'done';
		}
		const asked = await port.storePiece({ id: upload.id, variant, start: 0, bytes: null });
		if (!asked.ok) return asked.kind === 'server' ? 'failed' : 'cut';
		let has = asked.value;
		while (!has.stored && has[variant] < bytes.length) {
			const start = has[variant];
			const piece = bytes.subarray(start, start + PIECE_BYTES);
			const answer = await port.storePiece({ id: upload.id, variant, start, bytes: piece });
			if (!answer.ok) return answer.kind === 'server' ? 'failed' : 'cut';
			has = answer.value;
			await this.#noteProgress(upload.id, has);
			// Thrown away, or not a byte further: it is tried again, but not for ever in one go.
			const isFurther = has.stored || (!has.broken && has[variant] > start);
			if (!isFurther || this.#isStopped) return 'failed';
		}
		if (has.stored) await this.#settle(upload.id);
		return 'done';
	}

	async #noteProgress(id: string, { thumb, full }: StoredBytes): Promise<void> {
		await this.#parts.db.uploads.update(id, { sentBytes: thumb + full });
	}

	/** The server has it. The bytes stay as a copy while the row is in sight; otherwise access has ended. */
	async #settle(id: string): Promise<void> {
		const { db } = this.#parts;
		await db.inTransaction('rw', ['blobs', 'uploads', 'attachments'], async (tx) => {
			if (await tx.attachments.get(id)) await tx.uploads.delete(id);
			else await dropFiles(tx, [id]);
		});
	}

	async #forget(id: string): Promise<void> {
		const { db } = this.#parts;
		await db.inTransaction('rw', ['blobs', 'uploads'], (tx) => dropFiles(tx, [id]));
	}
}

/** Those whose row the server has; the others wait for their intent. */
async function readyUploads(db: LocalDb): Promise<UploadRecord[]> {
	const [uploads, entries] = await Promise.all([db.uploads.toArray(), db.outbox.toArray()]);
	const waiting = new Set(entries.filter(({ state }) => state !== 'acked').flatMap(announcedBy));
	return uploads.filter(({ id }) => !waiting.has(id));
}
