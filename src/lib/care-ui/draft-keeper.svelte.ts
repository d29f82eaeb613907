/** Keeps what is being typed on this phone: one write at a time, the newest state wins, nothing after it was dropped. */
import { dropDraft, loadDraft, saveDraft } from '#lib/db/drafts.ts';
import type { LocalDb } from '#lib/db/local-db.ts';

export class DraftKeeper {
	state = $state<'nothing' | 'saving' | 'saved' | 'failed'>('nothing');

	readonly #db: LocalDb;
	readonly #key: string;
	#newest: unknown;
	#writing: Promise<void> | null = null;
	#isDropped = false;

	constructor(db: LocalDb, key: string) {
		this.#db = db;
		this.#key = key;
	}

	async load(): Promise<unknown> {
		const value = await loadDraft(this.#db, this.#key);
		if (value !== undefined) this.state = 'saved';
		return value;
	}

	/** @param value plain data, without proxies of runes */
	keep(value: unknown): void {
		this.#newest = value;
		this.#isDropped = false;
		this.state = 'saving';
		this.#writing ??= this.#writeUntilNewest().finally(() => {
			this.#writing = null;
		});
	}

	async drop(): Promise<void> {
		this.#isDropped = true;
		await this.#writing;
		// Typed again meanwhile: then that is the draft.
		if (!this.#wasDropped()) return;
		await dropDraft(this.#db, this.#key);
		if (this.#wasDropped()) this.state = 'nothing';
	}

	/** Asked anew: others go on while this waits. */
	#wasDropped(): boolean {
		return this.#isDropped;
	}

	async #writeUntilNewest(): Promise<void> {
		let written: unknown;
		while (written !== this.#newest && !this.#isDropped) {
			written = this.#newest;
			try {
				await saveDraft(this.#db, this.#key, written);
				this.state = 'saved';
			} catch {
				// The form says so beside its button; what was typed stays in the fields.
				this.state = 'failed';
			}
		}
	}
}
