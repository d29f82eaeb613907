/** The app as an installed one: manifest, offline start, updates that ask first, and the way to get rid of a broken worker. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { everythingIsSynced, signIn } from '../fixtures/e2e-demo.ts';
import { startWorkerSwap, type WorkerSwap } from '../fixtures/worker-swap.ts';

const workerIsReady = (page: Page) =>
	page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

test('the manifest has what browsers ask for before they install', async ({ request }) => {
	const response = await request.get('/manifest.webmanifest');
	const manifest = await response.json();
	expect(manifest).toMatchObject({
		id: '/',
		start_url: '/',
		scope: '/',
		display: 'standalone',
		lang: 'zh-TW',
		prefer_related_applications: false
	});
	expect(manifest.name).toBeTruthy();
	const kinds = manifest.icons.map(
		(icon: { sizes: string; purpose: string }) => `${icon.sizes} ${icon.purpose}`
	);
	expect(kinds).toEqual(expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']));
	for (const icon of manifest.icons)
		expect((await request.get(icon.src)).ok(), icon.src).toBe(true);
});

test('a deep link opens without a network, and no answer of the API is stored', async ({
	page,
	context
}) => {
	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await workerIsReady(page);
	const stored = await page.evaluate(async () => {
		const paths: string[] = [];
		for (const name of await caches.keys()) {
			for (const { url } of await (await caches.open(name)).keys())
				paths.push(new URL(url).pathname);
		}
		return paths;
	});
	expect(stored).toContain('/');
	expect(stored.filter((path) => path.startsWith('/screens/'))).toEqual([]);
	expect(stored.filter((path) => /^\/(auth|rest|realtime)\/v1|config\.json/.test(path))).toEqual(
		[]
	);

	await context.setOffline(true);
	await page.goto('/settings/phone');
	await expect(page.getByRole('heading', { level: 1, name: '這支手機的資料' })).toBeVisible();
	await expect(page.getByText(/離線/).first()).toBeVisible();
	await page.reload();
	await expect(page.getByRole('heading', { level: 1, name: '這支手機的資料' })).toBeVisible();
});

test.describe('another worker', () => {
	let swap: WorkerSwap;
	test.beforeEach(async ({ baseURL }) => {
		swap = await startWorkerSwap(baseURL ?? '');
	});
	test.afterEach(() => swap.close());

	async function atWork(page: Page) {
		await page.goto(`${swap.origin}/`);
		await signIn(page, 'worker');
		await everythingIsSynced(page);
		await workerIsReady(page);
		// The first load is not controlled by the worker that it has installed.
		await page.goto(`${swap.origin}/settings/about`);
		await expect(page.getByRole('button', { name: '檢查新版本' })).toBeVisible();
	}

	test('a new version waits for a yes, then the page loads again with it', async ({ page }) => {
		await atWork(page);
		swap.replace((script) => `${script}\n// a newer build`);
		await page.getByRole('button', { name: '檢查新版本' }).click();
		const banner = page.getByRole('status').filter({ hasText: '有新版本' });
		await expect(banner).toBeVisible();
		const loadedAgain = page.waitForEvent('load');
		await banner.getByRole('button', { name: '更新' }).click();
		await loadedAgain;
		await expect(page.getByRole('heading', { level: 1, name: '關於' })).toBeVisible();
		await expect(banner).toBeHidden();
		const waiting = await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting);
		expect(waiting).toBeNull();
	});

	test('the kill switch removes worker and caches, and leaves the data of people alone', async ({
		page
	}) => {
		await atWork(page);
		const recipe = readFileSync('docs/recipes/replace-service-worker.md', 'utf8');
		const killSwitch = /```js\n([\s\S]+?)```/.exec(recipe)?.[1] ?? '';
		expect(killSwitch).toContain('unregister');
		swap.replace(() => killSwitch);
		const databases = () =>
			page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
		const before = await databases();
		await page
			.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))
			.catch(() => 'the page was loaded again');
		// The browser may put off the new worker while the old one is busy, and a page that both load again may hang: closing and
		// opening the app ends either.
		await expect(async () => {
			await page.goto('about:blank');
			await page.goto(`${swap.origin}/settings/about`, { timeout: 10_000 });
			const nothingStored = async () => (await caches.keys()).length === 0;
			await page.waitForFunction(nothingStored, undefined, { timeout: 5_000 });
		}).toPass({ timeout: 60_000 });
		await expect(page.getByRole('heading', { level: 1, name: '關於' })).toBeVisible();
		expect(await databases()).toEqual(before);
		expect(before.length).toBeGreaterThan(0);
	});
});
