/** Recording a visit quickly, and a value that is measured again: what it takes of the hand, and what reaches the database. */
import { expect, test } from '@playwright/test';
import { Hand } from '../bench/hand.ts';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, widthProblems } from '../fixtures/e2e-screen.ts';
import { planFollowUp, recordFollowUp } from '../fixtures/visit-hand.ts';

const MOST_ACTS = 12;

test('a follow-up visit with two vital signs is recorded in twelve taps and fields at most', async ({
	page,
	baseURL
}) => {
	if (!baseURL) throw new Error('The configuration names no address');
	const { id } = await planFollowUp(baseURL, new Date());
	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);

	const hand = new Hand(null);
	await recordFollowUp(page, id, hand);
	expect(hand.acts).toBeLessThanOrEqual(MOST_ACTS);

	await everythingIsSynced(page);
	const supervisor = await databaseAs(baseURL, 'supervisor');
	const records = await rowsOf(supervisor, 'visit_records', { visit_id: id });
	expect(records).toHaveLength(1);
	expect(records[0]?.['mood']).not.toBeNull();
	const measured = await rowsOf(supervisor, 'measurements', { visit_id: id });
	expect(measured.map(({ kind, value }) => [kind, Number(value)]).sort()).toEqual([
		['blood_pressure', 128],
		['pulse', 72]
	]);
	const [visit] = await rowsOf(supervisor, 'visits', { id });
	expect(visit?.['status']).toBe('done');
});

test('a red value is measured again after five minutes, which a reload does not stop, and its report points at it', async ({
	page,
	baseURL
}) => {
	if (!baseURL) throw new Error('The configuration names no address');
	const { id, caseId } = await planFollowUp(baseURL, new Date());
	await page.clock.install();
	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await page.goto(`/visits/${id}`);
	await page.getByRole('button', { name: '開始訪視（簽到）' }).click();

	await page.getByLabel('收縮壓').fill('185');
	await page.getByLabel('舒張壓').fill('98');
	await expect(page.getByText('重度', { exact: true })).toBeVisible();
	await test.step('with symptoms nobody rests', async () => {
		await page.getByText('看起來不舒服').click();
		await expect(page.getByText('立刻打 119')).toBeVisible();
		await expect(page.getByRole('button', { name: /開始計時/ })).toHaveCount(0);
		await page.getByText('看起來不舒服').click();
	});
	await page.getByRole('button', { name: '開始計時 5 分鐘，再量一次' }).click();
	await expect(page.getByLabel('收縮壓')).toHaveValue('');
	await expect(page.getByText(/休息中，\d\d:\d\d 再量一次/)).toBeVisible();
	await expect(page.getByRole('timer')).toHaveText(/^[45]:\d\d$/);
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);

	await test.step('it goes on over a reload and is told on another page', async () => {
		await page.reload();
		await expect(page.getByText(/休息中，\d\d:\d\d 再量一次/)).toBeVisible();
		await page.getByRole('link', { name: '任務' }).first().click();
		await expect(page.getByRole('heading', { level: 1, name: '任務' })).toBeVisible();
		await page.clock.fastForward('05:00');
		await expect(page.getByText(/血壓可以再量一次了/)).toBeVisible();
		await page.getByRole('button', { name: '去量' }).click();
		await expect(page.getByText('時間到了，請再量一次')).toBeVisible();
	});

	await test.step('the report arrives with person, event, value and time', async () => {
		await page.getByRole('button', { name: '立即通報' }).click();
		await expect(page.getByRole('heading', { name: '血壓異常' })).toBeVisible();
		await expect(page.getByText('血壓・185/98 mmHg')).toBeVisible();
		await expect(page.getByRole('radio', { name: /重度/ })).toBeChecked();
		await page.getByRole('button', { name: '送出通報' }).click();
		await expect(page.getByText('還沒有人回覆「已知悉」')).toBeVisible();
		await expect(page.getByText(/185\/98 mmHg/)).toBeVisible();
	});

	await test.step('the second value is one of its own', async () => {
		await page.goto(`/visits/${id}`);
		await expect(page.getByText('已記下')).toBeVisible();
		await page.getByLabel('收縮壓').fill('176');
		await page.getByLabel('舒張壓').fill('104');
		await expect(page.getByText('中度', { exact: true })).toBeVisible();
		await expect(page.getByRole('button', { name: /開始計時/ })).toHaveCount(0);
		await page.getByRole('button', { name: '儲存並簽退' }).click();
		await expect(page.getByText('已完成', { exact: true })).toBeVisible();
	});

	await everythingIsSynced(page);
	const supervisor = await databaseAs(baseURL, 'supervisor');
	const measured = await rowsOf(supervisor, 'measurements', { visit_id: id });
	const inOrder = measured.sort((a, b) =>
		String(a['measured_at']).localeCompare(String(b['measured_at']))
	);
	expect(inOrder.map(({ value, value2 }) => [Number(value), Number(value2)])).toEqual([
		[185, 98],
		[176, 104]
	]);
	const [first] = inOrder;
	const reports = await rowsOf(supervisor, 'emergencies', {
		measurement_id: String(first?.['id'])
	});
	expect(reports).toHaveLength(1);
	expect(reports[0]).toMatchObject({
		case_id: caseId,
		incident_type: 'BPABN',
		severity: 'red',
		occurred_at: first?.['measured_at']
	});
});
