/** The first load on a slow line: how much JavaScript stands between the address and a Today screen that can be used. */
import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { everythingIsSynced, signIn } from '../fixtures/e2e-demo.ts';

/** Bytes, gzip-encoded; from the product's definition of done. */
const LIMIT_BYTES = 130_000;

// The service worker would fetch every chunk behind the page's back.
test.use({ serviceWorkers: 'block' });

test('the Today screen stands on 130 kB of JavaScript, and supabase-js comes behind it', async ({
	page,
	context
}) => {
	test.setTimeout(300_000);
	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await page.close();
	// A cold visit: the phone knows its person and has their rows, and none of the code (a routed page has no HTTP cache).
	const cold = await context.newPage();

	// Whatever holds supabase-js waits at the door until the screen can be used: needed for it, it would never come.
	const codeOf = new Map<string, Buffer>();
	let heldCount = 0;
	let openDoor = () => {};
	const door = new Promise<void>((resolve) => (openDoor = resolve));
	await cold.route('**/*.js', async (route) => {
		const response = await route.fetch();
		const code = await response.body();
		if (code.includes('GoTrueClient')) {
			heldCount += 1;
			await door;
		}
		codeOf.set(route.request().url(), code);
		await route.fulfill({ response });
	});
	await noteWhenUsable(cold);
	await cold.goto('/', { waitUntil: 'commit' });
	await expect(cold.getByRole('heading', { name: '照顧日程表' })).toBeVisible();
	await expect(cold.locator('a[href^="/visits/"]').first()).toBeVisible();

	const sizes = (await scriptsAskedForBeforeUsable(cold))
		.map((url) => ({
			path: new URL(url).pathname,
			bytes: gzipSync(codeOf.get(url) ?? '', { level: 9 }).length
		}))
		.sort((a, b) => b.bytes - a.bytes);
	const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
	const files = sizes.map(({ path, bytes }) => `${path} ${bytes}`).join(', ');
	test.info().annotations.push({ type: 'JavaScript bytes', description: `${total}: ${files}` });
	expect(sizes.length).toBeGreaterThan(0);
	expect(total, files).toBeLessThanOrEqual(LIMIT_BYTES);

	// And it does come, behind the screen: the phone goes on to talk to the server.
	await expect.poll(() => heldCount).toBeGreaterThan(0);
	openDoor();
	await everythingIsSynced(cold);
});

/** Marks the moment in the page itself: a test that looks now and then would see it later than it was. */
async function noteWhenUsable(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const look = new MutationObserver(() => {
			const isThere = [...document.querySelectorAll('h2')].some(
				(heading) => heading.textContent.includes('照顧日程表') && heading.checkVisibility()
			);
			const visit = document.querySelector('a[href^="/visits/"]');
			if (!isThere || !visit?.checkVisibility()) return;
			look.disconnect();
			performance.mark('usable');
		});
		look.observe(document, { childList: true, subtree: true, attributes: true });
	});
}

/** Addresses of all scripts whose requests had begun when the screen could be used, whether they were needed for it or not. */
async function scriptsAskedForBeforeUsable(page: Page): Promise<string[]> {
	return await page.evaluate(() => {
		const [usable] = performance.getEntriesByName('usable');
		if (usable === undefined) throw new Error('The screen was never usable');
		return performance
			.getEntriesByType('resource')
			.filter(({ name, startTime }) => name.endsWith('.js') && startTime <= usable.startTime)
			.map(({ name }) => name);
	});
}
