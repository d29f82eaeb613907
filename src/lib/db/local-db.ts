/** The store on this phone: one table for each synced table, and what sync keeps beside them. */
import Dexie from 'dexie';
import type { DBCore, EntityTable, Middleware, Table, Transaction } from 'dexie';
import type { TableName, Tables } from '#lib/domain/rows.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import type { FileVariant } from '#lib/domain/photo-rows.ts';
import type {
	BlobRecord,
	CursorRecord,
	DraftRecord,
	JournalEntry,
	KeyRecord,
	MetaRecord,
	OutboxEntry,
	ShadowRecord,
	Stored,
	StoredRow,
	UploadRecord
} from './records.ts';
import { databaseName } from './local-db-name.ts';
import { SCHEMA_VERSION, storeDeclarations } from './schema.ts';
import { isConnectionLost, toStorageError } from './storage-error.ts';

type RowTables = { readonly [Name in TableName]: Table<Stored<Tables[Name]>, string> };

export interface LocalDbOptions {
	/** IndexedDB to use instead of the global one; tests give every phone its own. */
	readonly indexedDB?: IDBFactory;
	readonly IDBKeyRange?: typeof IDBKeyRange;
	/** Another tab runs a newer release that needs to change the store: this one is closed now and must reload. */
	readonly onOutdated?: () => void;
}

interface Stores extends RowTables {
	readonly outbox: EntityTable<OutboxEntry, 'order'>;
	readonly shadow: Table<ShadowRecord, [TableName, string]>;
	readonly journal: Table<JournalEntry, string>;
	readonly cursors: Table<CursorRecord, number>;
	readonly drafts: Table<DraftRecord, string>;
	readonly meta: Table<MetaRecord, string>;
	readonly blobs: Table<BlobRecord, [string, FileVariant]>;
	readonly uploads: Table<UploadRecord, string>;
	readonly keys: Table<KeyRecord, string>;
	/** The table of this name, where the kind of row does not matter. */
	anyRows(name: TableName): Table<StoredRow, string>;
}

/**
 * The stores inside one transaction: what is asked through it belongs to that transaction, wherever it is asked. Through the LocalDb itself
 * it would belong to the transaction that Dexie finds by following the promises, which it loses when async functions run side by side;
 * a write would then stand alone. So whoever works "inside a transaction of the caller" takes this, and a LocalDb does not fit.
 */
export interface Tx extends Stores {
	readonly inTransaction?: never;
}

// The tables are made by Dexie from the schema; the merged interface only names them.
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export interface LocalDb extends Stores {
	rows<Name extends TableName>(name: Name): Table<Stored<Tables[Name]>, string>;
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class LocalDb extends Dexie {
	constructor(userId: string, { indexedDB, IDBKeyRange, onOutdated }: LocalDbOptions = {}) {
		super(databaseName(userId), {
			// Chrome's default reports success before the write has left memory; "saved" must survive a power cut.
			chromeTransactionDurability: 'strict',
			...(indexedDB ? { indexedDB, IDBKeyRange } : {})
		});
		this.version(SCHEMA_VERSION).stores(storeDeclarations());
		this.use(pullsAreRelaxed);
		this.on('versionchange', () => {
			this.close();
			onOutdated?.();
		});
	}

	/** The table of this name. */
	rows<Name extends TableName>(name: Name): Table<Stored<Tables[Name]>, string> {
		return this.table(name);
	}

	/** The table of this name, where the kind of row does not matter. */
	anyRows(name: TableName): Table<StoredRow, string> {
		return this.table(name);
	}

	/**
	 * One all-or-nothing transaction over the stores named. Reopens the store once when its connection has died; the caller must
	 * therefore stand being run twice (the first run left nothing behind).
	 * @throws {StorageError} then nothing was stored
	 */
	async inTransaction<Result>(
		mode: 'rw' | 'r',
		stores: readonly StoreName[],
		work: (tx: Tx) => Promise<Result>
	): Promise<Result> {
		const run = async () =>
			await this.transaction(
				mode,
				[...stores],
				async (transaction) => await work(boundTo(transaction, stores))
			);
		try {
			return await run();
		} catch (failure) {
			if (!isConnectionLost(failure)) throw toStorageError(failure);
		}
		try {
			this.close({ disableAutoOpen: false });
			await this.open();
			return await run();
		} catch (failure) {
			throw toStorageError(failure);
		}
	}
}

function boundTo(transaction: Transaction, stores: readonly StoreName[]): Tx {
	const tables = Object.fromEntries(stores.map((name) => [name, transaction.table(name)]));
	const anyRows = (name: TableName) => transaction.table<StoredRow, string>(name);
	// Of the stores that were not named nothing may be asked.
	return { ...tables, anyRows } as unknown as Tx;
}

type EngineStore = 'outbox' | 'shadow' | 'journal' | 'cursors' | 'drafts' | 'meta';
export type StoreName = TableName | EngineStore | 'blobs' | 'uploads' | 'keys';

/** Everything that sync reads and writes; drafts are left alone. */
export const SYNC_STORES = [
	...TABLE_NAMES,
	'outbox',
	'shadow',
	'journal',
	'cursors',
	'meta',
	'blobs',
	'uploads'
] as const satisfies readonly StoreName[];

/** What the server has already: no intent, no verdict, no draft. */
export const PULL_STORES = [
	...TABLE_NAMES,
	'shadow',
	'cursors',
	'meta'
] as const satisfies readonly StoreName[];

/**
 * A transaction over exactly these stores, which hold nothing that only this phone has, need not have reached the disk when it is called
 * done: after a power cut the phone stands as if the answer had been lost on its way, and asks again (docs/sync.md, "What a power
 * cut takes"). Dexie knows one durability for a whole database, so the choice is made beneath it.
 */
const pullsAreRelaxed: Middleware<DBCore> = {
	stack: 'dbcore',
	name: 'durability',
	create: (core) => ({
		...core,
		transaction: (stores, mode, options) =>
			core.transaction(stores, mode, isPull(stores) ? { durability: 'relaxed' } : options)
	})
};

function isPull(stores: readonly string[]): boolean {
	return stores.length === PULL_STORES.length && PULL_STORES.every((name) => stores.includes(name));
}

/** Deletes one person's store from this phone, also while another tab has it open. */
export async function deleteLocalDb(userId: string, options: LocalDbOptions = {}): Promise<void> {
	await new LocalDb(userId, options).delete();
}
