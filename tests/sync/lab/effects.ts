/** Whether what the server's ledger calls done is there: each row that was made, each value that was typed. */
import { Broken } from '../support/invariants.ts';
import type { Backend } from '../support/backend.ts';

interface Done {
	readonly mid: string;
	readonly name: string;
	readonly args: {
		readonly id?: string;
		readonly row?: { readonly id: string };
		readonly measurements?: readonly { readonly id: string }[];
		readonly action_id?: string;
		readonly patch?: Readonly<Record<string, readonly [seen: unknown, typed: unknown]>>;
	};
}

/** @throws {Broken} an effect is missing, or there twice */
export async function checkEffects(backend: Backend, mids: readonly string[]): Promise<void> {
	const done = await backend.sql<Done>(
		`select mid, name, args from private.sync_mutations where mid = any ($1::uuid[]) and verdict in ('ok', 'conflict')`,
		[mids]
	);
	await checkRowsMade(backend, done);
	await checkValuesKept(backend, done);
	const doubled = await backend.sql(
		`select mid, table_name, row_id, operation, count(*)::int as times from public.audit_log
		 where mid = any ($1::uuid[]) group by 1, 2, 3, 4 having count(*) > 1`,
		[mids]
	);
	if (doubled.length > 0) throw new Broken('each intent has its effect once', doubled);
}

async function checkRowsMade(backend: Backend, done: readonly Done[]): Promise<void> {
	const made = done.flatMap(({ mid, name, args }) => {
		const id = args.row?.id ?? args.action_id;
		const others = (args.measurements ?? []).map((row) => row.id);
		return [...(id === undefined ? [] : [id]), ...others].map((made) => ({ mid, name, id: made }));
	});
	const there = await backend.sql<{ id: string }>(
		'select id from private.synced_rows where id = any ($1::uuid[])',
		[made.map(({ id }) => id)]
	);
	const ids = new Set(there.map(({ id }) => id));
	const missing = made.filter(({ id }) => !ids.has(id));
	if (missing.length > 0) throw new Broken('what is done has made its row', missing);
}

/** A value stands in its row, or in the history beside it. */
async function checkValuesKept(backend: Backend, done: readonly Done[]): Promise<void> {
	const typed = done.flatMap(({ mid, args: { id, patch } }) =>
		Object.entries(patch ?? {}).map(([field, [, value]]) => ({ mid, id: id ?? '', field, value }))
	);
	const kept = await backend.sql<{ id: string; field: string; value: string }>(
		`select r.id, f.key as field, f.value::text as value from private.synced_rows r, jsonb_each(r.body) f where r.id = any ($1::uuid[])
		 union all select h.row_id, h.field, h.kept::text from public.record_history h where h.row_id = any ($1::uuid[])
		 union all select h.row_id, h.field, h.other::text from public.record_history h where h.row_id = any ($1::uuid[])`,
		[typed.map(({ id }) => id)]
	);
	const known = new Set(kept.map(({ id, field, value }) => `${id}/${field}/${plain(value)}`));
	const lost = typed.filter(
		({ id, field, value }) => !known.has(`${id}/${field}/${JSON.stringify(value)}`)
	);
	if (lost.length > 0) throw new Broken('every value that was typed still stands somewhere', lost);
}

/** Postgres writes jsonb with its own spaces. */
function plain(json: string | null): string {
	return JSON.stringify(JSON.parse(json ?? 'null'));
}
