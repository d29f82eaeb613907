/** Writes the demo organisation into an empty database: accounts first, then every table in bulk. */
import type { TableName } from '#lib/domain/rows.ts';
import { demoOrganisation } from './demo-organisation.ts';
import { DEMO_DOMAIN, DEMO_FAMILY, DEMO_PASSWORD, DEMO_STAFF } from './demo-people.ts';
import type { SeedDeps } from './seed-deps.ts';

/** Rows a statement: large enough that statements cost nothing, small enough that progress moves. */
const ROWS_A_STATEMENT = 1000;

/** Tables in the order in which their rows refer to each other. */
const ORDER: readonly TableName[] = [
	'organizations',
	'profiles',
	'memberships',
	'staff_absences',
	'task_templates',
	'cases',
	'case_staff_details',
	'case_contacts',
	'case_members',
	'case_medications',
	'case_devices',
	'case_plan_codes',
	'visit_series',
	'visits',
	'visit_records',
	'measurements',
	'record_signatures',
	'handover_notes',
	'case_consents',
	'emergencies',
	'emergency_actions',
	'tasks',
	'task_comments',
	'task_series',
	'messages',
	'message_reads',
	'announcement_marks'
];

/**
 * Rejects with the database's error when a statement fails; the caller rolls back.
 */
export async function seedDemo(deps: SeedDeps): Promise<void> {
	deps.progress(0, 'accounts');
	const userIds = new Map<string, string>();
	for (const { key, name, account } of [...DEMO_STAFF, DEMO_FAMILY]) {
		if (account === null) continue;
		const email = `${account}@${DEMO_DOMAIN}`;
		userIds.set(key, await deps.createUser({ email, password: DEMO_PASSWORD, displayName: name }));
	}
	const rows = demoOrganisation({ now: deps.now.toISOString(), userIds, scale: deps.scale });
	const total = ORDER.reduce((sum, table) => sum + (rows[table]?.length ?? 0), 0);
	let written = 0;
	for (const table of ORDER) {
		const all = rows[table] ?? [];
		for (let from = 0; from < all.length; from += ROWS_A_STATEMENT) {
			const part = all.slice(from, from + ROWS_A_STATEMENT);
			deps.progress(written / total, table);
			await insertRows(deps, table, part);
			written += part.length;
		}
	}
	deps.progress(1, 'done');
}

async function insertRows(
	deps: SeedDeps,
	table: TableName,
	rows: readonly object[]
): Promise<void> {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].join(', ');
	await deps.query(
		`insert into public.${table} (${columns})
		 select ${columns} from jsonb_populate_recordset(null::public.${table}, $1::jsonb -> 'rows')`,
		[{ rows }]
	);
}
