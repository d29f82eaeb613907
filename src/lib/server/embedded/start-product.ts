/** Starts the embedded backend of the running app: data folder, migrations, demo on a first start. */
import type { EmbeddedConfig } from '#lib/server/config.ts';
import { DEMO_DOMAIN } from '#lib/server/demo/demo-people.ts';
import { openBackend, type EmbeddedBackend } from './backend.ts';
import { openDataFolder } from './data-folder.ts';
import type { Database } from './database.ts';
import type { Reporter } from './reporter.ts';

export interface ProductBackend extends EmbeddedBackend {
	readonly info: StartInfo;
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
	if (folder.movedAside !== null) report.note(`${MOVED_ASIDE} ${folder.movedAside}`);
	let backend: EmbeddedBackend | undefined;
	const close = async () => {
		await backend?.close();
		await folder.release();
	};
	try {
		backend = await openBackend({
			dataDir: folder.path,
			migrationsDir: config.migrationsDir,
			onMigration: (done, total, name) => report.step('Database', done / total, name)
		});
		if (folder.isNew) {
			if (config.demo) await seed(backend.database, report);
			await folder.markReady();
		}
		return { ...backend, close, info: await describe(backend.database, folder.path) };
	} catch (error) {
		await close();
		throw error;
	}
}

async function seed(database: Database, report: Reporter): Promise<void> {
	// Imported on a first start only.
	const { seedDatabase } = await import('./seed-database.ts');
	await seedDatabase(database, {
		now: new Date(),
		scale: 1,
		progress: (fraction, label) => report.step('Demo data', fraction, label)
	});
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
