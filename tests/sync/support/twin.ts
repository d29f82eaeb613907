/** What a server holds, word by word, and whether a second one that was told the same without faults holds the same. */
import { RpcPort } from '#lib/remote/rpc-port.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import type { OutboxEntry } from '#lib/db/records.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import { APP_SCHEMA, PROTOCOL_VERSION } from '#lib/protocol/sync.ts';
import type { Backend } from './backend.ts';
import { Broken } from './invariants.ts';

export interface Received {
	readonly client_id: string;
	readonly n: number;
	readonly mid: string;
	readonly user_id: string;
	/** The instant of the transaction, as Postgres writes it in JSON. */
	readonly received_at: string;
}

/** The whole ledger in the order in which the server took it in. The embedded backend's one connection makes that order plain. */
export async function inServerOrder(backend: Backend): Promise<Received[]> {
	const rows = await backend.sql<{ entry: Received }>(
		'select to_jsonb(m) as entry from private.sync_mutations m order by m.received_at, m.client_id, m.n'
	);
	return rows.map(({ entry }) => entry);
}

/** Says one intent to the server, alone, over a perfect line, as the phone that made it would. */
export async function tell(
	backend: Backend,
	{ client_id, n, user_id }: Pick<Received, 'client_id' | 'n' | 'user_id'>,
	{ mid, mutation: { name, args, at }, base, offsetMs }: OutboxEntry
): Promise<void> {
	const port = await portOf(backend, user_id);
	// A phone that has everything: the twin is asked for no rows.
	const [heads] = await backend.sql<{ epoch: string; cursors: Record<string, number> }>(
		`select e.id as epoch, (select jsonb_object_agg(b.id, b.seq) from private.buckets b) as cursors from private.sync_epoch e`
	);
	const item = { n, mid, name, args, base, at };
	const answer = await port.sync(
		{
			v: PROTOCOL_VERSION,
			schema: APP_SCHEMA,
			epoch: heads?.epoch ?? null,
			client: client_id,
			acked: n - 1,
			push: [offsetMs === null ? item : { ...item, offset_ms: offsetMs }],
			cursors: heads?.cursors ?? {}
		},
		new AbortController().signal
	);
	if (!answer.ok) throw new Error(`The perfect line is not: ${answer.kind}`);
}

/**
 * Every row of every synced table, the ledger, the audit log, what has left a bucket, and how far each phone has been heard; with every
 * column but the numbers of changes (`seq`), which only order, the row numbers of the audit log, and sign-ins.
 * Instants of transactions of `twin` are told as those of the same intents on `first`: whatever else differs between the two, differs.
 * @throws {Broken} naming what one of them has and the other has not
 */
export async function checkSameState(first: Backend, twin: Backend): Promise<void> {
	const [ledger, twinLedger] = [await inServerOrder(first), await inServerOrder(twin)];
	const instants = new Map(ledger.map(({ mid, received_at }) => [mid, received_at]));
	const clock = new Map(
		twinLedger.map(({ mid, received_at }) => [received_at, instants.get(mid) ?? received_at])
	);
	const [here, there] = [await stateOf(first), await stateOf(twin, clock)];
	const onlyHere = without(here, there);
	const onlyThere = without(there, here);
	if (onlyHere.length + onlyThere.length > 0)
		throw new Broken('faults on the line leave the same server state', { onlyHere, onlyThere });
}

async function stateOf(
	backend: Backend,
	clock: ReadonlyMap<string, string> = new Map()
): Promise<string[]> {
	const synced = TABLE_NAMES.map(
		(table) => `select '${table}' as what, to_jsonb(t) - 'seq' as is_so from public.${table} t`
	);
	const rows = await backend.sql<{ what: string; is_so: unknown }>(
		[
			...synced,
			`select 'ledger', to_jsonb(m) from private.sync_mutations m`,
			`select 'audit', to_jsonb(a) - 'id' - 'session_id' from public.audit_log a`,
			`select 'left a bucket', to_jsonb(t) - 'seq' from private.sync_tombstones t`,
			`select 'phone', jsonb_build_array(c.id, c.user_id, c.last_n) from private.sync_clients c where c.last_n > 0`
		].join(' union all ')
	);
	return rows.map(({ what, is_so }) => `${what} ${JSON.stringify(told(is_so, clock))}`);
}

function told(value: unknown, clock: ReadonlyMap<string, string>): unknown {
	if (typeof value === 'string') return clock.get(value) ?? value;
	if (Array.isArray(value)) return value.map((part) => told(part, clock));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, told(part, clock)]));
}

/** What stands in `these` more often than in `those`. */
function without(these: readonly string[], those: readonly string[]): string[] {
	const counts = new Map<string, number>();
	for (const each of those) counts.set(each, (counts.get(each) ?? 0) + 1);
	return these.filter((each) => {
		const left = counts.get(each) ?? 0;
		counts.set(each, left - 1);
		return left <= 0;
	});
}

const ports = new WeakMap<Backend, Map<string, Promise<RpcPort>>>();

async function portOf(backend: Backend, userId: string): Promise<RpcPort> {
	const known = ports.get(backend) ?? new Map<string, Promise<RpcPort>>();
	ports.set(backend, known);
	const port =
		known.get(userId) ??
		backend.signIn(userId).then((storage) => {
			const sessions = new SessionStore(storage);
			return new RpcPort({ config: backend.config, sessions }, userId);
		});
	known.set(userId, port);
	return await port;
}
