/** How far each bucket has come, while one answer is being stored: known at once, and written with the other writes of the transaction. */
import type { Tx } from '#lib/db/local-db.ts';
import type { CursorRecord } from '#lib/db/records.ts';
import type { Writes } from './writes.ts';

export class Cursors {
	readonly #tx: Tx;
	readonly #writes: Writes;
	readonly #byBucket: Map<number, CursorRecord>;

	private constructor(tx: Tx, writes: Writes, stored: readonly CursorRecord[]) {
		this.#tx = tx;
		this.#writes = writes;
		this.#byBucket = new Map(stored.map((cursor) => [cursor.bucket, cursor]));
	}

	/** Inside a transaction of the caller, who awaits the writes. */
	static async load(tx: Tx, writes: Writes): Promise<Cursors> {
		return new Cursors(tx, writes, await tx.cursors.toArray());
	}

	get all(): CursorRecord[] {
		return [...this.#byBucket.values()];
	}

	get areComplete(): boolean {
		return this.all.every(({ complete }) => complete);
	}

	get(bucket: number): CursorRecord | undefined {
		return this.#byBucket.get(bucket);
	}

	put(cursors: readonly CursorRecord[]): void {
		for (const cursor of cursors) this.#byBucket.set(cursor.bucket, cursor);
		if (cursors.length > 0) this.#writes.add(this.#tx.cursors.bulkPut(cursors));
	}

	drop(bucket: number): void {
		this.#byBucket.delete(bucket);
		this.#writes.add(this.#tx.cursors.delete(bucket));
	}
}

/** The bucket from its beginning; rows of the present fetch stay in sight until the new one is complete. */
export function refetch(cursor: CursorRecord): CursorRecord {
	return { ...cursor, cursor: 0, gen: cursor.gen + 1, complete: false, sweep: true };
}
