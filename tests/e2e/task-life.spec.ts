/** A task that nobody answered in time is given to somebody else, who takes it without signal. */
import { expect, test } from '@playwright/test';
import { accessibilityProblems, widthProblems } from '../fixtures/e2e-screen.ts';
import { databaseAs, everythingIsSynced, rowsOf, signIn, syncStrip } from '../fixtures/e2e-demo.ts';
import { TICK_SECRET } from '../fixtures/push-service.ts';

test('an offer whose time has passed is told, given to another, and accepted without signal', async ({
	page,
	browser,
	baseURL
}) => {
	if (!baseURL) throw new Error('The configuration names no address');
	const supervisor = await databaseAs(baseURL, 'supervisor');
	const { data } = await (await databaseAs(baseURL, 'worker')).auth.getUser();
	const headers = { authorization: `Bearer ${TICK_SECRET}` };
	expect((await page.request.post('/internal/tick', { headers })).ok()).toBe(true);
	const [late, ...others] = await rowsOf(supervisor, 'tasks', { status: 'expired' });
	expect(others).toEqual([]);
	if (!late) throw new Error('Nothing has expired');
	const address = `/tasks/${String(late['id'])}`;
	const main = page.getByRole('main');

	await page.goto('/');
	await signIn(page, 'supervisor');
	await page.goto('/messages?tab=notices');
	await expect(main).toContainText(`「${String(late['title'])}」`);
	await page.goto('/tasks');
	await page.getByRole('button', { name: '改看清單' }).click();
	await expect(page.getByRole('heading', { name: '逾時沒人回覆' })).toBeVisible();
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);
	await page.goto(address);
	await expect(main).toContainText('逾時未回覆');
	await page.getByRole('button', { name: '其他動作' }).click();
	await page.getByRole('menuitem', { name: '改派或再問一次' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('button', { name: '改派或再問一次' }).click();
	await expect(sheet).toContainText('請選要交給誰。');
	await sheet.getByLabel('原因').fill('護理師今天請假');
	await expect(sheet).toContainText('草稿');
	// Put away by mistake, what was typed is there again.
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: '其他動作' }).click();
	await page.getByRole('menuitem', { name: '改派或再問一次' }).click();
	await expect(sheet.getByLabel('原因')).toHaveValue('護理師今天請假');
	await sheet.getByLabel('交給誰').selectOption(data.user?.id ?? '');
	await sheet.getByLabel('回覆期限').selectOption('30 分鐘');
	expect(await accessibilityProblems(page)).toEqual([]);
	await sheet.getByRole('button', { name: '改派或再問一次' }).click();
	await expect(main).toContainText('護理師今天請假');
	await expect(main).toContainText(/回覆期限還剩 (30|29) 分鐘/, { timeout: 30_000 });
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);

	const context = await browser.newContext();
	const worker = await context.newPage();
	await worker.goto('/');
	await signIn(worker, 'worker');
	await worker.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await worker.goto(address);
	await expect(worker.getByRole('main')).toContainText('護理師今天請假');
	await context.setOffline(true);
	await worker.getByRole('button', { name: '我來做' }).click();
	await expect(worker.getByRole('main')).toContainText('已接受');
	await expect(syncStrip(worker)).toContainText('離線');
	await context.setOffline(false);
	await everythingIsSynced(worker);
	await expect(main).toContainText('在期限內', { timeout: 30_000 });
	await expect(main).toContainText('已接受');
	await context.close();
});
