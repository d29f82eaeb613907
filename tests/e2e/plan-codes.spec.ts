/** The approved plan: entered without signal, held against visits before they are planned, ended with its reason, and the server's when there is signal. */
import { expect, test } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import {
	accessibilityProblems,
	follow,
	screenIsThere,
	widthProblems
} from '../fixtures/e2e-screen.ts';

const PERSON = '施阿公';

test('what was approved is entered offline, told when a visit goes beyond it, and ended', async ({
	page,
	context,
	baseURL
}) => {
	await page.goto('/');
	await signIn(page, 'supervisor');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	const database = await databaseAs(baseURL ?? '', 'supervisor');
	const [person] = await rowsOf(database, 'cases', { name: PERSON });
	const caseId = String(person?.['id']);

	await context.setOffline(true);
	await follow(page, `/cases/${caseId}?tab=care`);
	await screenIsThere(page);
	const plan = page.getByRole('region', { name: /^核定項目/ });
	await expect(plan.getByText('BA03 測量生命徵象').filter({ visible: true })).toBeVisible();
	await expect(plan).toContainText('每週 5 次');
	await plan.getByRole('button', { name: '新增' }).click();
	const sheet = page.getByRole('dialog', { name: '新增核定項目' });
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(sheet).toContainText('請填每週次數或每月數量，至少一個');
	await sheet.getByRole('searchbox').fill('陪同外出');
	await sheet.getByRole('button', { name: 'BA13 陪同外出' }).click();
	await sheet.getByLabel('每週次數').fill('1');
	expect(await accessibilityProblems(page)).toEqual([]);
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(plan.getByText('BA13 陪同外出').filter({ visible: true })).toBeVisible();
	expect(await widthProblems(page)).toEqual([]);
	expect(await accessibilityProblems(page)).toEqual([]);

	// BA02 and BA03 are what a visit is planned with unless somebody says otherwise, and stand for every day already.
	await follow(page, `/schedule/new?case=${caseId}`);
	await page.getByLabel('照服對象').selectOption({ label: PERSON });
	const stairs = page.getByText('BA12 協助上（下）樓梯', { exact: true });
	await stairs.click();
	const against = page.getByRole('region', { name: /^和核定計畫比對/ });
	await expect(against).toContainText('BA12 協助上（下）樓梯：明天');
	await expect(against).toContainText(/BA03 測量生命徵象：.*那一週會有 \d+ 次，核定每週 5 次/);
	await expect(page.getByRole('button', { name: '排入日程' })).toBeEnabled();
	await stairs.click();
	await expect(against).not.toContainText('BA12');

	await follow(page, `/cases/${caseId}?tab=care`);
	await plan.getByRole('button', { name: '修改 BA13 陪同外出' }).click();
	const edit = page.getByRole('dialog', { name: '修改核定項目' });
	await edit.getByRole('button', { name: '停用這個項目' }).click();
	await edit.getByLabel('原因').fill('改由家屬陪同');
	await edit.getByRole('button', { name: '停用這個項目' }).click();
	await expect(plan.getByText('停用的項目（1）')).toBeVisible();
	await plan.getByText('停用的項目（1）').click();
	await expect(plan.getByText('改由家屬陪同')).toBeVisible();

	await context.setOffline(false);
	await everythingIsSynced(page);
	await expect
		.poll(() => rowsOf(database, 'case_plan_codes', { case_id: caseId, code: 'BA13' }))
		.toMatchObject([{ times_week: 1, end_reason: '改由家屬陪同', ended_by_name: '周淑芬' }]);
});
