/** The servers of the bench, filled with the same rows for every client: PostgREST on Postgres, and a CouchDB-like one for PouchDB. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startPostgrest, type PostgrestServer } from '../../fixtures/postgrest-server.ts';
import { WORK_TABLES, type ShownRow, type WorkRows, type WorkTable } from './contract.ts';
import { Work, type Nurse } from './work.ts';

/** Where each client's rows are. */
export type Home = 'public' | 'rx' | 'naive' | 'couch';
export type SqlHome = Exclude<Home, 'couch'>;

export interface SignedIn extends Nurse {
	readonly token: string;
}

export interface Size {
	readonly cases: number;
	readonly rows: number;
	readonly seed: number;
}

export class Servers {
	readonly postgrest: PostgrestServer;
	readonly couchUrl: string;
	readonly orgId: string;
	readonly nurses: readonly [SignedIn, SignedIn];
	readonly work: Work;
	readonly #couch: ChildProcess;

	private constructor(
		parts: Pick<Servers, 'postgrest' | 'couchUrl' | 'orgId' | 'nurses' | 'work'>,
		couch: ChildProcess
	) {
		this.postgrest = parts.postgrest;
		this.couchUrl = parts.couchUrl;
		this.orgId = parts.orgId;
		this.nurses = parts.nurses;
		this.work = parts.work;
		this.#couch = couch;
	}

	static async start({ cases, rows, seed }: Size): Promise<Servers> {
		const afterwards = await readFile(new URL('./peer-tables.sql', import.meta.url), 'utf8');
		const postgrest = await startPostgrest({ afterwards });
		const couch = fork(fileURLToPath(new URL('./foreign/couch-server.ts', import.meta.url)), [], {
			execArgv: []
		});
		const [port] = (await once(couch, 'message')) as [number];
		const orgId = crypto.randomUUID();
		await postgrest.sql(
			`insert into public.organizations (id, name, kind) values ($1, '山城長照', 'B')`,
			[orgId]
		);
		const nurses = [
			await aNurse(postgrest, orgId, '護理師甲'),
			await aNurse(postgrest, orgId, '護理師乙')
		] as const;
		const work = new Work(nurses[0], { seed, cases, rows, nowMs: Date.now() });
		const couchUrl = `http://127.0.0.1:${port}`;
		const servers = new Servers({ postgrest, couchUrl, orgId, nurses, work }, couch);
		await servers.#fill();
		return servers;
	}

	async stop(): Promise<void> {
		this.#couch.disconnect();
		await this.postgrest.stop();
	}

	/** Rows as the server holds them now. */
	async rowsOf(home: Home, table: WorkTable): Promise<readonly ShownRow[]> {
		if (home !== 'couch') return await this.postgrest.sql(`select * from ${tableOf(home, table)}`);
		const documents = await this.#askCouch('GET', '_all_docs?include_docs=true');
		// The shape of _all_docs, as CouchDB documents it.
		const { rows } = documents as { rows: { id: string; doc: ShownRow }[] };
		return rows.filter(({ id }) => id.includes(`:${table}:`)).map(({ doc }) => doc);
	}

	async putIntoCouch(rows: WorkRows): Promise<void> {
		const docs = WORK_TABLES.flatMap((table) =>
			rows[table].map((row) => ({ _id: `${row.case_id}:${table}:${row.id}`, ...row }))
		);
		await this.#askCouch('POST', '_bulk_docs', { docs });
	}

	async #fill(): Promise<void> {
		const { postgrest, work, orgId, nurses } = this;
		for (const [index, caseId] of work.caseIds.entries()) {
			await postgrest.sql(`insert into public.cases (id, org_id, name) values ($1, $2, $3)`, [
				caseId,
				orgId,
				`長者${index + 1}`
			]);
			for (const nurse of nurses) await joinCircle(postgrest, caseId, nurse);
		}
		for (const home of ['public', 'rx', 'naive'] as const)
			for (const table of WORK_TABLES)
				await postgrest.sql(insertInto(home, table, 'long_ago'), [
					JSON.stringify(work.rows[table])
				]);
		await this.putIntoCouch(work.rows);
		await postgrest.exec('vacuum analyze');
	}

	async #askCouch(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(`${this.couchUrl}/couch/work/${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) })
		});
		if (!response.ok) throw new Error(`The CouchDB-like server said ${response.status}`);
		return await response.json();
	}
}

/**
 * A statement that inserts the rows of its first parameter, a JSON array.
 * @param written long_ago: each at a time of its own, as after months of work
 */
export function insertInto(home: SqlHome, table: WorkTable, written: 'long_ago' | 'now'): string {
	const aged = written === 'long_ago';
	const changed = aged ? { public: '', rx: ', _modified', naive: ', updated_at' }[home] : '';
	const when = changed && `, now() - make_interval(secs => random() * 86400 * 60)`;
	const columns = COLUMNS[table];
	return `insert into ${tableOf(home, table)} (${columns}${changed})
		select ${columns}${when} from jsonb_populate_recordset(null::${tableOf(home, table)}, $1::jsonb)`;
}

function tableOf(home: SqlHome, table: WorkTable): string {
	return home === 'public' ? `public.${table}` : `public.${home}_${table}`;
}

export const COLUMNS: Readonly<Record<WorkTable, string>> = {
	visits: 'id, case_id, worker_id, worker_name, starts_at, ends_at, status, note',
	measurements: 'id, case_id, kind, value, value2, measured_at, note, author_name, recorded_at',
	messages: 'id, case_id, body, author_name, audience, recorded_at'
};

export async function joinCircle(
	postgrest: PostgrestServer,
	caseId: string,
	{ userId, displayName }: Nurse
): Promise<void> {
	await postgrest.sql(
		`insert into public.case_members (id, case_id, user_id, role, display_name) values ($1, $2, $3, 'nurse', $4)`,
		[crypto.randomUUID(), caseId, userId, displayName]
	);
}

async function aNurse(
	postgrest: PostgrestServer,
	orgId: string,
	displayName: string
): Promise<SignedIn> {
	const userId = await postgrest.createUser();
	await postgrest.sql('insert into public.profiles (id, display_name) values ($1, $2)', [
		userId,
		displayName
	]);
	await postgrest.sql(
		`insert into public.memberships (id, org_id, user_id, role, display_name) values ($1, $2, $3, 'nurse', $4)`,
		[crypto.randomUUID(), orgId, userId, displayName]
	);
	const token = postgrest.tokenFor(userId, await postgrest.createSession(userId));
	return { userId, displayName, token };
}
