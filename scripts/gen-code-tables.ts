/**
 * Prints the SQL that loads the code tables, from the same data that the phones carry:
 *   node scripts/gen-code-tables.ts > supabase/migrations/20261122000900_code_tables.sql
 * A merged migration is never edited: once it is released, print a changed table into a new migration.
 */

import { pathToFileURL } from 'node:url';
import { INCIDENT_TYPES } from '#lib/domain/incident-types.ts';
import { PROBLEM_CODES } from '#lib/domain/problem-codes.ts';
import { SERVICE_CODES } from '#lib/domain/service-codes.ts';

type Cell = string | number | null;

export function codeTablesSql(): string {
	const statements = [
		insert(
			'service_codes',
			[
				'code',
				'name_zh',
				'name_en',
				'unit',
				'price_ntd',
				'price_remote_ntd',
				'effective_from',
				'effective_to'
			],
			SERVICE_CODES.map((row) => [
				row.code,
				row.nameZh,
				row.nameEn,
				row.unit,
				row.priceNtd,
				row.priceRemoteNtd,
				row.effectiveFrom,
				row.effectiveTo
			])
		),
		insert(
			'problem_codes',
			['code', 'name_zh', 'name_en'],
			PROBLEM_CODES.map((row) => [row.code, row.nameZh, row.nameEn])
		),
		insert(
			'incident_types',
			['code', 'name_zh', 'name_en', 'default_severity', 'audience'],
			INCIDENT_TYPES.map((row) => [
				row.code,
				row.nameZh,
				row.nameEn,
				row.defaultSeverity,
				row.audience
			])
		)
	];
	return `-- Code tables with prices by date. Printed by scripts/gen-code-tables.ts from src/lib/domain; do not edit by hand.\n\n${statements.join('\n')}`;
}

function insert(table: string, columns: readonly string[], rows: readonly Cell[][]): string {
	const values = rows.map((row) => `  (${row.map(literal).join(', ')})`).join(',\n');
	return `insert into public.${table} (${columns.join(', ')}) values\n${values}\non conflict do nothing;\n`;
}

function literal(cell: Cell): string {
	if (cell === null) return 'null';
	return typeof cell === 'number' ? String(cell) : `'${cell.replaceAll("'", "''")}'`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	process.stdout.write(codeTablesSql());
}
