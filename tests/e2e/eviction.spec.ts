/** A browser that deletes what the app keeps: who is warned before, and who is told after. Simulated in Chromium. */
import { expect, test, type Page } from '@playwright/test';
import { signIn } from '../fixtures/e2e-demo.ts';

const HOUR_MS = 60 * 60 * 1000;

const heldCookie = async (page: Page) =>
	(await page.context().cookies()).find(({ name }) => name === 'connect10.held');

/** All that scripts can write, as Safari does it after seven days; what only the server can write stays. */
async function deleteEverythingButCookies(page: Page, origin: string) {
	await page.goto('about:blank');
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Storage.clearDataForOrigin', {
		origin,
		storageTypes: 'local_storage,indexeddb,service_workers,cache_storage'
	});
	await devtools.detach();
}

test('a phone whose browser has deleted everything says so until somebody signs in; one that was erased on purpose does not', async ({
	page,
	baseURL
}) => {
	const notice = page.getByText('瀏覽器刪掉了存在這支手機的資料');
	const username = page.locator('input[name="username"]');
	await page.goto('/');
	await signIn(page, 'worker');
	await expect.poll(() => heldCookie(page), { timeout: 60_000 }).toBeDefined();
	expect(await heldCookie(page)).toMatchObject({
		value: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
		httpOnly: true,
		sameSite: 'Strict',
		path: '/'
	});

	await deleteEverythingButCookies(page, baseURL ?? '');
	await page.goto('/');
	await expect(notice).toBeVisible();
	await expect(page.getByText('並告訴督導')).toBeVisible();
	await username.fill('worker@demo.connect10.tw');
	await page.locator('input[name="password"]').fill('not-the-password');
	await page.locator('form button[type="submit"]').click();
	await expect(page.getByText('電子郵件或密碼不對')).toBeVisible();
	await expect(notice).toBeVisible();
	const toldAgain = page.waitForResponse((response) => response.url().endsWith('/held'));
	await signIn(page, 'worker');
	await expect(notice).toBeHidden();
	expect((await toldAgain).status()).toBe(204);

	// The server does not hear of it: it is told at the next start.
	await page.route('**/held', (route) => route.abort());
	await page.goto('/settings/sign-out');
	await page.getByRole('button', { name: '登出並清除' }).click();
	await page.getByRole('dialog').getByRole('button', { name: '登出並清除' }).click();
	await expect(page.getByText('這支手機已登出，資料已清除')).toBeVisible();
	expect(await heldCookie(page)).toBeDefined();
	await page.unroute('**/held');
	await page.reload();
	await expect(username).toBeVisible();
	await expect.poll(() => heldCookie(page)).toBeUndefined();
	await expect(notice).toBeHidden();
});

test('who holds work that has waited for a day in a Safari tab is told by when it may be gone', async ({
	page,
	context
}) => {
	await page.addInitScript(() =>
		Object.defineProperty(navigator, 'vendor', { value: 'Apple Computer, Inc.' })
	);
	await page.goto('/');
	await signIn(page, 'worker');
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
	await context.setOffline(true);
	// The account's language is part of the profile, so choosing another one is work to be sent.
	await page.goto('/settings/display');
	await page.getByRole('radio', { name: 'English' }).check();
	await expect(
		page.getByRole('heading', { level: 1, name: 'Language and text size' })
	).toBeVisible();
	const warning = page.getByText('Not sent, only on this phone: 1');
	await page.goto('/settings/phone');
	await expect(page.getByText('Offline, 1 waiting to be sent')).toBeVisible();
	await expect(warning).toBeHidden();

	await page.getByRole('combobox').selectOption({ label: 'Never' });
	await page.clock.setSystemTime(Date.now() + 25 * HOUR_MS);
	await page.reload();
	await expect(warning).toBeVisible();
	await expect(
		page.getByText(/seven days, the browser may delete it, at the earliest on/)
	).toBeVisible();
	await page.getByRole('link', { name: 'Send or save' }).click();
	await expect(page.getByRole('button', { name: 'Export what is not sent' })).toBeVisible();
});
