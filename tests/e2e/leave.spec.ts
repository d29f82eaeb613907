/** One falls ill: without signal the supervisor enters it, sees which visits that leaves, is told of it when planning, and takes it back. */
import { expect, test } from '@playwright/test';
import { everythingIsSynced, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, follow, widthProblems } from '../fixtures/e2e-screen.ts';

const ILL = '陳怡君';
const tomorrow = new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10); // in Taipei

test('an absence is entered, felt and taken back without signal', async ({ page, context }) => {
	test.setTimeout(300_000);
	await page.goto('/');
	await signIn(page, 'supervisor');
	await everythingIsSynced(page);
	await follow(page, '/schedule/cover');
	const before = await page
		.getByRole('main')
		.getByRole('listitem')
		.filter({ hasText: ILL })
		.count();
	expect(before).toBe(0);

	// The shell must be on the phone before the signal goes.
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	// Nothing of this reaches the server, where other tests look.
	await context.setOffline(true);
	await follow(page, '/schedule/leave');
	await page.getByRole('button', { name: '登記不在' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByLabel('誰不在').selectOption({ label: ILL });
	await sheet.getByLabel('從哪一天').fill(tomorrow);
	await sheet.getByLabel('從哪一天').blur();
	await sheet.getByLabel(/到哪一天/).fill(tomorrow);
	await sheet.getByLabel(/到哪一天/).blur();
	await expect(sheet).toContainText(/這段時間有 \d+ 次訪視要換人去/);
	await sheet.getByRole('button', { name: '登記', exact: true }).click();
	await expect(sheet).toBeHidden();
	await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: ILL })).toBeVisible();

	// Each of these visits is offered to somebody else, and comes back when that is undone.
	await follow(page, '/schedule/cover');
	const uncovered = page
		.getByRole('main')
		.getByRole('listitem')
		.filter({ hasText: `${ILL} 不在` });
	await expect(uncovered.first()).toBeVisible();
	const count = await uncovered.count();
	await uncovered.first().getByRole('button').last().click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /^直接派/ })
		.first()
		.click();
	await expect(uncovered).toHaveCount(count - 1);
	await page.getByRole('button', { name: '復原' }).last().click();
	await expect(uncovered).toHaveCount(count);

	// Somebody is asked for all of them in one act, which is taken back as one.
	const waiting = page.getByRole('main').getByText('等回覆到');
	const waitingBefore = await waiting.count();
	await page.getByRole('button', { name: /^一次安排這 \d+ 次$/ }).click();
	const all = page.getByRole('dialog', { name: '一次安排人手' });
	const choice = all.getByLabel(/明天/).first();
	await expect(choice).not.toHaveValue('');
	expect(await accessibilityProblems(page)).toEqual([]);
	await page.evaluate(() => (document.documentElement.dataset['textScale'] = '200'));
	expect(await widthProblems(page)).toEqual([]);
	await page.evaluate(() => (document.documentElement.dataset['textScale'] = '100'));
	const ask = all.getByRole('button', { name: /^送出 \d+ 個詢問$/ });
	const asked = Number(/\d+/.exec(await ask.innerText())?.[0]);
	await ask.click();
	await expect(waiting).toHaveCount(waitingBefore + asked);
	await page.getByRole('button', { name: '復原' }).last().click();
	await expect(waiting).toHaveCount(waitingBefore);

	// Who plans a visit for the absent is told so, and may save all the same.
	await follow(page, '/schedule/new');
	await page.getByLabel('照服對象').selectOption({ label: '林阿嬤' });
	await page.getByLabel('派給誰').selectOption({ label: ILL });
	await page.getByLabel('日期', { exact: true }).fill(tomorrow);
	await expect(page.getByRole('main')).toContainText(`${ILL} 不在`);
	await expect(page.getByRole('button', { name: '排入日程' })).toBeEnabled();

	await follow(page, '/schedule/leave');
	await page.getByRole('button', { name: new RegExp(`^取消 ${ILL} 的登記`) }).click();
	await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: ILL })).toBeHidden();
	await follow(page, '/schedule/cover');
	await expect(uncovered).toHaveCount(0);
});
