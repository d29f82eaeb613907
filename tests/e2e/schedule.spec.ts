/** The day that the schedule says it shows is the day whose visits it shows. */
import { expect, test } from '@playwright/test';
import { everythingIsSynced, signIn } from '../fixtures/e2e-demo.ts';

test('the next day shows its own visits at once, as it does after a reload', async ({ page }) => {
	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await page.goto('/schedule');
	const visits = page.locator('#content a[href^="/visits/"]');
	const shown = () => visits.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
	await expect(visits.first()).toBeVisible();
	const today = await shown();
	await page.getByRole('button', { name: '後一天' }).click();
	await expect(page.getByText('明天').first()).toBeVisible();
	await expect(visits.first()).toBeVisible();
	const tomorrow = await shown();
	expect(tomorrow.filter((visit) => today.includes(visit))).toEqual([]);
	await page.reload();
	await expect(visits).toHaveCount(tomorrow.length);
	expect(await shown()).toEqual(tomorrow);
});
