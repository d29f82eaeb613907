/**
 * The data folder's life: whose it is (lock), whether its first start was finished (marker).
 *
 * Layout: `db/` PGlite's files, `keys.json`, `lock` while a server uses it, `ready` once the first
 * start, demo included, is complete.
 */
import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { acquireLock } from './folder-lock.ts';
import { StartupProblem, unwritable } from '#lib/server/startup-problem.ts';

export interface DataFolder {
	readonly path: string;
	/** True until `markReady` has run once in this folder's life. */
	readonly isNew: boolean;
	/** Where a half-written predecessor was put, if there was one. */
	readonly movedAside: string | null;
	markReady(): Promise<void>;
	/** Lets another server have the folder. @param now Where it is, should it have been moved. */
	release(now?: string): Promise<void>;
}

const OWN_FILES = /^(db|keys\.json.*|lock.*)$/;

/** @throws StartupProblem when the folder cannot be used, and says what to do about it. */
export async function openDataFolder(configured: string): Promise<DataFolder> {
	const path = resolve(configured);
	await makeWritable(path);
	await refuseForeign(path);
	let lock = await acquireLock(path);
	let movedAside: string | null = null;
	if (await isHalfWritten(path)) {
		movedAside = `${path}.incomplete-${timestamp()}`;
		await moveAside(path, movedAside);
		await lock.release(movedAside);
		await makeWritable(path);
		lock = await acquireLock(path);
	}
	return {
		path,
		isNew: !isReady(path),
		movedAside,
		markReady: () => writeFile(join(path, 'ready'), `${new Date().toISOString()}\n`),
		release: (now = path) => lock.release(now)
	};
}

async function makeWritable(path: string): Promise<void> {
	try {
		await makeFolder(path);
		await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
	} catch (error) {
		throw unwritable(path, error);
	}
}

/** Node's own recursive mkdir never ends below folders that refuse new names, such as /proc. */
async function makeFolder(path: string): Promise<void> {
	if (existsSync(path)) return;
	const parent = dirname(path);
	if (parent !== path) await makeFolder(parent);
	await mkdir(path, { mode: 0o700 });
}

/** A folder with other things in it is never moved aside and never written into. */
async function refuseForeign(path: string): Promise<void> {
	if (isReady(path)) return;
	const entries = await readdir(path);
	if (entries.every((entry) => OWN_FILES.test(entry))) return;
	throw new StartupProblem(
		`The data folder ${path} holds other files; set DATA_DIR to a folder that is empty or does not exist.`
	);
}

function isReady(path: string): boolean {
	return existsSync(join(path, 'ready'));
}

async function isHalfWritten(path: string): Promise<boolean> {
	if (isReady(path)) return false;
	const entries = await readdir(path);
	return entries.some((entry) => !entry.startsWith('lock'));
}

async function moveAside(path: string, target: string): Promise<void> {
	try {
		await rename(path, target);
	} catch (error) {
		throw new StartupProblem(
			`The data folder ${path} was left half-written by a first start that did not finish, and cannot be moved aside; empty it and start again.`,
			error
		);
	}
}

/** Fit for a file name: 20261122T015204Z. */
export function timestamp(): string {
	return new Date().toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
}
