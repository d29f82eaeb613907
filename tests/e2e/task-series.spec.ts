/** A template is written once; from it, without signal, a task that comes again; the server makes it when its day is near, and not while it rests. */
import { expect, test } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, follow, widthProblems } from '../fixtures/e2e-screen.ts';

test('a template fills a task that repeats, written without signal and made by the server', async ({
	page,
	context,
	baseURL
}) => {
	test.setTimeout(120_000);
	if (!baseURL) throw new Error('The configuration names no address');
	const worker2 = await databaseAs(baseURL, 'worker2');
	const { data } = await worker2.auth.getUser();
	const userId = data.user?.id ?? '';
	const [member] = await rowsOf(worker2, 'case_members', { user_id: userId });
	const caseId = String(member?.['case_id']);
	const title = `清點耗材 ${Date.now()}`;
	const main = page.getByRole('main');
	const sheet = page.getByRole('dialog');

	await page.goto('/');
	await signIn(page, 'supervisor');
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await everythingIsSynced(page);
	await follow(page, '/settings/task-templates');
	await page.getByRole('button', { name: '新增範本' }).click();
	await sheet.getByRole('button', { name: '儲存', exact: true }).click();
	await expect(sheet).toContainText('請寫任務的名稱。');
	await sheet.getByLabel('要做什麼').fill(title);
	await sheet.getByLabel('步驟').fill('尿布\n濕紙巾');
	await sheet.getByLabel('幾天內完成').fill('1');
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);
	await sheet.getByRole('button', { name: '儲存', exact: true }).click();
	await expect(page.getByRole('switch', { name: title })).toBeVisible();
	expect(await accessibilityProblems(page)).toEqual([]);

	await page.goto(`/tasks/new?case=${caseId}`);
	await context.setOffline(true);
	await page.getByLabel('要做什麼').fill('先打的字');
	await page.getByRole('button', { name: '從範本帶入' }).click();
	await sheet.getByRole('button', { name: title }).click();
	await expect(page.getByLabel('要做什麼')).toHaveValue(title);
	await page.getByRole('button', { name: '復原' }).click();
	await expect(page.getByLabel('要做什麼')).toHaveValue('先打的字');
	await page.getByRole('button', { name: '從範本帶入' }).click();
	await sheet.getByRole('button', { name: title }).click();
	await expect(page.getByLabel('步驟')).toHaveValue('尿布\n濕紙巾');
	await page.getByLabel('交給誰').selectOption(userId);
	await page.getByLabel('重複', { exact: true }).selectOption({ label: '每週' });
	await page.getByLabel('什麼時候出現').selectOption({ label: '3 天前的早上' });
	await expect(main).toContainText(/接下來：明天 週. 17:00/);
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);
	await page.getByRole('button', { name: '建立重複任務' }).click();
	await expect(main).toContainText('送到雲端以後，才會開始產生任務。');
	await context.setOffline(false);
	await everythingIsSynced(page);

	const made = main.getByRole('listitem').filter({ hasText: title });
	await expect(made).toBeVisible({ timeout: 30_000 });
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);
	expect(await rowsOf(worker2, 'tasks', { title, case_id: caseId })).toMatchObject([
		{ source: 'recurrence', assignee_id: userId, steps: ['尿布', '濕紙巾'], status: 'open' }
	]);
	await page.getByText('繼續重複', { exact: true }).click();
	await expect(main).toContainText('暫停中');
	await follow(page, '/tasks/series');
	await expect(main.getByRole('listitem').filter({ hasText: title })).toContainText('暫停中');
	expect(await accessibilityProblems(page)).toEqual([]);
});
