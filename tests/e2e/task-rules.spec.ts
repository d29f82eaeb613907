/** A supervisor writes a rule, sees what it would have brought, and from then on the server makes its tasks and says why. */
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, follow, widthProblems } from '../fixtures/e2e-screen.ts';
import { planFollowUp } from '../fixtures/visit-hand.ts';

test('values out of bounds make a task that says why, once the supervisor has asked for it', async ({
	page,
	baseURL
}) => {
	test.setTimeout(120_000);
	if (!baseURL) throw new Error('The configuration names no address');
	const { caseId } = await planFollowUp(baseURL, new Date());
	const title = `血壓偏高，請評估 ${Date.now()}`;
	const office = await databaseAs(baseURL, 'supervisor');

	await page.goto('/');
	await signIn(page, 'supervisor');
	await everythingIsSynced(page);
	await follow(page, '/settings/task-rules');
	await page.getByRole('button', { name: '新增規則' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByLabel('什麼情況').selectOption({ label: '數值連續異常' });
	await sheet.getByLabel('幾次橘色或紅色').fill('1');
	await sheet.getByLabel('任務名稱').fill(title);
	await sheet.getByRole('button', { name: '儲存', exact: true }).click();
	await expect(sheet).toContainText('請填 2 到 20 的整數。');
	await sheet.getByLabel('幾次橘色或紅色').fill('2');
	await sheet.getByRole('button', { name: '看過去 30 天會產生哪些任務' }).click();
	await expect(sheet.getByText(/^過去 30 天(會|不會)產生/)).toBeVisible();
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);
	await sheet.getByRole('button', { name: '儲存', exact: true }).click();
	await expect(page.getByText(`任務：${title}`)).toBeVisible();
	await everythingIsSynced(page);

	const measured_at = new Date().toISOString();
	for (let i = 0; i < 2; i++) {
		const { error } = await office.from('measurements').insert({
			id: randomUUID(),
			case_id: caseId,
			kind: 'blood_pressure',
			value: 190 + i,
			value2: 118,
			severity: 'red',
			measured_at,
			recorded_at: measured_at,
			author_name: '督導'
		});
		expect(error).toBeNull();
	}
	// A rule that was changed is asked at once.
	const { error } = await office.from('task_rules').update({ due_hours: 4 }).eq('title', title);
	expect(error).toBeNull();
	await expect
		.poll(async () => (await rowsOf(office, 'tasks', { title, case_id: caseId })).length, {
			timeout: 30_000
		})
		.toBe(1);
	const [task] = await rowsOf(office, 'tasks', { title, case_id: caseId });
	await follow(page, `/tasks/${String(task?.['id'])}`);
	await expect(page.getByRole('main')).toContainText(/7 天內有 \d+ 次血壓異常/);
	expect(await accessibilityProblems(page)).toEqual([]);
	// Others' tests have days of their own.
	await office.from('task_rules').update({ active: false }).eq('title', title);
});
