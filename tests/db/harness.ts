/** A seeded database for one test file, people who act in it, and phones that sync with it as the engine does. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { personOf, type Persona } from '../api/matrix.ts';
import { insertStatement, PEOPLE, seedSql, type Person, type Row } from '../fixtures/db-world.ts';
import { startPostgres, type PostgresCluster } from '../fixtures/postgres-cluster.ts';
import { createMigratedDatabase } from '../fixtures/postgrest-server.ts';

export type Fields = Record<string, unknown>;

export interface TestDatabase {
	readonly url: string;
	readonly cluster: PostgresCluster;
	connect(): Promise<Connection>;
	stop(): Promise<void>;
}

export async function startDatabase(version?: number): Promise<TestDatabase> {
	const cluster = await startPostgres(version);
	const url = await createMigratedDatabase(cluster, 'tests');
	const open: Connection[] = [];
	const database: TestDatabase = {
		url,
		cluster,
		async connect() {
			const client = new pg.Client({ connectionString: url });
			await client.connect();
			const connection = new Connection(client);
			open.push(connection);
			return connection;
		},
		async stop() {
			for (const connection of open) await connection.end();
			await cluster.stop();
		}
	};
	const setup = await database.connect();
	await setup.exec(await seedSql());
	return database;
}

/** One connection; statements are the owner's unless they are made as somebody. */
export class Connection {
	readonly #client: pg.Client;

	constructor(client: pg.Client) {
		this.#client = client;
	}

	async sql<T = Fields>(text: string, params: unknown[] = []): Promise<T[]> {
		const result = await this.#client.query(text, params);
		// The caller names the row type of a statement that only the caller knows.
		return result.rows as T[];
	}

	async exec(script: string): Promise<void> {
		await this.#client.query(script);
	}

	/** Writes a row as the operator does; returns its id. */
	async insert(table: string, row: Row): Promise<string> {
		const statement = insertStatement(table, row);
		await this.sql(statement.text, statement.params);
		return row.id;
	}

	/** The first row's only column. */
	async value<T = unknown>(text: string, params: unknown[] = []): Promise<T> {
		const [row] = await this.sql(text, params);
		return Object.values(row ?? {})[0] as T;
	}

	/** Runs `work` in a transaction of its own that is rolled back. */
	async rehearse<T>(work: () => Promise<T>): Promise<T> {
		await this.exec('begin');
		try {
			return await work();
		} finally {
			await this.exec('rollback');
		}
	}

	/** Runs one statement as somebody, within the transaction that is open. */
	async as<T = Fields>(caller: Persona, text: string, params: unknown[] = []): Promise<T[]> {
		await this.become(caller);
		const rows = await this.sql<T>(text, params);
		await this.exec('set local role none');
		await this.exec(`select set_config('request.jwt.claims', '', true)`);
		return rows;
	}

	/** Like `as`, but a statement that fails is undone alone; returns its SQLSTATE and message. */
	async attempt(
		caller: Persona,
		text: string,
		params: unknown[] = []
	): Promise<{ rows: Fields[] } | { code: string; message: string }> {
		await this.exec('savepoint attempt');
		try {
			return { rows: await this.as(caller, text, params) };
		} catch (error) {
			await this.exec('rollback to attempt');
			if (error instanceof pg.DatabaseError) {
				return { code: error.code ?? '', message: error.message };
			}
			throw error;
		}
	}

	async become(caller: Persona): Promise<void> {
		const claims =
			caller === 'anonymous'
				? { role: 'anon' }
				: {
						sub: PEOPLE[personOf(caller)],
						role: 'authenticated',
						...(personOf(caller) === caller ? {} : { session_id: randomUUID() })
					};
		await this.sql(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify(claims)]);
		await this.exec(`set local role ${claims.role === 'anon' ? 'anon' : 'authenticated'}`);
	}

	async end(): Promise<void> {
		await this.#client.end();
	}
}

export interface Intent {
	readonly name: string;
	readonly args: Fields;
	readonly base?: number;
	readonly at?: string;
}
export interface Result {
	readonly n: number;
	readonly verdict: string;
	readonly code?: string;
	readonly data?: Fields;
}
export interface BucketState {
	readonly seq: number;
	readonly more: boolean;
	readonly reset?: boolean;
	readonly live?: number;
	readonly sum?: number;
}
export type WireRow = Fields & { id: string; bucket_id: number; seq: number; relevant_at: string };
export interface SyncAnswer {
	readonly epoch: string;
	readonly since: string;
	readonly last_n: number;
	readonly results: Result[];
	readonly buckets: Record<string, BucketState>;
	readonly rows: Record<string, WireRow[]>;
	readonly gone: Record<string, string[]>;
	readonly removed: number[];
	readonly wipe?: boolean;
}

/** The least that a phone must do with what sync() answers: rows by id, a cursor a bucket. Checks the sums that it is told. */
export class Phone {
	readonly id = randomUUID();
	readonly person: Person;
	readonly rows = new Map<string, WireRow & { table: string }>();
	readonly cursors = new Map<number, number>();
	epoch: string | null = null;
	/** The last number given to an intent. */
	lastN = 0;
	/** The highest number that was answered. */
	ackedN = 0;
	/** Off where a test looks at the rows themselves. */
	checksSums = true;
	readonly #db: Connection;

	constructor(db: Connection, person: Person) {
		this.#db = db;
		this.person = person;
	}

	/** One call; in a transaction of its own unless one is open (`inside`). */
	async sync(
		options: { push?: Fields[]; limit?: number; inside?: boolean; fields?: Fields } = {}
	): Promise<SyncAnswer> {
		const request = {
			v: 1,
			schema: 1,
			epoch: this.epoch,
			client: this.id,
			acked: this.ackedN,
			push: options.push ?? [],
			cursors: Object.fromEntries(this.cursors),
			...(options.limit === undefined ? {} : { limit: options.limit }),
			...options.fields
		};
		if (!options.inside) await this.#db.exec('begin');
		try {
			const [row] = await this.#db.as<{ answer: SyncAnswer }>(
				this.person,
				'select public.sync($1::jsonb) as answer',
				[JSON.stringify(request)]
			);
			if (!options.inside) await this.#db.exec('commit');
			if (row === undefined) throw new Error('sync answered nothing');
			const answered = row.answer.results.filter(({ verdict }) => verdict !== 'later');
			this.ackedN = Math.max(this.ackedN, ...answered.map(({ n }) => n));
			return row.answer;
		} catch (error) {
			if (!options.inside) await this.#db.exec('rollback');
			throw error;
		}
	}

	/** The next numbers for these intents, as they would stand in the outbox. */
	numbered(intents: readonly Intent[]): Fields[] {
		return intents.map((intent) => ({
			n: ++this.lastN,
			mid: randomUUID(),
			at: new Date().toISOString(),
			base: 0,
			...intent
		}));
	}

	async push(intents: readonly Intent[], options: { inside?: boolean } = {}): Promise<Result[]> {
		const answer = await this.sync({ push: this.numbered(intents), ...options });
		this.apply(answer);
		return answer.results;
	}

	/** Pulls until nothing more is to come; returns the answers. */
	async pull(options: { limit?: number; inside?: boolean } = {}): Promise<SyncAnswer[]> {
		const answers: SyncAnswer[] = [];
		for (;;) {
			const answer = await this.sync(options);
			this.apply(answer);
			answers.push(answer);
			if (!Object.values(answer.buckets).some(({ more }) => more)) return answers;
			if (answers.length > 500) throw new Error('The pull does not end.');
		}
	}

	apply(answer: SyncAnswer): void {
		this.epoch = answer.epoch;
		for (const [bucket, state] of Object.entries(answer.buckets)) {
			if (state.reset) this.#dropBucket(Number(bucket));
		}
		for (const bucket of answer.removed) {
			this.#dropBucket(bucket);
			this.cursors.delete(bucket);
		}
		for (const [table, ids] of Object.entries(answer.gone)) {
			for (const id of ids) this.rows.delete(`${table}/${id}`);
		}
		for (const [table, rows] of Object.entries(answer.rows)) {
			for (const row of rows) this.rows.set(`${table}/${row.id}`, { ...row, table });
		}
		for (const [bucket, state] of Object.entries(answer.buckets)) {
			this.cursors.set(Number(bucket), state.seq);
			if (!state.more && this.checksSums) this.#check(Number(bucket), state, answer.since);
		}
	}

	of(table: string): WireRow[] {
		return [...this.rows.values()].filter((row) => row.table === table);
	}

	#dropBucket(bucket: number): void {
		for (const [key, row] of this.rows) if (row.bucket_id === bucket) this.rows.delete(key);
	}

	#check(bucket: number, state: BucketState, since: string): void {
		const live = [...this.rows.values()].filter(
			(row) =>
				row.bucket_id === bucket && (row.relevant_at === 'infinity' || row.relevant_at >= since)
		);
		const sum = live.reduce((total, row) => total + row.seq, 0);
		if (live.length !== state.live || sum !== state.sum) {
			throw new Error(
				`${this.person} has ${live.length} rows (sum ${sum}) of bucket ${bucket}; the server says ${state.live} (sum ${state.sum})`
			);
		}
	}
}
