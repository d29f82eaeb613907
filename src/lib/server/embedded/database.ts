/** Opens the one PGlite database of this process and hands out gated access to it. */
import { getAuthSchemaSql } from '@supabase/lite';
import { createPgliteConnection, type PgliteConnection } from '@supabase/lite/pglite';
import { adjustConnection } from './lite-adjustments.ts';
import { PRELUDE_SQL } from './prelude.ts';
import { createSessionGate, type SessionGate } from './session-gate.ts';

export type Row = Record<string, unknown>;

/** What may be done inside a transaction: the session is held for as long as it runs. */
export interface DatabaseSession {
	/** Runs a script of several statements. */
	exec(script: string): Promise<void>;
	query<T extends Row = Row>(text: string, params?: unknown[]): Promise<T[]>;
}

export interface Database {
	/** What `@supabase/lite` talks to. */
	readonly connection: PgliteConnection;
	readonly gate: SessionGate;
	exec(script: string): Promise<void>;
	sql<T extends Row = Row>(text: string, params?: unknown[]): Promise<T[]>;
	/** Commits when `work` returns, rolls back when it throws. */
	transaction<T>(work: (session: DatabaseSession) => Promise<T>): Promise<T>;
	/** Runs `work` in a transaction that is rolled back whatever happens. */
	rehearse<T>(work: (session: DatabaseSession) => Promise<T>): Promise<T>;
	/** Calls back for each NOTIFY on `channel`, after its transaction has committed. */
	listen(channel: string, onNotify: (payload: string) => void): Promise<void>;
	close(): Promise<void>;
}

/** Times as PostgREST writes them: lite hands out Postgres' own text, `2026-11-22 01:52:04+00`. */
const TIMESTAMP_PARSERS = {
	1114: (text: string) => text.replace(' ', 'T'),
	1184: (text: string) => text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
};

/** @param folder Where PGlite keeps its files; made when it does not exist. */
export async function openDatabase(folder: string): Promise<Database> {
	const connection = await createPgliteConnection({
		url: folder,
		pgliteOptions: { parsers: TIMESTAMP_PARSERS }
	});
	await connection.driver.waitReady;
	adjustConnection(connection);
	const { driver } = connection;
	const gate = createSessionGate();
	await driver.exec(`set timezone to 'UTC'; set search_path to "$user", public, extensions;`);

	const session: DatabaseSession = {
		async exec(script) {
			await driver.exec(script);
		},
		async query<T extends Row>(text: string, params: unknown[] = []) {
			const result = await driver.query<T>(text, params);
			return result.rows;
		}
	};

	return {
		connection,
		gate,
		exec: (script) => gate.run(() => session.exec(script)),
		sql: (text, params) => gate.run(() => session.query(text, params)),
		transaction: (work) =>
			gate.run(async () => {
				await driver.exec('begin');
				try {
					const result = await work(session);
					await driver.exec('commit');
					return result;
				} catch (error) {
					await driver.exec('rollback');
					throw error;
				}
			}),
		rehearse: (work) =>
			gate.run(async () => {
				await driver.exec('begin');
				try {
					return await work(session);
				} finally {
					await driver.exec('rollback');
				}
			}),
		async listen(channel, onNotify) {
			await gate.run(() => driver.listen(channel, onNotify));
		},
		// Closing goes through the gate, so that what is running is finished first.
		close: () => gate.run(() => connection.close())
	};
}

/** Creates what Supabase has before the first migration. Idempotent. */
export async function applyPrelude(database: Database): Promise<void> {
	await database.exec(getAuthSchemaSql());
	await database.exec(PRELUDE_SQL);
}
