/** Starts the embedded backend of the running app: data folder, migrations, demo on a first start. */
import type { EmbeddedConfig } from '../config.ts';
import { DEMO_DOMAIN } from '../demo/demo-people.ts';
import { createAccount, hashPassword } from './accounts.ts';
import { openBackend, type EmbeddedBackend } from './backend.ts';
import { openDataFolder } from './data-folder.ts';
import type { Database, DatabaseSession } from './database.ts';
import type { Reporter } from './reporter.ts';

export interface ProductBackend extends EmbeddedBackend {
	startInfo(): Promise<StartInfo>;
}

/** What the console is told once the server answers. */
export interface StartInfo {
	dataDir: string;
	/** The demo's accounts are there. */
	demo: boolean;
	/** Nobody can sign in yet. */
	empty: boolean;
}

/** @throws StartupProblem when the operator has to act first. */
export async function startProduct(
	config: EmbeddedConfig,
	report: Reporter
): Promise<ProductBackend> {
	const folder = await openDataFolder(config.dataDir);
	try {
		if (folder.movedAside !== null) report.note(`${MOVED_ASIDE} ${folder.movedAside}`);
		const backend = await openBackend({
			dataDir: folder.path,
			migrationsDir: config.migrationsDir,
			onMigration: (done, total, name) => report.step('Database', done / total, name)
		});
		if (folder.isNew) {
			if (config.demo) await seed(backend.database, report);
			await folder.markReady();
		}
		return {
			...backend,
			startInfo: () => describe(backend.database, folder.path),
			async close() {
				await backend.close();
				await folder.release();
			}
		};
	} catch (error) {
		await folder.release();
		throw error;
	}
}

async function describe(database: Database, dataDir: string): Promise<StartInfo> {
	const [row] = await database.sql<{ demo: boolean; accounts: number }>(
		`select count(*)::int as accounts, coalesce(bool_or(email like '%@' || $1), false) as demo
		 from auth.users`,
		[DEMO_DOMAIN]
	);
	return { dataDir, demo: row?.demo ?? false, empty: row?.accounts === 0 };
}

const MOVED_ASIDE =
	'The data folder was left half-written by a first start that did not finish. Starting over; the remains are in';

/** All or nothing: a demo that breaks off leaves an empty database and no `ready` marker. */
async function seed(database: Database, report: Reporter): Promise<void> {
	const { seedDemo } = await import('#lib/server/demo/seed-demo.ts');
	await database.transaction((session) =>
		seedDemo({
			exec: (script) => session.exec(script),
			query: (text, params) => session.query(text, params),
			createUser: accountMaker(session),
			progress: (fraction, label) => report.step('Demo data', fraction, label),
			now: new Date(),
			scale: 1
		})
	);
}

interface Account {
	email: string;
	password: string;
	displayName: string;
}

/** Hashing is slow on purpose; the demo's accounts share one published password, hashed once. */
export function accountMaker(session: DatabaseSession): (account: Account) => Promise<string> {
	const hashes = new Map<string, string>();
	return async ({ email, password, displayName }) => {
		const passwordHash = hashes.get(password) ?? (await hashPassword(session, password));
		hashes.set(password, passwordHash);
		return createAccount(session, { email, displayName, passwordHash });
	};
}
