/** Builds the product when its sources are newer than the build, told by a hash and not by file times. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir, toolEnvironment } from './paths.mjs';
import { Stop } from './stop.mjs';

const inputs = [
	'src',
	'static',
	'messages',
	'project.inlang/settings.json',
	'scripts/paraglide-options.ts',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json',
	'package.json',
	'package-lock.json'
];
const generated = join('src', 'lib', 'paraglide');

// Inside build/, which a new build empties first: a build that breaks off leaves no stamp behind.
const stampFile = join(rootDir, 'build', '.inputs.sha256');

/**
 * Leaves a build of the present sources in build/.
 *
 * @param {string} nodePath the Node to build with
 */
export function ensureBuilt(nodePath) {
	const wanted = hashInputs();
	if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;

	console.log('Building …');
	const vite = join(rootDir, 'node_modules', 'vite', 'bin', 'vite.js');
	const { status, stdout, stderr } = spawnSync(nodePath, [vite, 'build'], {
		cwd: rootDir,
		env: { ...toolEnvironment(), NODE_ENV: 'production' },
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024
	});
	// A page of bundler notes says nothing to somebody who only wants to start; a failure needs all of it.
	if (status !== 0) {
		console.error(`${stdout}\n${stderr}`);
		throw new Stop(`The build failed (exit code ${status}). The reason is above.`);
	}
	writeFileSync(stampFile, wanted);
}

function hashInputs() {
	const hash = createHash('sha256');
	for (const path of inputs.flatMap((input) => filesUnder(input))) {
		hash
			.update(`${path}\0`)
			.update(readFileSync(join(rootDir, path)))
			.update('\0');
	}
	return hash.digest('hex');
}

/**
 * @param {string} path relative to the root
 * @returns {string[]}
 */
function filesUnder(path) {
	const absolute = join(rootDir, path);
	if (path === generated || !existsSync(absolute)) return [];
	if (!statSync(absolute).isDirectory()) return [path];
	return readdirSync(absolute)
		.sort()
		.flatMap((name) => filesUnder(join(path, name)));
}
