import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from '#lib/server/embedded/data-folder.ts';
import { loadOrCreateKeys } from '#lib/server/embedded/keys.ts';

let parent: string;
let folder: string;

beforeEach(async () => {
	parent = await mkdtemp(join(tmpdir(), 'connect10-folder-'));
	folder = join(parent, 'data');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const put = (name: string, text = '') => writeFile(join(folder, name), text);

describe('a new data folder', () => {
	it('is made for this user alone, and is new until it is marked ready', async () => {
		const first = await openDataFolder(folder);
		expect((await stat(folder)).mode & 0o777).toBe(0o700);
		expect(first.isNew).toBe(true);
		await first.markReady();
		await first.release();
		const second = await openDataFolder(folder);
		expect(second.isNew).toBe(false);
		expect(second.movedAside).toBeNull();
	});

	it('may lie below folders that do not exist yet', async () => {
		const deep = await openDataFolder(join(folder, 'a', 'b'));
		expect(deep.isNew).toBe(true);
	});

	it('is refused where nothing can be written, saying how to help', async () => {
		await writeFile(folder, 'a file in the way');
		await expect(openDataFolder(join(folder, 'data'))).rejects.toThrow(
			/cannot be written \(ENOTDIR\).*set DATA_DIR/
		);
	});

	it('is refused below a folder that takes no new names', async () => {
		await expect(openDataFolder('/proc/connect10')).rejects.toThrow(/cannot be written/);
	});
});

describe('a folder that is not ours', () => {
	it('is neither written to nor moved aside', async () => {
		await mkdir(folder);
		await put('holiday.jpg');
		await put('db');
		await expect(openDataFolder(folder)).rejects.toThrow(/holds other files; set DATA_DIR/);
		expect(await readdir(folder)).toEqual(['db', 'holiday.jpg']);
	});
});

describe('a half-written folder', () => {
	it('is moved aside whole, and a new one takes its place', async () => {
		await mkdir(join(folder, 'db'), { recursive: true });
		await put('db/PG_VERSION', '17');
		await put('keys.json', '{}');
		const opened = await openDataFolder(folder);
		expect(opened.isNew).toBe(true);
		expect(opened.movedAside).toMatch(/data\.incomplete-\d{8}T\d{6}Z$/);
		expect((await readdir(opened.movedAside ?? '')).sort()).toEqual(['db', 'keys.json']);
		expect(await readdir(folder)).toEqual(['lock']);
	});

	it('is not what a ready folder is, whatever else lies in it', async () => {
		await mkdir(folder);
		await put('ready');
		await put('notes.txt');
		const opened = await openDataFolder(folder);
		expect(opened.movedAside).toBeNull();
		expect(opened.isNew).toBe(false);
	});
});

describe('the lock', () => {
	it('keeps a second server out, naming the process that holds it', async () => {
		const first = await openDataFolder(folder);
		await expect(openDataFolder(folder)).rejects.toThrow(
			new RegExp(`running server \\(process ${process.pid}\\); stop that one`)
		);
		await first.release();
		await expect(openDataFolder(folder)).resolves.toBeTruthy();
	});

	it('is taken over from a server that was killed', async () => {
		const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
		await once(child, 'spawn');
		await mkdir(folder);
		await put('lock', JSON.stringify({ pid: child.pid, startedAt: null }));
		await expect(openDataFolder(folder)).rejects.toThrow(/running server/);
		child.kill('SIGKILL');
		await once(child, 'exit');
		await expect(openDataFolder(folder)).resolves.toBeTruthy();
	});

	it('is taken over when its process id now belongs to another process', async () => {
		await mkdir(folder);
		await put('lock', JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
		await expect(openDataFolder(folder)).resolves.toBeTruthy();
	});

	it('is taken over when a crash left it unreadable', async () => {
		await mkdir(folder);
		await put('lock', '{"pi');
		await expect(openDataFolder(folder)).resolves.toBeTruthy();
		expect(await readdir(folder)).toEqual(['lock']);
	});

	it('is given to one only of several that start at once on a stale lock', async () => {
		await mkdir(folder);
		await put('lock', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: null }));
		const starts = await Promise.allSettled(
			Array.from({ length: 8 }, () => openDataFolder(folder))
		);
		expect(starts.filter((start) => start.status === 'fulfilled')).toHaveLength(1);
	});
});

describe('the keys', () => {
	it('are made once, for this user alone', async () => {
		await mkdir(folder);
		const keys = await loadOrCreateKeys(folder);
		expect((await stat(join(folder, 'keys.json'))).mode & 0o777).toBe(0o600);
		expect(await loadOrCreateKeys(folder)).toEqual(keys);
		expect(keys.publishableKey).toMatch(/^sb_publishable_/);
		expect(keys.secretKey).toMatch(/^sb_secret_/);
		expect(keys.jwtSecret.length).toBeGreaterThanOrEqual(64);
	});

	it('are not made anew over a file that is damaged', async () => {
		await mkdir(folder);
		await put('keys.json', '{"publishableKey":"x"}');
		await expect(loadOrCreateKeys(folder)).rejects.toThrow(/three keys/);
		expect(await readFile(join(folder, 'keys.json'), 'utf8')).toContain('"x"');
		expect(existsSync(join(folder, 'keys.json.tmp'))).toBe(false);
	});
});
