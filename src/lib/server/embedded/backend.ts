/** The embedded Supabase of one process: database, keys, API and Realtime put together. */
import { join } from 'node:path';
import { createApi, type Api } from './api.ts';
import { applyPrelude, openDatabase, type Database } from './database.ts';
import { loadOrCreateKeys, type InstanceKeys } from './keys.ts';
import { applyMigrations, readMigrations, type MigrationProgress } from './migrations.ts';
import { openRealtime, type RealtimeServer } from './realtime/realtime-server.ts';
import { StartupProblem } from '#lib/server/startup-problem.ts';
import type { ThrottleLimits } from './throttle.ts';

export interface BackendOptions {
	/** Holds `db/` and `keys.json`; has to exist. */
	dataDir: string;
	migrationsDir: string;
	onMigration?: MigrationProgress;
	limits?: Partial<ThrottleLimits>;
	realtime?: RealtimeTiming;
}

/** See `RealtimeOptions`. */
export interface RealtimeTiming {
	recheckEveryMs?: number;
	sweepEveryMs?: number;
}

export interface EmbeddedBackend {
	readonly keys: InstanceKeys;
	readonly database: Database;
	handle: Api['handle'];
	handleUpgrade: RealtimeServer['handleUpgrade'];
	/** Waits for what is running, then closes the database. */
	close(): Promise<void>;
}

export async function openBackend(options: BackendOptions): Promise<EmbeddedBackend> {
	const migrations = await readMigrations(options.migrationsDir);
	const keys = await loadOrCreateKeys(options.dataDir);
	const database = await openOrExplain(join(options.dataDir, 'db'));
	try {
		await applyPrelude(database);
		await applyMigrations(database, migrations, options.onMigration);
	} catch (error) {
		await database.close();
		throw error;
	}
	const api = createApi({ database, keys, limits: options.limits });
	const realtime = await openRealtime({ database, keys, ...options.realtime });
	return {
		keys,
		database,
		handle: (request, address) => api.handle(request, address),
		handleUpgrade: (request, socket, head) => realtime.handleUpgrade(request, socket, head),
		async close() {
			await realtime.close();
			await database.close();
		}
	};
}

async function openOrExplain(folder: string): Promise<Database> {
	try {
		return await openDatabase(folder);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new StartupProblem(
			`The database in ${folder} does not open (${reason}); put a backup in its place, or move the data folder away to start anew.`,
			error
		);
	}
}
