/** What must hold of every table, policy and function, also of those that later migrations add; on each Postgres that is here. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresBinaries } from '../fixtures/postgres-cluster.ts';
import { startDatabase, type Connection, type TestDatabase } from './harness.ts';

describe.each([...postgresBinaries().keys()])('on Postgres %i', (version) => {
	let database: TestDatabase;
	let db: Connection;
	beforeAll(async () => {
		database = await startDatabase(version);
		db = await database.connect();
	});
	afterAll(async () => {
		await database.stop();
	});

	async function names(text: string): Promise<string[]> {
		return (await db.sql<{ name: string }>(text)).map(({ name }) => name);
	}

	test('it is the version that was asked for', async () => {
		expect(Number(await db.value('show server_version_num'))).toBeGreaterThanOrEqual(
			version * 10000
		);
	});

	test('every table of the API has row-level security, a read policy, and the session policy', async () => {
		expect(
			await names(`
				select c.relname::text as name from pg_class c
				where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
				and not (
					c.relrowsecurity
					and exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd = 'r')
					and exists (
						select from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polcmd = '*'
						and pg_get_expr(p.polqual, p.polrelid) ~ 'session_ok' and pg_get_expr(p.polwithcheck, p.polrelid) ~ 'session_ok')
				)`)
		).toEqual([]);
	});

	test('every policy is for signed-in people alone, and asks who that is once a statement', async () => {
		expect(
			await names(`
				select polrelid::regclass || ': ' || polname as name from pg_policy
				where polrelid::regclass::text !~ '^auth' and polroles <> array['authenticated'::regrole::oid]`)
		).toEqual([]);
		// A function of the caller that is not inside a sub-select would be evaluated for each row.
		const expressions = await db.sql<{ name: string; expression: string }>(`
			select polrelid::regclass || ': ' || polname as name,
				concat_ws(' ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) as expression
			from pg_policy`);
		const perRow = expressions.filter(({ expression }) =>
			/(?<!SELECT )(auth\.uid|auth\.jwt|private\.(my_buckets|my_case_ids|my_org_ids|session_ok|may_join))\(/.test(
				expression
			)
		);
		expect(perRow.map(({ name }) => name)).toEqual([]);
	});

	test('no policy lets anybody delete, and none lets everybody write', async () => {
		expect(
			await names(`
				select polrelid::regclass || ': ' || polname as name from pg_policy
				where polpermissive and (polcmd in ('d', '*')
					or polcmd <> 'r' and (pg_get_expr(polqual, polrelid) = 'true' or pg_get_expr(polwithcheck, polrelid) = 'true'))`)
		).toEqual([]);
	});

	test('every foreign key has an index that begins with its columns', async () => {
		expect(
			await names(`
				select conrelid::regclass || ' ' || conname as name from pg_constraint k
				where contype = 'f' and connamespace in ('public'::regnamespace, 'private'::regnamespace)
				and not exists (
					select from pg_index i where i.indrelid = k.conrelid
					and (i.indkey::int2[])[0:array_length(k.conkey, 1) - 1] @> k.conkey)`)
		).toEqual([]);
	});

	test('every function with its owner’s rights has a fixed search path', async () => {
		expect(
			await names(`
				select oid::regprocedure::text as name from pg_proc
				where pronamespace in ('public'::regnamespace, 'private'::regnamespace) and prosecdef
				and not coalesce('search_path=""' = any (proconfig), false)`)
		).toEqual([]);
	});

	test('nobody who is not signed in may execute anything but what a secret of its own opens: the preview of an invitation, one person’s calendar, that a notice was shown', async () => {
		expect(
			await names(`
				select oid::regprocedure::text as name from pg_proc
				where pronamespace in ('public'::regnamespace, 'private'::regnamespace) and has_function_privilege('anon', oid, 'execute')`)
		).toEqual([
			'calendar_feed(text)',
			'preview_invitation(text)',
			'push_move(jsonb)',
			'push_receipt(jsonb)'
		]);
	});

	test('nobody who is not signed in has a grant on any table, and signed-in people none for delete or truncate', async () => {
		expect(
			await names(`
				select c.oid::regclass::text as name from pg_class c
				where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'v', 'p')
				and (has_table_privilege('anon', c.oid, 'select, insert, update, delete, truncate')
					or has_table_privilege('authenticated', c.oid, 'delete, truncate'))`)
		).toEqual([]);
	});

	test('the private room has no table that row-level security or a grant would open', async () => {
		expect(
			await names(`
				select c.oid::regclass::text as name from pg_class c
				where c.relnamespace = 'private'::regnamespace and c.relkind in ('r', 'p')
				and (c.relrowsecurity or has_table_privilege('authenticated', c.oid, 'select, insert, update'))`)
		).toEqual([]);
		expect(
			await names(`
				select c.oid::regclass::text as name from pg_class c
				where c.relnamespace = 'private'::regnamespace and c.relkind = 'v'
				and not coalesce('security_invoker=true' = any (c.reloptions), false)`)
		).toEqual([]);
	});

	test('every synced table is stamped, indexed by bucket, and read by sync', async () => {
		const tables = await names(`
			select table_name::text as name from information_schema.columns
			where table_schema = 'public' and column_name = 'bucket_id' order by 1`);
		expect(tables.length).toBeGreaterThan(15);
		const complete = await names(`
			select c.relname::text as name from pg_class c
			where c.relnamespace = 'public'::regnamespace
			and (select count(*) from pg_trigger g where g.tgrelid = c.oid
				and g.tgname in ('stamp', 'stamp_delete', 'move_heads_insert', 'move_heads_update', 'keep_days_insert', 'keep_days_update',
					'keep_days_delete', 'refuse_truncate')) = 8
			and exists (select from pg_indexes i where i.schemaname = 'public' and i.tablename = c.relname and i.indexdef ~ '\\(bucket_id, seq\\)')
			and exists (select from pg_indexes i where i.schemaname = 'public' and i.tablename = c.relname and i.indexdef ~ '\\(bucket_id, relevant_at, seq\\)')
			and exists (select from pg_depend d join pg_rewrite w on w.oid = d.objid
				where w.ev_class = 'private.synced_rows'::regclass and d.refobjid = c.oid)
			order by 1`);
		expect(complete).toEqual(tables);
	});

	test('every table tells what it is', async () => {
		expect(
			await names(`
				select c.relname::text as name from pg_class c
				where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind = 'r'
				and obj_description(c.oid) is null and c.relname <> 'sync_epoch'`)
		).toEqual([]);
	});
});
