/** The built app, served on a demo of some size, in a browser process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
	chromium,
	devices,
	type BrowserContext,
	type BrowserContextOptions,
	type Page
} from '@playwright/test';
import { ensureBuilt } from '../../scripts/setup/build.mjs';
import { findChromium } from '../../scripts/setup/chromium.mjs';
import { freePort } from '../fixtures/postgres-cluster.ts';
import { startDemo, type Scale } from './demo-server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The build on the demo of this size, whose data a bench backend has made before. */
export async function serveDemo(
	port: number,
	dataDir: string,
	scale: Scale
): Promise<ChildProcess> {
	await (await startDemo(scale, dataDir)).stop();
	const server = spawn(process.execPath, [join(ROOT, 'scripts/serve.mjs')], {
		cwd: ROOT,
		env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, NODE_ENV: 'production' },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	// It says its address when it serves.
	await new Promise<void>((resolve, reject) => {
		let said = '';
		server.stdout?.on('data', (chunk: Buffer) => {
			said += chunk.toString();
			if (said.includes(`localhost:${port}`)) resolve();
		});
		server.once('exit', (code) => reject(new Error(`The server ended with ${String(code)}.`)));
	});
	return server;
}

export interface ServedDemo {
	readonly baseURL: string;
	/** A folder for the profile of one phone. */
	readonly profile: string;
}

/** Works on the build, served on the demo of this size; server and folders are gone afterwards. */
export async function onDemo<Result>(
	scale: Scale,
	work: (demo: ServedDemo) => Promise<Result>
): Promise<Result> {
	ensureBuilt(process.execPath);
	const aFolder = () => mkdtemp(join(tmpdir(), 'connect10-bench-'));
	const [profile, dataDir, port] = [await aFolder(), await aFolder(), await freePort()];
	const app = await serveDemo(port, dataDir, scale);
	try {
		return await work({ baseURL: `http://localhost:${port}/`, profile });
	} finally {
		app.kill('SIGTERM');
		await once(app, 'exit');
		for (const dir of [profile, dataDir])
			await rm(dir, { recursive: true, force: true, maxRetries: 3 });
	}
}

const PHONE: BrowserContextOptions = {
	...devices['Pixel 7'],
	viewport: { width: 390, height: 844 }
};
/** The screen of an office, with a mouse. */
export const DESK: BrowserContextOptions = {
	...devices['Desktop Chrome'],
	viewport: { width: 1280, height: 800 }
};

/** A browser process of its own on the phone's profile: nothing is warm but what the phone has stored. */
export async function inBrowser<Result>(
	profile: string,
	baseURL: string,
	work: (page: Page) => Promise<Result>,
	device: BrowserContextOptions = PHONE
): Promise<Result> {
	const executablePath = findChromium();
	const context: BrowserContext = await chromium.launchPersistentContext(profile, {
		...device,
		baseURL,
		locale: 'zh-TW',
		timezoneId: 'Asia/Taipei',
		args: ['--no-sandbox', '--disable-background-networking', '--disable-quic'],
		...(executablePath === undefined ? {} : { executablePath })
	});
	try {
		return await work(await context.newPage());
	} finally {
		await context.close();
	}
}
