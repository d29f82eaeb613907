/** The duty roster: kept by a supervisor without signal, drafts and undo, read by a colleague, and the server's when there is signal. */
import { expect, test } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import {
	accessibilityProblems,
	follow,
	screenIsThere,
	widthProblems
} from '../fixtures/e2e-screen.ts';

test('who is on duty and when nobody is, entered offline, kept when it is closed, and sent', async ({
	page,
	context,
	baseURL
}) => {
	await page.goto('/');
	await signIn(page, 'supervisor');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	const database = await databaseAs(baseURL ?? '', 'supervisor');

	await context.setOffline(true);
	await follow(page, '/settings/duty');
	await screenIsThere(page);
	await expect(page.getByText('還沒有值班表')).toBeVisible();
	await page.getByRole('button', { name: '新增班別' }).click();
	const sheet = page.getByRole('dialog', { name: '新增班別' });
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(sheet).toContainText('請選誰值班');
	await sheet.getByLabel('誰值班').selectOption({ index: 1 });
	await sheet.getByRole('button', { name: '週末全天' }).click();
	await sheet.getByLabel('備註').fill('先打公務手機');
	expect(await accessibilityProblems(page)).toEqual([]);
	await expect(sheet.locator('[data-draft="saved"]')).toBeVisible();
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: '新增班別' }).click();
	await expect(sheet.getByLabel('備註')).toHaveValue('先打公務手機');
	await sheet.getByRole('button', { name: '儲存' }).click();

	const shifts = page.getByRole('region', { name: /^每週班別/ });
	await expect(shifts).toContainText('週六、週日');
	await expect(shifts).toContainText('08:00–隔天 08:00');
	await expect(page.getByRole('region', { name: /^未來 14 天沒有人值班/ })).toContainText('到');
	expect(await widthProblems(page)).toEqual([]);
	expect(await accessibilityProblems(page)).toEqual([]);

	await context.setOffline(false);
	await everythingIsSynced(page);
	await expect
		.poll(() => rowsOf(database, 'duty_shifts', { note: '先打公務手機' }))
		.toMatchObject([{ weekdays: [6, 7], on_holidays: false, ends_at_time: '08:00:00' }]);

	await shifts.getByRole('button', { name: /今天起不再排$/ }).click();
	await expect(page.getByText('還沒有值班表')).toBeVisible();
	await page.getByRole('button', { name: '復原' }).click();
	await expect(shifts).toContainText('週六、週日');
});
