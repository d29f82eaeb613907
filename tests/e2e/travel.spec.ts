/** The way between two homes: offered at the check-in, noted and corrected without signal; the supervisor has it, also as a file. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, follow, widthProblems } from '../fixtures/e2e-screen.ts';
import { planFollowUp } from '../fixtures/visit-hand.ts';
import { visitBefore } from '../fixtures/visit-before.ts';

const MINUTE_MS = 60_000;

test('a journey is offered, noted offline, corrected with a reason, and stands in the supervisor’s month', async ({
	page,
	context,
	browser,
	baseURL
}) => {
	if (!baseURL) throw new Error('The configuration names no address');
	const now = Date.now();
	// Whose day no other test fills with visits.
	const next = await planFollowUp(baseURL, new Date(now - 5 * MINUTE_MS), 'worker2');
	await visitBefore(baseURL, next, now - 24 * MINUTE_MS, 'worker2');
	const office = await (await browser.newContext({ locale: 'zh-TW' })).newPage();
	await office.goto('/');
	await signIn(office, 'supervisor');
	await page.goto('/');
	await signIn(page, 'worker2');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await context.setOffline(true);
	await follow(page, `/visits/${next.id}`);
	await page.getByRole('button', { name: '開始訪視（簽到）' }).click();
	const offer = page.getByRole('region', { name: '要記下這趟路程嗎？' });
	// Minutes are measured; how somebody goes is theirs to say.
	await expect(offer).toContainText(/2[45] 分鐘/);
	expect(await accessibilityProblems(page)).toEqual([]);
	await offer.getByRole('button', { name: /^填寫/ }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(sheet).toContainText('請選交通工具');
	await sheet.getByText('機車').click();
	await sheet.getByLabel('公里數').fill('12.5');
	await expect(sheet.locator('[data-draft="saved"]')).toBeVisible();
	expect(await accessibilityProblems(page)).toEqual([]);
	await page.keyboard.press('Escape');
	await offer.getByRole('button', { name: /^填寫/ }).click();
	await expect(sheet.getByLabel('公里數')).toHaveValue('12.5');
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(offer).toBeHidden();

	await follow(page, '/schedule/travel');
	const main = page.getByRole('main');
	await expect(main).toContainText('12.5 公里');
	await main.getByRole('button', { name: /^更正/ }).click();
	await sheet.getByLabel('公里數').fill('8.5');
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(sheet).toContainText('請寫為什麼更正');
	await sheet.getByLabel('更正的原因').fill('看錯里程');
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(main).toContainText(/合計：1 趟.*8\.5 公里/);
	await expect(main).toContainText(/原本：.*12\.5 公里/);
	expect(await widthProblems(page)).toEqual([]);
	expect(await accessibilityProblems(page)).toEqual([]);
	await context.setOffline(false);
	await everythingIsSynced(page);
	const database = await databaseAs(baseURL, 'supervisor');
	expect(await rowsOf(database, 'travel_notes', { to_visit_id: next.id })).toHaveLength(2);

	await follow(office, '/schedule/travel');
	const everybody = office.getByRole('list', { name: '全部人員' });
	await expect(everybody).toContainText('8.5 公里', { timeout: 30_000 });
	const started = office.waitForEvent('download');
	await office.getByRole('button', { name: '下載 CSV' }).click();
	const text = await readFile(await (await started).path(), 'utf8');
	expect(text).toMatch(/高志明,.*機車,2[45],8\.5,計入（更正後）,,看錯里程/);
	expect(text).toMatch(/被更正，不計入,2[45] \/ 12\.5/);
	await everybody.getByRole('button').first().click();
	await expect(office.getByRole('main')).toContainText(/原本：.*12\.5 公里/);
	expect(await accessibilityProblems(office)).toEqual([]);
	expect(await widthProblems(office)).toEqual([]);
});
