/**
 * Prints the SQL that loads the code tables, from the same data that the phones carry:
 *   node scripts/gen-code-tables.ts > supabase/migrations/20261122000900_code_tables.sql
 * A merged migration is never edited: once it is released, print a changed table into a new migration.
 */

import { pathToFileURL } from 'node:url';
import { INCIDENT_TYPES } from '#lib/domain/incident-types.ts';
import { PROBLEM_CODES } from '#lib/domain/problem-codes.ts';
import { SERVICE_CODES } from '#lib/domain/service-codes.ts';
import { COPD_SPO2, HOME_RULES, MEAN_RULE, WEIGHT_RULE } from '#lib/domain/vital-sign-rules.ts';
import { METRICS } from '#lib/domain/vital-signs.ts';

type Cell = string | number | null;

export function codeTablesSql(): string {
	const statements = [
		insert(
			'public.service_codes',
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
			'public.problem_codes',
			['code', 'name_zh', 'name_en'],
			PROBLEM_CODES.map((row) => [row.code, row.nameZh, row.nameEn])
		),
		insert(
			'public.incident_types',
			['code', 'name_zh', 'name_en', 'default_severity', 'audience'],
			INCIDENT_TYPES.map((row) => [
				row.code,
				row.nameZh,
				row.nameEn,
				row.defaultSeverity,
				row.audience
			])
		),
		insert(
			'private.vital_rules',
			['id', 'effective_from', 'rules'],
			[[HOME_RULES.id, HOME_RULES.effectiveFrom, JSON.stringify(vitalRules())]]
		)
	];
	return `-- Code tables with prices by date. Printed by scripts/gen-code-tables.ts from src/lib/domain; do not edit by hand.\n\n${statements.join('\n')}`;
}

/** What the server needs to say how severe a reading is. */
function vitalRules(): unknown {
	return {
		metrics: Object.fromEntries(
			METRICS.map((metric) => [metric, HOME_RULES.metrics[metric].thresholds])
		),
		copdSpo2: COPD_SPO2,
		mean: MEAN_RULE,
		weight: WEIGHT_RULE
	};
}

function insert(table: string, columns: readonly string[], rows: readonly Cell[][]): string {
	const values = rows.map((row) => `  (${row.map(literal).join(', ')})`).join(',\n');
	return `insert into ${table} (${columns.join(', ')}) values\n${values}\non conflict do nothing;\n`;
}

function literal(cell: Cell): string {
	if (cell === null) return 'null';
	return typeof cell === 'number' ? String(cell) : `'${cell.replaceAll("'", "''")}'`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	process.stdout.write(codeTablesSql());
}
