/** A worker asks a nurse without signal, with what was measured; the nurse answers and makes a task of it; the worker reads both. */
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { databaseAs, everythingIsSynced, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, follow, widthProblems } from '../fixtures/e2e-screen.ts';
import { planFollowUp } from '../fixtures/visit-hand.ts';

test('a question asked without signal reaches the nurse with its facts, and comes back as an answer and a task', async ({
	page,
	browser,
	baseURL
}) => {
	test.setTimeout(120_000);
	if (!baseURL) throw new Error('The configuration names no address');
	const { caseId } = await planFollowUp(baseURL, new Date());
	const words = `早上頭暈，血壓藥要不要先停？ ${Date.now()}`;
	const advice = `先不要停，下午再量一次 ${Date.now()}`;
	const measured_at = new Date().toISOString();
	const { error } = await (await databaseAs(baseURL, 'worker')).from('measurements').insert({
		id: randomUUID(),
		case_id: caseId,
		kind: 'blood_pressure',
		value: 98,
		value2: 61,
		measured_at,
		recorded_at: measured_at,
		author_name: '照服員'
	});
	expect(error).toBeNull();

	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await page.context().setOffline(true);
	await follow(page, `/questions/new?case=${caseId}`);
	await page.getByRole('button', { name: '送出請教' }).click();
	await expect(page.getByText('請寫想問的事。')).toBeVisible();
	await expect(page.getByRole('radio', { name: /^護理師/ })).toBeChecked();
	await page.getByLabel('想問什麼').fill(words);
	await expect(page.getByRole('checkbox', { name: /血壓 98\/61/ })).toBeChecked();
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);
	await page.getByRole('button', { name: '送出請教' }).click();
	await expect(page.getByRole('main')).toContainText('送到後由伺服器安排');
	expect(await accessibilityProblems(page)).toEqual([]);
	await page.context().setOffline(false);
	await expect(page.getByRole('main')).toContainText('許美玲', { timeout: 60_000 });

	const context = await browser.newContext({ baseURL });
	const nurse = await context.newPage();
	await nurse.goto('/');
	await signIn(nurse, 'nurse');
	await everythingIsSynced(nurse);
	await nurse.getByRole('link', { name: words }).click();
	await expect(nurse.getByRole('main')).toContainText('血壓 98/61 mmHg');
	await nurse.getByLabel('寫回答').fill(advice);
	await nurse.getByRole('button', { name: '回答', exact: true }).click();
	await expect(nurse.getByText('已回答')).toBeVisible({ timeout: 30_000 });
	await nurse.getByRole('link', { name: '做成任務' }).click();
	await expect(nurse.getByLabel('要做什麼')).toHaveValue(advice);
	await nurse.getByRole('button', { name: '建立任務' }).click();
	await nurse.getByRole('link', { name: '看它來自的請教' }).click();
	await expect(nurse.getByRole('main')).toContainText(words);
	await context.close();

	await expect(page.getByRole('main')).toContainText(advice, { timeout: 30_000 });
	expect(await accessibilityProblems(page)).toEqual([]);
	await follow(page, `/cases/${caseId}?tab=timeline`);
	await expect(page.getByRole('link', { name: words })).toBeVisible();
});
