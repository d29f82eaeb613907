/** Copies the data folder away and back, while no server uses it. */
import { existsSync } from 'node:fs';
import { cp, rename } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { StartupProblem } from '#lib/server/startup-problem.ts';
import { openDataFolder, timestamp } from './data-folder.ts';
import { openDatabase } from './database.ts';

/** @throws StartupProblem when a server runs on the folder, or there is nothing in it, or `to` exists. */
export async function backUp(dataDir: string, to: string): Promise<void> {
	const target = resolve(to);
	if (existsSync(target))
		throw new StartupProblem(`${target} exists; name a folder that does not.`);
	if (!isComplete(dataDir)) throw new StartupProblem(`There is no complete data in ${dataDir}.`);
	const folder = await openDataFolder(dataDir);
	try {
		await copyData(folder.path, target);
	} finally {
		await folder.release();
	}
}

/**
 * Puts a backup in the place of the data folder, which is kept beside it, and begins a new epoch:
 * phones then fetch everything again, and send again what the backup had not yet received.
 *
 * @returns where the replaced folder is, or null when there was none.
 */
export async function restore(dataDir: string, from: string): Promise<string | null> {
	const source = resolve(from);
	if (!isComplete(source)) throw new StartupProblem(`There is no complete backup in ${source}.`);
	const path = resolve(dataDir);
	const replaced = existsSync(path) ? await putAside(path) : null;
	await copyData(source, path);
	const database = await openDatabase(join(path, 'db'));
	try {
		await database.sql('select private.new_epoch()');
	} finally {
		await database.close();
	}
	return replaced;
}

async function putAside(path: string): Promise<string> {
	const folder = await openDataFolder(path);
	const replaced = `${path}.replaced-${timestamp()}`;
	await rename(path, replaced);
	await folder.release(replaced);
	return replaced;
}

function isComplete(path: string): boolean {
	return existsSync(join(path, 'ready')) && existsSync(join(path, 'db'));
}

function copyData(from: string, to: string): Promise<void> {
	return cp(from, to, {
		recursive: true,
		filter: (entry) => !basename(entry).startsWith('lock')
	});
}
