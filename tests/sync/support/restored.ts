/** A server that is set back to an earlier state of its data. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Backend } from './backend.ts';

export class Backup {
	readonly #backend: Backend;
	readonly #data: string;
	readonly #copy: string;

	private constructor(backend: Backend) {
		this.#backend = backend;
		this.#data = backend.databaseDir;
		this.#copy = `${backend.databaseDir}-backup`;
	}

	/** What is committed now. Nothing may be under way: between statements the embedded database writes nothing; Postgres must be down. */
	static async take(backend: Backend): Promise<Backup> {
		const backup = new Backup(backend);
		await copy(backup.#data, backup.#copy);
		return backup;
	}

	/** Kills the server, and starts it on the backup, which is gone then. @param told the operator says so: a new epoch */
	async restore(told: boolean): Promise<void> {
		await this.#backend.killAndRestart(async () => {
			await rm(this.#data, { recursive: true });
			await copy(this.#copy, this.#data);
		});
		await this.discard();
		if (told) await this.#backend.sql('select private.new_epoch()');
	}

	async discard(): Promise<void> {
		await rm(this.#copy, { recursive: true, force: true });
	}
}

/** With its owner: Postgres does not run as root. */
async function copy(from: string, to: string): Promise<void> {
	await promisify(execFile)('cp', ['-a', from, to]);
}
