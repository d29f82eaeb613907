/** `scripts/serve.mjs` as an operator meets it: the build, its messages, its end. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createClient } from '@supabase/supabase-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/setup/build.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PORT = 4150;
const ADDRESS = `http://localhost:${PORT}`;

let folder: string;
const servers: Served[] = [];

beforeAll(async () => {
	ensureBuilt(process.execPath);
	folder = await mkdtemp(join(tmpdir(), 'connect10-serve-'));
});
afterEach(async () => {
	for (const server of servers.splice(0)) {
		server.process.kill('SIGKILL');
		await server.exited;
	}
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Served {
	process: ChildProcessByStdio<null, Readable, Readable>;
	/** Everything it has printed. */
	output(): string;
	exited: Promise<unknown[]>;
	/** Resolves when its output contains `text`. */
	says(text: string): Promise<void>;
}

function serve(env: Record<string, string>): Served {
	const child = spawn(process.execPath, ['scripts/serve.mjs'], {
		cwd: ROOT,
		env: { PATH: process.env['PATH'], PORT: String(PORT), CONNECT10_DEMO: 'off', ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let text = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
	}
	const exited = once(child, 'exit');
	const served: Served = {
		process: child,
		output: () => text,
		exited,
		async says(wanted) {
			while (!text.includes(wanted)) {
				const ended = await Promise.race([exited, once(child.stdout, 'data').then(() => null)]);
				if (ended !== null && !text.includes(wanted)) throw new Error(`It ended with: ${text}`);
			}
		}
	};
	servers.push(served);
	return served;
}

/** One sentence that says what to do, exit code 1, no stack. */
async function refusal(served: Served): Promise<string> {
	const [code] = await served.exited;
	expect(code).toBe(1);
	expect(served.output()).not.toMatch(/\n\s+at /);
	return served.output().trim();
}

describe('a start that cannot succeed', () => {
	it('names the busy port and how to take another', async () => {
		const other = createServer().listen(PORT, '127.0.0.1');
		await once(other, 'listening');
		const message = await refusal(serve({ DATA_DIR: join(folder, 'busy') }));
		expect(message).toContain(`Port ${PORT} is in use`);
		expect(message).toContain(`PORT=${PORT + 1} npm start`);
		expect(await readdir(folder)).not.toContain('busy');
		other.close();
		await once(other, 'close');
	});

	it('names the folder that cannot be written', async () => {
		await writeFile(join(folder, 'file'), '');
		const message = await refusal(serve({ DATA_DIR: join(folder, 'file', 'data') }));
		expect(message).toMatch(/The data folder .*file\/data cannot be written/);
	});

	it('names a database that does not open, and leaves it as it is', async () => {
		const dataDir = join(folder, 'broken');
		await mkdir(join(dataDir, 'db'), { recursive: true });
		await writeFile(join(dataDir, 'db', 'PG_VERSION'), 'not a version');
		await writeFile(join(dataDir, 'ready'), '');
		const message = await refusal(serve({ DATA_DIR: dataDir }));
		expect(message).toMatch(/The database in .* does not open .* put a backup in its place/);
		expect(await readdir(dataDir)).toEqual(expect.arrayContaining(['db', 'ready']));
	});

	it('names the Supabase variable that is missing', async () => {
		const message = await refusal(serve({ PUBLIC_SUPABASE_URL: 'https://abcd.supabase.co' }));
		expect(message).toContain('PUBLIC_SUPABASE_PUBLISHABLE_KEY');
	});
});

describe('the embedded backend', () => {
	it('serves app, config, API and Realtime on one port, and gives the folder back at the end', async () => {
		const dataDir = join(folder, 'data');
		const server = serve({ DATA_DIR: dataDir });
		await server.says(ADDRESS);
		expect(server.output()).toContain('npm run admin -- create-org');

		const page = await fetch(ADDRESS);
		expect(page.status).toBe(200);
		expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'");
		expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
		expect(page.headers.get('x-content-type-options')).toBe('nosniff');
		expect(page.headers.get('referrer-policy')).toBe('no-referrer');
		expect(page.headers.get('permissions-policy')).toContain('microphone=(self)');
		const worker = await fetch(`${ADDRESS}/service-worker.js`);
		expect(worker.headers.get('cache-control')).toBe('no-cache');
		const config = await (await fetch(`${ADDRESS}/config.json`)).json();
		expect(config).toMatchObject({ supabaseUrl: ADDRESS });

		const phone = createClient(config.supabaseUrl, config.publishableKey, {
			auth: { persistSession: false, autoRefreshToken: false }
		});
		const { error } = await phone.auth.signUp({
			email: 'a@example.org',
			password: 'connect10-test'
		});
		expect(error).toBeNull();
		const status = await new Promise((resolve) => {
			phone.channel('bucket:1', { config: { private: true } }).subscribe(resolve);
		});
		expect(status).toBe('CHANNEL_ERROR');

		const second = serve({ DATA_DIR: dataDir, PORT: String(PORT + 1) });
		expect(await refusal(second)).toContain(`running server (process ${server.process.pid})`);

		server.process.kill('SIGTERM');
		expect(await server.exited).toEqual([0, null]);
		expect((await readdir(dataDir)).sort()).toEqual(['db', 'keys.json', 'ready']);
		await phone.removeAllChannels();
	});

	it('starts over after a first start that was killed, and says so', async () => {
		const dataDir = join(folder, 'killed');
		const first = serve({ DATA_DIR: dataDir });
		await first.says('Database');
		first.process.kill('SIGKILL');
		await first.exited;
		expect(await readdir(dataDir)).not.toContain('ready');

		const second = serve({ DATA_DIR: dataDir });
		await second.says(ADDRESS);
		expect(second.output()).toMatch(/half-written.*killed\.incomplete-\d{8}T\d{6}Z/);
	});
});

it('opens no database when the app has a Supabase of its own', async () => {
	const dataDir = join(folder, 'unused');
	const server = serve({
		DATA_DIR: dataDir,
		PUBLIC_SUPABASE_URL: 'https://abcd.supabase.co/',
		PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x'
	});
	await server.says(ADDRESS);
	const config = await fetch(`${ADDRESS}/config.json`);
	expect(config.headers.get('cache-control')).toBe('no-store');
	expect(await config.json()).toMatchObject({
		supabaseUrl: 'https://abcd.supabase.co',
		publishableKey: 'sb_publishable_x'
	});
	const page = await fetch(ADDRESS);
	expect(page.headers.get('content-security-policy')).toContain(
		"connect-src 'self' https://abcd.supabase.co wss://abcd.supabase.co"
	);
	expect((await fetch(`${ADDRESS}/rest/v1/cases`)).status).toBe(404);
	expect(await readdir(folder)).not.toContain('unused');
});
