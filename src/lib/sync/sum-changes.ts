/** What the storing of one answer changes in the sums of the buckets; made anew with each try. */
import type { CursorRecord, StoredRow } from '#lib/db/records.ts';

export class SumChanges {
	/** The server's rows that were written over or taken away, of buckets that were known; and those written. */
	readonly before: StoredRow[] = [];
	readonly after: StoredRow[] = [];
	/** Buckets of which this phone had nothing; those that are fetched again, or gone; those that are complete now. */
	readonly first: number[] = [];
	readonly anew: number[] = [];
	readonly whole: number[] = [];
	readonly #known: ReadonlySet<number>;

	constructor(known: ReadonlySet<number>) {
		this.#known = known;
	}

	/** Whether anything is lost by not looking at what is there. */
	get looks(): boolean {
		return this.#known.size > 0;
	}

	looksAt(row: StoredRow): boolean {
		return this.#known.has(row.bucket_id);
	}

	moved(from: CursorRecord | undefined, to: CursorRecord): void {
		if (!from) this.first.push(to.bucket);
		else if (from.gen !== to.gen) this.anew.push(to.bucket);
		if (to.complete) this.whole.push(to.bucket);
	}
}
