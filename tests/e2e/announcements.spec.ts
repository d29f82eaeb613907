/** An announcement that asks for a word: who asked sees who has not given it, and it can be given without signal. */
import { expect, test } from '@playwright/test';
import { everythingIsSynced, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, widthProblems } from '../fixtures/e2e-screen.ts';

test('a worker confirms without signal what the supervisor announced, who then sees who is missing and reminds them', async ({
	page,
	browser,
	baseURL
}) => {
	const words = `停電演練 ${Date.now()}`;
	await page.goto('/');
	await signIn(page, 'supervisor');
	await everythingIsSynced(page);
	await page.goto('/messages?tab=announcements');
	await page.getByRole('textbox', { name: '發公告給全體同仁' }).fill(words);
	await page.getByText('請大家確認已讀').click();
	await page.getByRole('button', { name: '發公告', exact: true }).click();
	await expect(page.getByText(words)).toBeVisible();
	await everythingIsSynced(page);

	const context = await browser.newContext({ baseURL });
	const worker = await context.newPage();
	await worker.goto('/');
	await signIn(worker, 'worker2');
	await everythingIsSynced(worker);
	await worker.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await worker.goto('/messages?tab=notices');
	await context.setOffline(true);
	await worker.getByText('請您讀公告並確認').first().click();
	await expect(worker.getByText(words)).toBeVisible();
	expect(await accessibilityProblems(worker)).toEqual([]);
	await worker.getByRole('button', { name: '我已閱讀' }).first().click();
	await expect(worker.getByText(/您在.*確認已讀/).first()).toBeVisible();
	await context.setOffline(false);
	await everythingIsSynced(worker);

	await page
		.getByRole('button', { name: /^1／\d+ 位已確認$/ })
		.first()
		.click();
	const sheet = page.getByRole('dialog');
	await expect(sheet).toContainText('高志明');
	await expect(sheet).toContainText('陳怡君');
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);
	await sheet.getByRole('button', { name: /提醒還沒確認的/ }).click();
	await expect(sheet).toContainText('一小時內只提醒一次');
	await everythingIsSynced(page);
	await context.close();
});
