/** The matrix once more within the database, and proof that it would notice: every policy, opened, makes a cell wrong. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TABLE_MATRIX, type MatrixRow, type Operation } from '../api/matrix.ts';
import type { Probe } from '../api/probe-rows.ts';
import { PROBES } from '../api/probes.ts';
import { startDatabase, type Connection, type TestDatabase } from './harness.ts';

let database: TestDatabase;
let db: Connection;
beforeAll(async () => {
	database = await startDatabase();
	db = await database.connect();
});
afterAll(async () => {
	await database.stop();
});

type Row = MatrixRow<ReadonlySet<Operation>>;

/** Cells that differ from the matrix; run in the transaction that is open. `first`: stop at the first one. */
async function wrongCells(row: Row, first = false): Promise<string[]> {
	const probe = PROBES[row.kind];
	if (probe === undefined) throw new Error(`No probe for ${row.kind}`);
	const wrong: string[] = [];
	for (const { persona, allowed } of row.cells) {
		for (const operation of ['select', 'insert', 'update', 'delete'] as const) {
			await db.exec('savepoint cell');
			const happened = await happens(row.object, probe, persona, operation);
			await db.exec('rollback to cell');
			if (happened !== allowed.has(operation)) {
				wrong.push(`${row.kind}: ${persona} ${happened ? 'can' : 'cannot'} ${operation}`);
				if (first) return wrong;
			}
		}
	}
	return wrong;
}

async function happens(
	table: string,
	probe: Probe,
	persona: Parameters<Probe['insert']>[0],
	operation: Operation
): Promise<boolean> {
	const sql = (text: string, params: unknown[] = []) => db.sql(text, params);
	if (operation === 'insert') {
		const row = await probe.insert(persona, sql);
		const columns = Object.keys(row).join(', ');
		const outcome = await db.attempt(
			persona,
			`insert into public.${table} (${columns}) select ${columns} from jsonb_populate_record(null::public.${table}, $1::jsonb)`,
			[JSON.stringify(row)]
		);
		return wentThrough(outcome, `${persona} inserts into ${table}`);
	}
	const [column, value] = Object.entries(await probe.target(sql))[0] ?? ['id', null];
	const where = `where ${column} = $1`;
	if (operation === 'select') {
		const outcome = await db.attempt(persona, `select 1 from public.${table} ${where}`, [value]);
		return wentThrough(outcome, 'read') && 'rows' in outcome && outcome.rows.length > 0;
	}
	const snapshot = () => db.sql(`select to_jsonb(t) from public.${table} t ${where}`, [value]);
	const before = JSON.stringify(await snapshot());
	if (operation === 'delete') {
		wentThrough(
			await db.attempt(persona, `delete from public.${table} ${where}`, [value]),
			'delete'
		);
	} else {
		const patch = probe.update(randomUUID());
		const columns = Object.keys(patch).join(', ');
		const text = `update public.${table} set (${columns}) = (select ${columns} from jsonb_populate_record(null::public.${table}, $1::jsonb))`;
		const json = JSON.stringify(patch);
		const one = await db.attempt(persona, `${text} where ${column} = $2`, [json, value]);
		if (wentThrough(one, 'update') && JSON.stringify(await snapshot()) !== before) return true;
		// Without a filter the read policy is not asked; then the update policy stands alone.
		await db.attempt(persona, text, [json]);
	}
	return JSON.stringify(await snapshot()) !== before;
}

function wentThrough(outcome: Awaited<ReturnType<Connection['attempt']>>, what: string): boolean {
	if ('rows' in outcome) return true;
	if (outcome.code !== '42501') throw new Error(`${what}: ${outcome.code} ${outcome.message}`);
	return false;
}

test.each(TABLE_MATRIX)('$kind', async (row) => {
	expect(await db.rehearse(() => wrongCells(row))).toEqual([]);
});

describe('each policy, opened to everybody signed in, is noticed', () => {
	test('all of them', async () => {
		const policies = await db.sql<{ table: string; policy: string; command: string }>(`
			select tablename::text as table, policyname::text as policy, cmd::text as command
			from pg_policies where schemaname = 'public' order by 1, 2`);
		expect(policies.length).toBeGreaterThan(60);
		const unnoticed: string[] = [];
		for (const { table, policy, command } of policies) {
			const rows = TABLE_MATRIX.filter(({ object }) => object === table);
			const noticed = await db.rehearse(async () => {
				await open(table, policy, command);
				for (const row of rows) {
					// A mutant may also fail in another way, such as with a broken reference; that is noticed too.
					const wrong = await wrongCells(row, true).catch((error: Error) => [error.message]);
					if (wrong.length > 0) return true;
				}
				return false;
			});
			if (!noticed) unnoticed.push(`${table}: ${policy}`);
		}
		expect(unnoticed).toEqual([
			// Open to everybody who is signed in as they stand.
			'incident_types: Everyone signed in reads the code tables',
			'problem_codes: Everyone signed in reads the code tables',
			// Two walls, as of the last two: its guard knows who asked.
			'questions: Who asked withdraws',
			'service_codes: Everyone signed in reads the code tables',
			// Two walls: the rules of migration 000500 refuse the same people by their role.
			'tasks: Staff of the circle, and family given a task, move tasks',
			'visits: Staff of the circle move visits'
		]);
	});

	async function open(table: string, policy: string, command: string): Promise<void> {
		const reads = command !== 'INSERT' ? 'using (true)' : '';
		const writes = command === 'SELECT' || command === 'DELETE' ? '' : 'with check (true)';
		await db.exec(`alter policy "${policy}" on public.${table} ${reads} ${writes}`);
	}
});
