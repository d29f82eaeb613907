/** `npm run import` against a running server, as an office would use it. */
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emailOf, PASSWORD, seedSql, type Person } from '../fixtures/db-world.ts';
import { startEmbedded, type EmbeddedServer } from '../fixtures/embedded-server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FIXTURES = join(ROOT, 'tests/fixtures/import');

let server: EmbeddedServer;
let folder: string;

beforeAll(async () => {
	server = await startEmbedded();
	await server.exec(await seedSql());
});
afterAll(() => server.stop());

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'connect10-import-'));
	return () => rm(folder, { recursive: true });
});

interface Ended {
	readonly code: number;
	readonly text: string;
}

async function runImport(file: string, args: string[], password = PASSWORD): Promise<Ended> {
	await copyFile(join(FIXTURES, file), join(folder, file));
	const env = { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: '', CONNECT10_PASSWORD: password };
	const all = [join(ROOT, 'scripts/import.ts'), join(folder, file), '--url', server.url, ...args];
	return await new Promise((resolve) => {
		const child = execFile(process.execPath, all, { cwd: ROOT, env }, (_error, out, errors) => {
			resolve({ code: child.exitCode ?? -1, text: out + errors });
		});
	});
}

const as = (person: Person) => ['--email', emailOf(person)];

async function caseCount(): Promise<number> {
	const [row] = await server.sql<{ count: number }>('select count(*)::int from public.cases');
	return row?.count ?? 0;
}

test('a dry run reports row by row beside the file and imports nothing', async () => {
	const before = await caseCount();
	const { code, text } = await runImport('cases-big5.csv', ['--dry-run']);
	expect({ code, text }).toMatchObject({
		code: 1,
		text: expect.stringContaining('✗ Row 7 · 游測試')
	});
	expect(await readdir(folder)).toEqual(['cases-big5-import-report.csv', 'cases-big5.csv']);
	const report = await readFile(join(folder, 'cases-big5-import-report.csv'), 'utf8');
	expect(report).toContain('8,"Problem, not imported",張範本,,A200001019,same ID number as row 4.');
	expect(await caseCount()).toBe(before);
});

test('rows with problems keep the whole list out', async () => {
	const before = await caseCount();
	const { code, text } = await runImport('cases-big5.csv', as('supervisor'));
	expect(code).toBe(1);
	expect(text).toContain('nothing was imported');
	expect(await caseCount()).toBe(before);
});

test('a worker is told that they may not import, and a wrong password is refused', async () => {
	const worker = await runImport('cases-utf8.csv', as('worker'));
	expect(worker).toMatchObject({ code: 1, text: expect.stringContaining('may not import') });
	const wrong = await runImport('cases-utf8.csv', as('supervisor'), 'not the password');
	expect(wrong).toMatchObject({ code: 1, text: expect.stringContaining('password is wrong') });
});

test('a faultless list comes in; the same list again is refused as known', async () => {
	const before = await caseCount();
	const first = await runImport('cases-utf8.csv', as('supervisor'));
	expect(first).toMatchObject({ code: 0, text: expect.stringContaining('10 people imported') });
	expect(await caseCount()).toBe(before + 10);

	const again = await runImport('cases-utf8.csv', as('supervisor'));
	expect(again).toMatchObject({ code: 1, text: expect.stringContaining('there already') });
	expect(await caseCount()).toBe(before + 10);
	const report = await readFile(join(folder, 'cases-utf8-import-report.csv'), 'utf8');
	expect(report).toContain('2,"Problem, not imported",林測試');
});

test('leaving out on purpose brings in the rows without problems', async () => {
	const before = await caseCount();
	const { code } = await runImport('cases-big5.csv', [...as('manager'), '--leave-out']);
	expect(code).toBe(0);
	expect(await caseCount()).toBe(before + 4);
});
