/**
 * `npm test [-- stage…]`: installs what is missing and runs the checks of scripts/testing/stages.ts.
 * Runs on Node 20 with nothing installed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './setup/install.mjs';
import { rootDir, toolEnvironment } from './setup/paths.mjs';
import { runOrStop } from './setup/stop.mjs';

await runOrStop(async () => {
	const runner = spawn(
		ensureInstalled(),
		[join(rootDir, 'scripts', 'testing', 'run.ts'), ...process.argv.slice(2)],
		{ cwd: rootDir, env: toolEnvironment(), stdio: 'inherit' }
	);
	/** @type {NodeJS.Signals[]} */
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
	for (const signal of signals) process.on(signal, () => runner.kill(signal));
	process.exitCode = await new Promise((resolve, reject) => {
		runner.on('error', reject);
		runner.on('exit', (code) => resolve(code ?? 1));
	});
});
