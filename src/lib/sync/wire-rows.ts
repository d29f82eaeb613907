/** Rows as they travel → rows as they stand on the phone. */
import type { StoredRow } from '#lib/db/records.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { TableName } from '#lib/domain/rows.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import type { WireRow } from '#lib/protocol/sync.ts';

/** The server leaves nulls out; columns and enum values that this release does not know are kept as they came. */
export function fromWire(table: TableName, row: WireRow, gen: number): StoredRow {
	const columns = Object.entries(row).map(([column, value]) => [
		column,
		toIsoInstant(column, value)
	]);
	// blankRow gives every column of the table; what the server says of it stands in the schema of the database.
	return { ...blankRow(table), ...Object.fromEntries(columns), _gen: gen } as StoredRow;
}

/** Tables that only a newer release has are left to it. */
export function isKnownTable(name: string): name is TableName {
	return TABLE_NAMES.some((table) => table === name);
}

/** Postgres writes 2026-11-22T01:02:03.456789+00:00; here one form, so that strings sort and compare as instants. */
function toIsoInstant(column: string, value: unknown): unknown {
	if (typeof value !== 'string' || !(column.endsWith('_at') || column === 'read_through'))
		return value;
	const unixMs = Date.parse(value);
	return Number.isNaN(unixMs) ? value : new Date(unixMs).toISOString();
}
