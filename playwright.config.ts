/** Browser tests against the built product with the embedded backend and its demo data, in a data folder of their own. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/setup/chromium.mjs';
import { makePushIdentity, TICK_SECRET, type PushIdentity } from './tests/fixtures/push-service.ts';

const port = Number(process.env['E2E_PORT'] ?? 4331);
const baseURL = `http://localhost:${port}`;

// Every worker reads this file again: the folder is made once and handed on by the environment.
process.env['E2E_DATA_DIR'] ??= mkdtempSync(join(tmpdir(), 'connect10-e2e-'));
process.env['CHROMIUM_PATH'] ??= findChromium() ?? '';
// The server trusts it from its start; the test that plays the push service runs it later.
process.env['E2E_PUSH'] ??= JSON.stringify(await makePushIdentity(port + 1000));
const push = JSON.parse(process.env['E2E_PUSH']) as PushIdentity; // written one line above, by this file

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results',
	// One backend with one set of demo data, on two cores: tests run one after another.
	workers: 1,
	fullyParallel: false,
	forbidOnly: true,
	retries: 0,
	timeout: 90_000,
	expect: { timeout: 15_000 },
	reporter: 'list',
	use: {
		...devices['Pixel 7'],
		baseURL,
		viewport: { width: 390, height: 844 },
		locale: 'zh-TW',
		timezoneId: 'Asia/Taipei',
		// A colour half way through its transition is nobody's design: what is measured has arrived. Contexts that a test makes inherit it.
		contextOptions: { reducedMotion: 'reduce' },
		screenshot: 'only-on-failure',
		trace: 'retain-on-failure',
		// A click that finds nothing says so, instead of waiting for the end of the test.
		actionTimeout: 20_000,
		launchOptions: {
			...(process.env['CHROMIUM_PATH'] && { executablePath: process.env['CHROMIUM_PATH'] }),
			args: ['--no-sandbox', '--disable-background-networking', '--disable-quic']
		}
	},
	webServer: {
		command: 'node scripts/serve.mjs',
		url: `${baseURL}/config.json`,
		env: {
			PORT: String(port),
			DATA_DIR: process.env['E2E_DATA_DIR'],
			NODE_ENV: 'production',
			PUSH_HOSTS: `localhost:${push.port}`,
			PUSH_TRUST: push.certificate,
			ENGINE_TICK_SECRET: TICK_SECRET
		},
		timeout: 180_000,
		gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
		stdout: 'ignore',
		stderr: 'pipe'
	}
});
