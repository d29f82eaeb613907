/** The one rule of what a screen shows: view = replay(outbox, base). */
import type { OutboxEntry, StoredRow } from '#lib/db/records.ts';
import type { RowChange, RowLookup } from '#lib/domain/mutations/local-effect.ts';
import { localEffect } from '#lib/domain/mutations/local-effect.ts';
import type { RowRef, TableName } from '#lib/domain/rows.ts';

export type RowKey = `${TableName}/${string}`;
/** Rows by key; null = known not to be there. */
export type RowMap = ReadonlyMap<RowKey, StoredRow | null>;

export function rowKey({ table, id }: RowRef): RowKey {
	return `${table}/${id}`;
}

/**
 * The rows of `base` after these intents, in their order. `base` holds every row that they touch.
 * Pure: the same intents over the same base give the same view.
 */
export function replay(
	entries: readonly Pick<OutboxEntry, 'mutation' | 'author'>[],
	base: RowMap
): Map<RowKey, StoredRow | null> {
	const view = new Map(base);
	const lookup: RowLookup = {
		// A key holds a row of the table that it names.
		get: (table, id) => (view.get(`${table}/${id}`) ?? undefined) as never
	};
	for (const entry of entries) {
		for (const { table, row } of effectOf(entry, lookup)) {
			const key = rowKey({ table, id: row.id });
			view.set(key, { ...row, _gen: view.get(key)?._gen ?? 0 });
		}
	}
	return view;
}

/** An intent that another release wrote and this one cannot read changes nothing here, and still travels: the server decides. */
function effectOf(
	{ mutation, author }: Pick<OutboxEntry, 'mutation' | 'author'>,
	lookup: RowLookup
): readonly RowChange[] {
	try {
		const changes: readonly RowChange[] | undefined = localEffect(mutation, author, lookup);
		return changes ?? [];
	} catch (failure) {
		console.warn(`No local effect for ${mutation.name}`, failure);
		return [];
	}
}
