/** Transactions of several connections, played statement by statement in a given order, and phones that pull in between. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import {
	aRow,
	hoursFromNow,
	insertStatement,
	type Person,
	type Row
} from '../fixtures/db-world.ts';
import { Phone, type Connection, type Fields, type TestDatabase } from './harness.ts';

/** `writer`, `reader`, `where` and `which` pick among what there is. */
export type Step =
	| {
			readonly kind: 'write';
			readonly writer: number;
			readonly what: number;
			readonly where: number;
	  }
	/** Messages to several buckets in one statement. */
	| { readonly kind: 'bulk'; readonly writer: number; readonly wheres: readonly number[] }
	/** A row that comes, moves or goes within a savepoint that is undone. */
	| {
			readonly kind: 'undone';
			readonly writer: number;
			readonly what: number;
			readonly where: number;
	  }
	| { readonly kind: 'change'; readonly writer: number; readonly which: number }
	/** What a phone sends, in a transaction that stays open. */
	| { readonly kind: 'push'; readonly writer: number; readonly wheres: readonly number[] }
	| { readonly kind: 'end'; readonly writer: number; readonly keep: boolean }
	| { readonly kind: 'pull'; readonly reader: number; readonly limit: number }
	/** A pull that stops once it has read the heads, until `go` (see HALTS). */
	| { readonly kind: 'halt'; readonly reader: number; readonly limit: number }
	| { readonly kind: 'go' };

type Statement = (connection: Connection) => Promise<unknown>;

/** One connection and the transaction that is open on it. A statement that waits for a lock is in flight; the next wait for it. */
class Writer {
	readonly phone: Phone;
	readonly pid: number;
	readonly #connection: Connection;
	#queue: Promise<void> = Promise.resolve();
	#open = false;
	#failed = false;
	inFlight = 0;

	constructor(connection: Connection, pid: number, phone: Phone) {
		this.#connection = connection;
		this.pid = pid;
		this.phone = phone;
	}

	say(statement: Statement): void {
		this.#enqueue(async () => {
			if (this.#failed) return;
			if (!this.#open) await this.#connection.exec('begin');
			this.#open = true;
			try {
				await statement(this.#connection);
			} catch (error) {
				// Writers that take heads crosswise: one of them is told to try again, which undoes all that it has done.
				if (!(error instanceof pg.DatabaseError) || error.code !== '40P01') throw error;
				this.#failed = true;
			}
		});
	}

	end(keep: boolean): void {
		this.#enqueue(async () => {
			if (this.#open) await this.#connection.exec(keep && !this.#failed ? 'commit' : 'rollback');
			this.#open = false;
			this.#failed = false;
		});
	}

	/** @throws what a statement of it threw */
	async done(): Promise<void> {
		await this.#queue;
	}

	#enqueue(work: () => Promise<void>): void {
		this.inFlight++;
		this.#queue = this.#queue.then(work).finally(() => this.inFlight--);
		// done() tells it.
		this.#queue.catch(() => undefined);
	}
}

export interface Seen {
	/** Rows that came into sight with a number below one of their bucket that was in sight already. */
	readonly outOfOrder: string[];
	/** Rows that a phone lacks in the end, has in an earlier version, or has though they are gone. */
	readonly missed: string[];
	/** Buckets that a phone had to fetch from the beginning again. */
	readonly refetched: string[];
	/** Rows that came to stand. */
	readonly stored: number;
}

const HALT = 4_101;

/** Whoever has read the heads waits while HALT is held, on connections that say so: to be run before any of them is opened. */
export const HALTS = `
	alter function private.my_heads() rename to heads_read;
	do $do$ begin execute format('create function private.my_heads() returns %s language plpgsql stable security definer set search_path = '''' as
		$fn$ begin
			return query select * from private.heads_read();
			if current_setting(''connect10.halts'', true) = ''on'' then
				perform pg_advisory_lock_shared(${HALT});
				perform pg_advisory_unlock_shared(${HALT});
			end if;
		end $fn$', pg_get_function_result('private.heads_read()'::regprocedure));
	end $do$;
	grant execute on function private.my_heads(), private.heads_read() to authenticated`;

/** One pull that stands still between the heads and the rows, while others go on. */
class HaltedPull {
	readonly #watch: Connection;
	#pull: Promise<unknown> | null = null;

	constructor(watch: Connection) {
		this.#watch = watch;
	}

	async begin(pull: () => Promise<unknown>): Promise<void> {
		await this.#watch.sql('select pg_advisory_lock($1)', [HALT]);
		let ended = false;
		this.#pull = pull().finally(() => (ended = true));
		// goOn() tells it.
		this.#pull.catch(() => undefined);
		const stands = `select exists (select from pg_locks where locktype = 'advisory' and objid = $1 and not granted)`;
		while (!ended && !(await this.#watch.value<boolean>(stands, [HALT])));
	}

	/** @throws what is wrong with the answer */
	async goOn(): Promise<void> {
		const pull = this.#pull;
		this.#pull = null;
		if (!pull) return;
		await this.#watch.sql('select pg_advisory_unlock($1)', [HALT]);
		await pull;
	}
}

export interface Stage {
	readonly writers: readonly Writer[];
	/** Connections for phones that pull. */
	readonly readers: readonly Connection[];
	/** Sees everything, and how the writers stand. */
	readonly watch: Connection;
}

export async function aStage(
	database: TestDatabase,
	people: { readonly writers: readonly Person[]; readonly readers: readonly Person[] }
): Promise<Stage> {
	const writers = await Promise.all(
		people.writers.map(async (person) => {
			const connection = await database.connect();
			const pid = await connection.value<number>('select pg_backend_pid()');
			return new Writer(connection, pid, new Phone(connection, person));
		})
	);
	const readers = await Promise.all(people.readers.map(() => database.connect()));
	for (const reader of readers) await reader.exec(`set connect10.halts = 'on'`);
	return { writers, readers, watch: await database.connect() };
}

/** Plays the steps in these cases, ends every transaction, lets every phone pull what is left, and compares. */
export async function playInterleaved(
	{ writers, watch }: Stage,
	readers: readonly Phone[],
	cases: readonly string[],
	steps: readonly Step[]
): Promise<Seen> {
	const seen: Pick<Seen, 'missed' | 'refetched'> = { missed: [], refetched: [] };
	const order = new OrderOfSight(watch, cases);
	await order.look();
	const pull = async (reader: Phone, limit: number) => {
		const answer = await reader.sync({ limit });
		for (const [bucket, { reset }] of Object.entries(answer.buckets))
			if (reset) seen.refetched.push(`${reader.person} ${bucket}`);
		reader.apply(answer);
		return Object.values(answer.buckets).some(({ more }) => more);
	};
	const halted = new HaltedPull(watch);
	try {
		for (const step of steps) {
			if (step.kind === 'pull' || step.kind === 'halt' || step.kind === 'go') {
				await halted.goOn();
				if (step.kind === 'go') continue;
				const pulls = () => pull(readers[step.reader % readers.length]!, step.limit);
				await (step.kind === 'pull' ? pulls() : halted.begin(pulls));
				continue;
			}
			const writer = writers[step.writer % writers.length]!;
			if (step.kind === 'end') writer.end(step.keep);
			else writer.say(await statementOf(step, writer.phone, cases, watch));
			await settle(writers, watch);
			if (step.kind === 'end') await order.look();
		}
		await halted.goOn();
	} finally {
		await endAll(writers, watch);
	}
	await order.look();
	for (const reader of readers) {
		while (await pull(reader, 40));
		seen.missed.push(...(await differences(watch, reader, cases)));
	}
	return { ...seen, outOfOrder: order.outOfOrder, stored: order.stored };
}

/** Until each writer rests, or waits for a lock that a resting one holds. Those who wait in a circle are not at rest: Postgres ends that. */
async function settle(writers: readonly Writer[], watch: Connection): Promise<void> {
	for (;;) {
		const busy = writers.filter(({ inFlight }) => inFlight > 0);
		if (busy.length === 0) return;
		const waits = await watch.sql<{ pid: number; blockers: number[] }>(
			'select pid, pg_blocking_pids(pid) as blockers from unnest($1::integer[]) pid',
			[busy.map(({ pid }) => pid)]
		);
		const resting = new Set(writers.filter(({ inFlight }) => inFlight === 0).map(({ pid }) => pid));
		let grew = true;
		while (grew) {
			const parked = waits.filter(
				({ pid, blockers }) => !resting.has(pid) && blockers.some((blocker) => resting.has(blocker))
			);
			for (const { pid } of parked) resting.add(pid);
			grew = parked.length > 0;
		}
		if (busy.every(({ pid }) => resting.has(pid))) return;
	}
}

async function endAll(writers: readonly Writer[], watch: Connection): Promise<void> {
	for (const writer of writers) writer.end(true);
	await settle(writers, watch);
	for (const writer of writers) await writer.done();
}

async function statementOf(
	step: Exclude<Step, { kind: 'end' | 'pull' | 'halt' | 'go' }>,
	phone: Phone,
	cases: readonly string[],
	watch: Connection
): Promise<Statement> {
	const at = (where: number) => placeOf(cases, where);
	switch (step.kind) {
		case 'write':
			return insert(step.what, at(step.where));
		case 'bulk':
			return messages(step.wheres.map(at));
		case 'undone': {
			const statement = insert(step.what, at(step.where));
			return async (connection) => {
				await connection.exec('savepoint doubt');
				await statement(connection);
				await connection.exec('rollback to savepoint doubt');
			};
		}
		case 'change':
			return await changeOf(watch, cases, step.which);
		case 'push': {
			const push = phone.numbered(
				step.wheres.map((where) => ({
					name: 'message.send',
					args: { row: aRow.message(at(where)) }
				}))
			);
			return () => phone.sync({ push, inside: true });
		}
	}
}

type Place = Readonly<Record<'case_id' | 'audience', string>>;

/** Each case has two buckets that care workers see. */
function placeOf(cases: readonly string[], where: number): Place {
	return {
		case_id: cases[(where >> 1) % cases.length]!,
		audience: where % 2 ? 'staff' : 'circle'
	};
}

function insert(what: number, place: Place): Statement {
	const author = { author_name: '系統', recorded_at: hoursFromNow(0) };
	const rows: readonly [string, Row][] = [
		['messages', aRow.message({ ...place, ...author })],
		['tasks', aRow.task({ ...place, ...author })],
		['case_contacts', aRow.contact({ ...place, recorded_at: hoursFromNow(0) })]
	];
	const [table, row] = rows[what % rows.length]!;
	const { text, params } = insertStatement(table, row);
	return (connection) => connection.sql(text, params);
}

function messages(places: readonly Place[]): Statement {
	const rows: Fields[] = places.map((place) => ({ ...place, id: randomUUID() }));
	return (connection) =>
		connection.sql(
			`insert into public.messages (id, case_id, audience, body, author_name, recorded_at)
			 select r.id, r.case_id, r.audience, '多則', '系統', now() from jsonb_to_recordset($1::jsonb) as r (id uuid, case_id uuid, audience text)`,
			[JSON.stringify(rows)]
		);
}

/** A task goes to the other bucket of its case, a contact is edited or deleted. Nothing when there is neither. */
async function changeOf(
	watch: Connection,
	cases: readonly string[],
	which: number
): Promise<Statement> {
	const rows = await watch.sql<{ name: string; id: string }>(
		`select 'tasks' as name, id from public.tasks where case_id = any ($1::uuid[])
		 union all select 'case_contacts', id from public.case_contacts where case_id = any ($1::uuid[]) order by 1, 2`,
		[cases]
	);
	const row = rows[which % Math.max(1, rows.length)];
	if (!row) return () => Promise.resolve();
	const change =
		row.name === 'tasks'
			? `update public.tasks set audience = case audience when 'staff' then 'circle' else 'staff' end where id = $1`
			: which % 3 === 0
				? 'delete from public.case_contacts where id = $1'
				: `update public.case_contacts set note = note || '，再' where id = $1`;
	return (connection) => connection.sql(change, [row.id]);
}

/** What comes into sight in the buckets of these cases, and whether it comes in the order of its numbers. */
class OrderOfSight {
	readonly outOfOrder: string[] = [];
	stored = 0;
	readonly #watch: Connection;
	readonly #cases: readonly string[];
	readonly #known = new Set<string>();
	readonly #highest = new Map<number, number>();

	constructor(watch: Connection, cases: readonly string[]) {
		this.#watch = watch;
		this.#cases = cases;
	}

	async look(): Promise<void> {
		const rows = await this.#watch.sql<{ bucket: number; seq: number; key: string }>(
			`with mine as materialized (select id from private.buckets where case_id = any ($1::uuid[]))
			 select r.bucket_id as bucket, r.seq::float8 as seq, r.table_name || '/' || r.id || ' ' || r.seq as key
			 from private.synced_rows r where r.bucket_id in (select id from mine)
			 union all select t.bucket_id, t.seq::float8, 'left/' || t.row_id || ' ' || t.seq
			 from private.sync_tombstones t where t.bucket_id in (select id from mine)`,
			[this.#cases]
		);
		const fresh = rows.filter(({ key }) => !this.#known.has(key));
		for (const { bucket, seq, key } of fresh)
			if (seq <= (this.#highest.get(bucket) ?? 0)) this.outOfOrder.push(key);
		for (const { bucket, seq, key } of fresh) {
			this.#known.add(key);
			this.#highest.set(bucket, Math.max(seq, this.#highest.get(bucket) ?? 0));
		}
		this.stored += fresh.length;
	}
}

/** What the policies let this person see of these cases, against what their phone holds, row by row with its version. */
async function differences(
	watch: Connection,
	reader: Phone,
	cases: readonly string[]
): Promise<string[]> {
	const visible = await watch.rehearse(() =>
		watch.as<{ key: string }>(
			reader.person,
			`select table_name || '/' || id || ' ' || seq as key from private.synced_rows
			 where (body ->> 'case_id')::uuid = any ($1::uuid[]) or table_name = 'cases' and id = any ($1::uuid[])`,
			[cases]
		)
	);
	const should = new Set(visible.map(({ key }) => key));
	const holds = new Set(
		[...reader.rows]
			.filter(([, row]) => cases.some((id) => row['case_id'] === id || row.id === id))
			.map(([key, { seq }]) => `${key} ${seq}`)
	);
	return [
		...[...should].filter((key) => !holds.has(key)).map((key) => `${reader.person} lacks ${key}`),
		...[...holds].filter((key) => !should.has(key)).map((key) => `${reader.person} has ${key}`)
	];
}
