/** Who is told of emergencies: changed by a supervisor without signal, kept when it is closed, sent, and taken back to the built-in order. */
import { expect, test } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import {
	accessibilityProblems,
	follow,
	screenIsThere,
	widthProblems
} from '../fixtures/e2e-screen.ts';

test('an order is read with names, changed offline, refused while it cannot be followed, and given up again', async ({
	page,
	context,
	baseURL
}) => {
	await page.goto('/');
	await signIn(page, 'supervisor');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await follow(page, '/settings/ladders');
	await screenIsThere(page);
	const database = await databaseAs(baseURL ?? '', 'supervisor');
	const orange = page.getByRole('region', { name: '中度通報' });
	await expect(orange).toContainText('系統內建');
	await expect(orange.getByRole('listitem').nth(1)).toContainText('周淑芬');

	await context.setOffline(true);
	const sheet = page.getByRole('dialog', { name: '修改中度通報的順序' });
	await orange.getByRole('button', { name: '修改順序' }).click();
	await sheet.getByRole('button', { name: '第 3 步往前移' }).click();
	await sheet.getByRole('button', { name: '加一步' }).click();
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(sheet).toContainText('請至少選一種人');
	await expect(sheet.getByRole('checkbox', { name: '照顧圈的工作人員' })).toBeFocused();
	await sheet.getByLabel('再指定一個人').selectOption({ label: '許美玲・護理師' });
	await sheet.getByLabel('通報後多久').fill('14');
	await expect(sheet).toContainText('不能比上一步早');
	await sheet.getByLabel('通報後多久').fill('45');
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);
	await expect(sheet.locator('[data-draft="saved"]')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(orange).toContainText('系統內建');
	await orange.getByRole('button', { name: '修改順序' }).click();
	await expect(sheet.getByRole('list', { name: /^如果.+現在出事$/ })).toContainText('45 分鐘後');
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(sheet).toBeHidden();
	await expect(orange).toContainText('機構自訂');
	await expect(orange.getByRole('listitem').last()).toContainText('許美玲');

	await context.setOffline(false);
	await everythingIsSynced(page);
	await expect
		.poll(() => rowsOf(database, 'escalation_ladders', { severity: 'orange' }))
		.toMatchObject([
			{
				case_id: null,
				active: true,
				steps: [
					{ after: 0, to: ['circle', 'family', 'duty'] },
					{ after: 15, to: ['circle', 'supervisors'], second: true },
					{ after: 30, to: ['duty', 'supervisors'] },
					{ after: 45, to: [], people: [expect.any(String)], second: true }
				]
			}
		]);

	await orange.getByRole('button', { name: '改回系統內建的順序' }).click();
	await page.getByRole('button', { name: '改回', exact: true }).click();
	await expect(orange).toContainText('系統內建');
	await page.getByRole('button', { name: '復原' }).click();
	await expect(orange).toContainText('機構自訂');
});
