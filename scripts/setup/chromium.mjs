/** Finds a Chromium for the browser tests, or gets one. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { machineEnvironment, rootDir, toolEnvironment } from './paths.mjs';
import { Stop } from './stop.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * The Chromium to test with: CHROMIUM_PATH, else one on PATH, else Playwright's own.
 *
 * @returns {string | undefined} undefined if there is none
 */
export function findChromium() {
	const named = process.env['CHROMIUM_PATH'];
	if (named) {
		if (starts(named)) return named;
		throw new Stop(`CHROMIUM_PATH names ${named}, which does not start.`);
	}
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
	return [...candidates, playwrightChromium()].find((path) => existsSync(path) && starts(path));
}

/**
 * Finds a Chromium or installs one.
 *
 * @returns {string} its path
 */
export function ensureChromium() {
	const found = findChromium() ?? installWithPlaywright() ?? installWithApt();
	if (found !== undefined) return found;
	throw new Stop(
		'No Chromium was found and none could be installed. Install Chromium or Chrome yourself and put it on PATH, ' +
			'or name it in CHROMIUM_PATH.'
	);
}

function installWithPlaywright() {
	console.log('Getting a Chromium with Playwright …');
	const cli = join(rootDir, 'node_modules', 'playwright', 'cli.js');
	spawnSync(process.execPath, [cli, 'install', 'chromium'], {
		cwd: rootDir,
		env: toolEnvironment(),
		stdio: 'inherit',
		timeout: 10 * 60_000
	});
	return findChromium();
}

function installWithApt() {
	const isRoot = process.getuid?.() === 0;
	if (!isRoot || !existsSync('/etc/debian_version')) return undefined;
	console.log('Getting a Chromium with apt …');
	const env = { ...machineEnvironment(), DEBIAN_FRONTEND: 'noninteractive' };
	spawnSync('apt-get', ['update', '-q'], { env, stdio: 'inherit' });
	spawnSync('apt-get', ['install', '-y', '-q', 'chromium', 'fonts-noto-cjk'], {
		env,
		stdio: 'inherit'
	});
	return findChromium();
}

function playwrightChromium() {
	const require = createRequire(join(rootDir, 'package.json'));
	/** @type {{ chromium: { executablePath(): string } }} */
	const { chromium } = require('playwright-core');
	return chromium.executablePath();
}

/** A binary that lacks a system library exists but does not start. @param {string} path */
function starts(path) {
	return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}
