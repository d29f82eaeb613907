/** A server that is set back to an earlier state of its data. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddedBackend } from './backend.ts';

export class Backup {
	readonly #backend: EmbeddedBackend;
	readonly #data: string;
	readonly #copy: string;

	private constructor(backend: EmbeddedBackend) {
		this.#backend = backend;
		this.#data = join(backend.dataDir, 'db');
		this.#copy = join(backend.dataDir, 'backup');
	}

	/** What is committed now. Nothing may be under way: between statements the embedded database writes nothing. */
	static async take(backend: EmbeddedBackend): Promise<Backup> {
		const backup = new Backup(backend);
		await cp(backup.#data, backup.#copy, { recursive: true });
		return backup;
	}

	/** Kills the server, and starts it on the backup, which is gone then. @param told the operator says so: a new epoch */
	async restore(told: boolean): Promise<void> {
		await this.#backend.killAndRestart(async () => {
			await rm(this.#data, { recursive: true });
			await cp(this.#copy, this.#data, { recursive: true });
		});
		await this.discard();
		if (told) await this.#backend.sql('select private.new_epoch()');
	}

	async discard(): Promise<void> {
		await rm(this.#copy, { recursive: true, force: true });
	}
}
