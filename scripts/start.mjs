/** `npm start`: installs what is missing, builds what is stale, and serves. Runs on Node 20 with nothing installed. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './setup/build.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { rootDir, toolEnvironment } from './setup/paths.mjs';
import { runOrStop } from './setup/stop.mjs';

await runOrStop(async () => {
	const nodePath = ensureInstalled();
	ensureBuilt(nodePath);
	process.exitCode = await serve(nodePath);
});

/**
 * Serves until the server ends, and passes on the signals that end it.
 *
 * @param {string} nodePath
 * @returns {Promise<number>} the exit code of the server
 */
function serve(nodePath) {
	const server = spawn(nodePath, [join(rootDir, 'scripts', 'serve.mjs')], {
		cwd: rootDir,
		env: { ...toolEnvironment(), NODE_ENV: 'production' },
		stdio: 'inherit'
	});
	/** @type {NodeJS.Signals[]} */
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
	for (const signal of signals) process.on(signal, () => server.kill(signal));
	return new Promise((resolve, reject) => {
		server.on('error', reject);
		// A server ended by a signal was asked to end.
		server.on('exit', (code) => resolve(code ?? 0));
	});
}
