/** Each client as one script, minified as the product is: what its page loads, and how large that is. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

export interface Bundle {
	readonly code: string;
	readonly gzipBytes: number;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The peers' packages are no part of the product: they are installed when this bench first runs. */
export function ensurePeersInstalled(): void {
	if (existsSync(here('./foreign/node_modules/.package-lock.json'))) return;
	console.error('Installing the peers’ packages (tests/bench/peers/foreign) …');
	const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
		cwd: here('./foreign'),
		stdio: ['ignore', 'ignore', 'inherit'],
		shell: process.platform === 'win32'
	});
	if (status !== 0) throw new Error('npm ci failed in tests/bench/peers/foreign.');
}

/** @param file of the client, relative to this folder */
export async function bundle(file: string): Promise<Bundle> {
	const built = await build({
		configFile: false,
		root: here('../../..'),
		logLevel: 'error',
		define: { 'process.env.NODE_ENV': '"production"' },
		build: {
			write: false,
			target: 'es2022',
			modulePreload: false,
			// What is loaded later counts too: everybody has to load it before the first sync.
			rolldownOptions: { input: here(file), output: { codeSplitting: false } }
		}
	});
	// Neither several outputs nor a watcher was asked for.
	const { output } = built as Rolldown.RolldownOutput;
	const { code } = output[0];
	return { code, gzipBytes: gzipSync(code, { level: 9 }).length };
}
