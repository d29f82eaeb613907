/** Rows as they travel → rows as they stand on the phone. */
import type { StoredRow } from '#lib/db/records.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { TableName } from '#lib/domain/rows.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import type { WireRow } from '#lib/protocol/sync.ts';

/** The server leaves nulls out; columns and enum values that this release does not know are kept as they came. */
export function fromWire(table: TableName, row: WireRow, gen: number): StoredRow {
	const stored: Record<string, unknown> = { ...blankRow(table) };
	for (const column of Object.keys(row)) stored[column] = toIsoInstant(column, row[column]);
	stored._gen = gen;
	// blankRow gives every column of the table; what the server says of it stands in the schema of the database.
	return stored as unknown as StoredRow;
}

/** Tables that only a newer release has are left to it. */
export function isKnownTable(name: string): name is TableName {
	return TABLE_NAMES.some((table) => table === name);
}

/** As Postgres writes an instant, whose session is in UTC. */
const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?\+00:00$/;

/** Postgres writes 2026-11-22T01:02:03.456789+00:00; here one form, so that strings sort and compare as instants. */
function toIsoInstant(column: string, value: unknown): unknown {
	if (typeof value !== 'string' || !(column.endsWith('_at') || column === 'read_through'))
		return value;
	const usual = INSTANT.exec(value);
	if (usual) return `${usual[1]}.${(usual[2] ?? '').slice(0, 3).padEnd(3, '0')}Z`;
	const unixMs = Date.parse(value);
	return Number.isNaN(unixMs) ? value : new Date(unixMs).toISOString();
}
