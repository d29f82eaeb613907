/** A supervisor brings in the list that the office keeps: Big5, a title above the header, 民國 dates, rows that must be refused. */
import { expect, test } from '@playwright/test';
import { signIn } from '../fixtures/e2e-demo.ts';

const FILE = 'tests/fixtures/import/cases-big5.csv';

test('a supervisor imports a Big5 list and sees its people', async ({ page }) => {
	test.setTimeout(300_000);
	await page.goto('/');
	await signIn(page, 'supervisor');
	await page.goto('/settings');
	await page.getByRole('link', { name: /匯入/ }).click();

	const picker = page.waitForEvent('filechooser');
	await page.getByRole('button', { name: '選擇 CSV 檔' }).click();
	await (await picker).setFiles(FILE);

	// Rows with a fault stop the whole list until the supervisor leaves them out.
	await expect(page.getByText(/有 3 列有問題，所以還不能匯入/)).toBeVisible();
	const importAll = page.getByRole('button', { name: /^匯入 \d+ 人$/ });
	await expect(importAll).toBeDisabled();
	await page.getByText('先不匯入有問題的 3 列').click();
	await importAll.click();
	await expect(page.getByText(/已匯入 \d+ 人/).first()).toBeVisible({ timeout: 30_000 });

	await page.getByRole('link', { name: '看照服對象' }).click();
	await page.getByRole('searchbox').fill('許測定');
	await expect(page.getByRole('main').getByRole('link', { name: /許測定/ })).toBeVisible({
		timeout: 30_000
	});
	await page.getByRole('searchbox').fill('張範本');
	await page
		.getByRole('main')
		.getByRole('link', { name: /張範本/ })
		.click();
	// 民國 30, written in full-width digits.
	await expect(page.getByRole('main')).toContainText('民國30年');
});
