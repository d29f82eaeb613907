/** Somebody who comes for the first time, without a signal: what the person takes and wears, what to mind, who comes this week. */
import { expect, test } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import {
	accessibilityProblems,
	follow,
	screenIsThere,
	widthProblems
} from '../fixtures/e2e-screen.ts';

const PERSON = '劉爺爺';

test('a substitute reads the case offline; what the nurse enters offline arrives with the next signal', async ({
	page,
	context,
	baseURL
}) => {
	await page.goto('/');
	await signIn(page, 'nurse');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready);
	const database = await databaseAs(baseURL ?? '', 'nurse');
	const [person] = await rowsOf(database, 'cases', { name: PERSON });
	const caseId = String(person?.['id']);

	await context.setOffline(true);
	await follow(page, `/cases/${caseId}?tab=care`);
	await screenIsThere(page);
	const main = page.locator('main');
	await expect(main.getByText('過敏', { exact: true })).toBeVisible();
	const medicines = page.getByRole('region', { name: /^藥單/ });
	await expect(medicines.getByText('阿斯匹靈腸溶錠 100 mg')).toBeVisible();
	await expect(medicines.getByText('過敏欄寫著「阿斯匹靈」')).toBeVisible();
	await expect(page.getByRole('region', { name: /^管路與輔具/ }).getByText('氧氣')).toBeVisible();
	await expect(
		page.getByRole('region', { name: '一週照顧表' }).getByRole('heading', { level: 3 })
	).toHaveCount(7);
	await expect(
		page.getByRole('region', { name: '這個月的額度' }).getByText('32,090 元')
	).toBeVisible();
	expect(await widthProblems(page)).toEqual([]);
	expect(await accessibilityProblems(page)).toEqual([]);

	await medicines.getByRole('button', { name: '新增' }).click();
	const sheet = page.getByRole('dialog', { name: '新增用藥' });
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(sheet.getByText('請寫藥名')).toBeVisible();
	const name = `新藥 ${Date.now()}`;
	await sheet.getByLabel('藥名').fill(name);
	await sheet.getByText('睡前', { exact: true }).click();
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(medicines.getByText(name)).toBeVisible();
	expect(await rowsOf(database, 'case_medications', { name })).toEqual([]);

	await context.setOffline(false);
	await everythingIsSynced(page);
	await expect
		.poll(() => rowsOf(database, 'case_medications', { name }))
		.toMatchObject([{ case_id: caseId, times: ['bedtime'], ended_at: null }]);
});
