/** The steps of a task: written by the supervisor, ticked without signal by who does it, seen by both. */
import { expect, test } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, widthProblems } from '../fixtures/e2e-screen.ts';

test('steps are ticked without signal, seen by the other, and finishing with one left asks first', async ({
	page,
	browser,
	baseURL
}) => {
	if (!baseURL) throw new Error('The configuration names no address');
	const worker2 = await databaseAs(baseURL, 'worker2');
	const { data } = await worker2.auth.getUser();
	const userId = data.user?.id ?? '';
	const [member] = await rowsOf(worker2, 'case_members', { user_id: userId });
	const title = `整理藥盒 ${Date.now()}`;
	const main = page.getByRole('main');

	await page.goto('/');
	await signIn(page, 'supervisor');
	await everythingIsSynced(page);
	await page.goto(`/tasks/new?case=${String(member?.['case_id'])}`);
	await page.getByLabel('要做什麼').fill(title);
	await page.getByLabel('步驟').fill('核對藥袋\n分裝三餐\n拍照回報');
	await page.getByLabel('交給誰').selectOption(userId);
	expect(await accessibilityProblems(page)).toEqual([]);
	await page.getByRole('button', { name: '建立任務' }).click();
	await expect(main).toContainText('3 個步驟完成 0 個');
	await everythingIsSynced(page);
	const address = new URL(page.url()).pathname;

	const context = await browser.newContext({ baseURL });
	const other = await context.newPage();
	await other.goto('/');
	await signIn(other, 'worker2');
	await other.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await other.goto(address);
	await expect(other.getByLabel('核對藥袋')).toBeVisible();
	await context.setOffline(true);
	await other.getByLabel('核對藥袋').check();
	await other.getByLabel('分裝三餐').check();
	await expect(other.getByRole('main')).toContainText('3 個步驟完成 2 個');
	expect(await accessibilityProblems(other)).toEqual([]);
	await context.setOffline(false);
	await everythingIsSynced(other);

	await expect(main).toContainText('3 個步驟完成 2 個', { timeout: 30_000 });
	await expect(main.getByRole('listitem').filter({ hasText: '核對藥袋' })).toContainText('高志明');
	expect(await widthProblems(page)).toEqual([]);

	await other
		.getByRole('button', { name: '開始做' })
		.or(other.getByRole('button', { name: '我來做' }))
		.click();
	await other.getByRole('button', { name: '開始做' }).click();
	await other.getByRole('button', { name: '完成', exact: true }).click();
	const ask = other.getByRole('dialog');
	await expect(ask).toContainText('還有 1 個步驟沒有勾選');
	await ask.getByRole('button', { name: '仍要完成' }).click();
	await expect(other.getByRole('main')).toContainText('已完成');
	await context.close();
});
