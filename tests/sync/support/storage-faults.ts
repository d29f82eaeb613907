/** Faults of the phone's own storage: the page dies, the disk is full, iOS drops the connection; at a chosen write. */
import type { DBCore, DBCoreTable } from 'dexie';
import type { LocalDb } from '#lib/db/local-db.ts';

export type StorageFault = 'page_killed' | 'disk_full' | 'connection_lost';

const ERROR_NAMES: Readonly<Record<StorageFault, string>> = {
	page_killed: 'UnknownError',
	disk_full: 'QuotaExceededError',
	connection_lost: 'InvalidStateError'
};

export class StorageFaults {
	#fault: StorageFault | null = null;
	#writesLeft = 0;
	#lasting = false;

	/** The write after `writes` more fails; with `lasting` every one after it, too. */
	failAfter(writes: number, fault: StorageFault, lasting = fault === 'page_killed'): void {
		this.#fault = fault;
		this.#writesLeft = writes;
		this.#lasting = lasting;
	}

	heal(): void {
		this.#fault = null;
	}

	/** Whether the fault still stands: it has not struck, or lasts. */
	get pending(): boolean {
		return this.#fault !== null;
	}

	attach(db: LocalDb): void {
		db.use({
			stack: 'dbcore',
			name: 'storage-faults',
			create: (core: DBCore) => ({
				...core,
				table: (name: string) => this.#faulty(core.table(name))
			})
		});
	}

	#faulty(table: DBCoreTable): DBCoreTable {
		return {
			...table,
			mutate: async (request) => {
				this.#strike();
				return await table.mutate(request);
			}
		};
	}

	#strike(): void {
		if (this.#fault === null || this.#writesLeft-- > 0) return;
		const name = ERROR_NAMES[this.#fault];
		if (!this.#lasting) this.#fault = null;
		throw new DOMException(`injected: ${name}`, name);
	}
}
