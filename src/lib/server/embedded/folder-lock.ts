/** One server at a time in a data folder: PGlite itself does not see a second process. */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StartupProblem, unwritable } from '#lib/server/startup-problem.ts';

export interface FolderLock {
	/** @param folder Where the lock is now, should the folder have been moved. */
	release(folder: string): Promise<void>;
}

interface Owner {
	pid: number;
	/** When that process began, in the system's own count; null where the system does not tell. */
	startedAt: string | null;
}

/** @throws StartupProblem when a running server holds the folder. A dead server's lock is taken over. */
export async function acquireLock(folder: string): Promise<FolderLock> {
	const path = join(folder, 'lock');
	const self: Owner = { pid: process.pid, startedAt: startOf(process.pid) };
	const text = JSON.stringify(self);
	if (!(await tryWrite(path, text, folder))) {
		await removeStale(path, folder);
		if (!(await tryWrite(path, text, folder))) throw inUse(folder, await readOwner(path));
	}
	return { release: (where) => rm(join(where, 'lock'), { force: true }) };
}

async function tryWrite(path: string, text: string, folder: string): Promise<boolean> {
	try {
		await writeFile(path, text, { flag: 'wx', mode: 0o600 });
		return true;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
		throw unwritable(folder, error);
	}
}

async function removeStale(path: string, folder: string): Promise<void> {
	const owner = await readOwner(path);
	if (owner !== null && isRunning(owner)) throw inUse(folder, owner);
	// Renamed first: if another starter was quicker, what is renamed is its fresh lock, not the old.
	const taken = `${path}.${randomUUID()}`;
	await rename(path, taken).catch(() => {});
	const taker = await readOwner(taken);
	if (taker !== null && isRunning(taker)) {
		await rename(taken, path);
		throw inUse(folder, taker);
	}
	rmSync(taken, { force: true });
}

async function readOwner(path: string): Promise<Owner | null> {
	const text = await readFile(path, 'utf8').catch(() => null);
	if (text === null) return null;
	const owner = parseOwner(text);
	if (owner !== null) return owner;
	// Created and not yet written, for the blink between the two; or cut off by a crash.
	await delay(200);
	return parseOwner(await readFile(path, 'utf8').catch(() => ''));
}

function parseOwner(text: string): Owner | null {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null) return null;
		if (!('pid' in value) || typeof value.pid !== 'number') return null;
		const startedAt = 'startedAt' in value && typeof value.startedAt === 'string';
		return { pid: value.pid, startedAt: startedAt ? String(value.startedAt) : null };
	} catch {
		return null;
	}
}

/** A process id alone may have been given to another process since, in containers nearly always. */
function isRunning(owner: Owner): boolean {
	if (owner.startedAt !== null) return startOf(owner.pid) === owner.startedAt;
	try {
		process.kill(owner.pid, 0);
		return owner.pid !== process.pid;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/** Linux: field 22 of /proc/<pid>/stat, counted after the name, which may hold spaces. */
function startOf(pid: number): string | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
	} catch {
		return null;
	}
}

function inUse(folder: string, owner: Owner | null): StartupProblem {
	const who = owner === null ? 'another server' : `a running server (process ${owner.pid})`;
	return new StartupProblem(
		`The data folder ${folder} is used by ${who}; stop that one, or set DATA_DIR to another folder.`
	);
}
