/** Applies `supabase/migrations/*.sql` in order, with the history table of the Supabase CLI. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from './database.ts';
import { StartupProblem } from '#lib/server/startup-problem.ts';

export interface Migration {
	/** The 14 digits (UTC time) that the file's name starts with. */
	version: string;
	name: string;
	sql: string;
}

export type MigrationProgress = (done: number, total: number, name: string) => void;

const FILE_NAME = /^(\d{14})_(.+)\.sql$/;

const HISTORY_SQL = `
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
	version text primary key,
	statements text[],
	name text
);`;

export async function readMigrations(directory: string): Promise<Migration[]> {
	const files = await readdir(directory).catch((error: unknown) => {
		throw new StartupProblem(
			`The migrations are not at ${directory}; start the app from its own folder.`,
			error
		);
	});
	const named = files.flatMap((file) => {
		const match = FILE_NAME.exec(file);
		return match?.[1] && match[2] ? [{ file, version: match[1], name: match[2] }] : [];
	});
	named.sort((a, b) => (a.version < b.version ? -1 : 1));
	return Promise.all(
		named.map(async ({ file, version, name }) => ({
			version,
			name,
			sql: await readFile(join(directory, file), 'utf8')
		}))
	);
}

/** Changes whenever a migration or one of `parts` changes. */
export function migrationsHash(migrations: Migration[], ...parts: string[]): string {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(part).update('\0');
	for (const { version, sql } of migrations) hash.update(version).update('\0').update(sql);
	return hash.digest('hex').slice(0, 24);
}

/** Applies what is pending, each file in its own transaction. Returns how many it applied. */
export async function applyMigrations(
	database: Database,
	migrations: Migration[],
	onProgress: MigrationProgress = () => {}
): Promise<number> {
	await database.exec(HISTORY_SQL);
	const rows = await database.sql<{ version: string }>(
		'select version from supabase_migrations.schema_migrations'
	);
	const applied = new Set(rows.map((row) => row.version));
	const known = new Set(migrations.map((migration) => migration.version));
	const unknown = [...applied].find((version) => !known.has(version));
	if (unknown !== undefined) {
		throw new StartupProblem(
			`The data was written by a newer version (it has migration ${unknown}, which this version has not); update the app, or set DATA_DIR to another folder.`
		);
	}
	const pending = migrations.filter((migration) => !applied.has(migration.version));
	for (const [index, migration] of pending.entries()) {
		await applyOne(database, migration);
		onProgress(index + 1, pending.length, migration.name);
	}
	return pending.length;
}

async function applyOne(database: Database, migration: Migration): Promise<void> {
	try {
		await database.transaction(async (session) => {
			await session.exec(migration.sql);
			await session.query(
				`insert into supabase_migrations.schema_migrations (version, name, statements)
				 values ($1, $2, array[$3])`,
				[migration.version, migration.name, migration.sql]
			);
		});
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new StartupProblem(
			`Migration ${migration.version}_${migration.name} failed (${reason}); nothing of it was kept, so correct the file and start again.`,
			error
		);
	}
}
