/** Writes the server's rows: into the shadow where intents wait, else into the row itself. Runs inside a transaction of the caller, who awaits the writes. */
import { rowsOfBucket } from '#lib/db/bucket-rows.ts';
import type { Tx } from '#lib/db/local-db.ts';
import type { ShadowRecord, StoredRow } from '#lib/db/records.ts';
import type { TableName } from '#lib/domain/rows.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import type { RowKey } from './replay.ts';
import { rowKey } from './replay.ts';
import { SumChanges } from './sum-changes.ts';
import type { Writes } from './writes.ts';

export class BaseRows {
	readonly #tx: Tx;
	readonly #writes: Writes;
	readonly #shadows: Map<RowKey, ShadowRecord>;
	readonly #sums: SumChanges;

	private constructor(tx: Tx, writes: Writes, shadows: readonly ShadowRecord[], sums: SumChanges) {
		this.#tx = tx;
		this.#writes = writes;
		this.#sums = sums;
		this.#shadows = new Map(shadows.map((shadow) => [rowKey(shadow), shadow]));
	}

	/** Shadows must not change behind it: make one after every change of the outbox. */
	static async load(tx: Tx, writes: Writes, sums = new SumChanges(new Set())): Promise<BaseRows> {
		return new BaseRows(tx, writes, await tx.shadow.toArray(), sums);
	}

	/** For a transaction that has seen that there are none. */
	static withoutShadows(tx: Tx, writes: Writes, sums: SumChanges): BaseRows {
		return new BaseRows(tx, writes, [], sums);
	}

	/** The server's copies of rows with waiting intents, as they stand now. */
	get shadows(): ShadowRecord[] {
		return [...this.#shadows.values()];
	}

	/** seq of the server's copies that this phone has. */
	async heldSeqs(table: TableName, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
		const rows = await this.#tx.anyRows(table).bulkGet([...ids]);
		const held = ids.flatMap((id, index): [string, number][] => {
			const shadow = this.#shadows.get(`${table}/${id}`);
			const row = shadow ? shadow.row : rows[index];
			return row ? [[id, row.seq]] : [];
		});
		return new Map(held);
	}

	async put(table: TableName, rows: readonly StoredRow[]): Promise<void> {
		const isFree = ({ id }: StoredRow) => !this.#shadows.has(`${table}/${id}`);
		const free = rows.filter(isFree);
		const covered = rows.filter((row) => !isFree(row));
		const known = rows.filter((row) => this.#sums.looksAt(row)).map(({ id }) => id);
		await this.#noteBefore(table, known);
		this.#sums.after.push(...rows);
		this.#setShadows(covered.map((row) => ({ table, id: row.id, row })));
		if (free.length > 0) this.#writes.add(this.#tx.anyRows(table).bulkPut(free));
	}

	async remove(table: TableName, ids: readonly string[]): Promise<void> {
		const isFree = (id: string) => !this.#shadows.has(`${table}/${id}`);
		const free = ids.filter(isFree);
		const covered = ids.filter((id) => !isFree(id));
		await this.#noteBefore(table, this.#sums.looks ? ids : []);
		this.#setShadows(covered.map((id) => ({ table, id, row: null })));
		if (free.length > 0) this.#writes.add(this.#tx.anyRows(table).bulkDelete(free));
	}

	/** Takes away the rows of a bucket that are of an earlier fetch than `gen`; all of them without `gen`. */
	async sweep(bucket: number, gen = Infinity): Promise<void> {
		for (const table of TABLE_NAMES) {
			const held = await rowsOfBucket(this.#tx, table, bucket).toArray();
			const stale = held.filter(
				({ id, _gen }) => _gen < gen && !this.#shadows.has(`${table}/${id}`)
			);
			await this.remove(
				table,
				stale.map(({ id }) => id)
			);
		}
		const stale = this.shadows.filter(
			({ row }) => row && row.bucket_id === bucket && row._gen < gen
		);
		this.#setShadows(stale.map(({ table, id }) => ({ table, id, row: null })));
	}

	/** The server's copies as they are. */
	async #noteBefore(table: TableName, ids: readonly string[]): Promise<void> {
		const free: string[] = [];
		for (const id of ids) {
			const shadow = this.#shadows.get(`${table}/${id}`);
			if (!shadow) free.push(id);
			else if (shadow.row) this.#sums.before.push(shadow.row);
		}
		if (free.length === 0) return;
		const found = await this.#tx.anyRows(table).bulkGet(free);
		this.#sums.before.push(...found.filter((row) => row !== undefined));
	}

	#setShadows(shadows: readonly ShadowRecord[]): void {
		for (const shadow of shadows) this.#shadows.set(rowKey(shadow), shadow);
		if (shadows.length > 0) this.#writes.add(this.#tx.shadow.bulkPut(shadows));
	}
}
