/** A record's way without signal: signed at the bedside, returned by the supervisor, corrected, and approved. */
import { expect, test } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, follow, widthProblems } from '../fixtures/e2e-screen.ts';
import { planFollowUp } from '../fixtures/visit-hand.ts';

const REASON = '收縮壓和舒張壓寫反了';

test('a record is signed with a finger without signal, returned with a reason, corrected and approved', async ({
	page,
	browser,
	baseURL
}) => {
	if (!baseURL) throw new Error('The configuration names no address');
	test.setTimeout(300_000);
	const { id, caseId } = await planFollowUp(baseURL, new Date());
	const database = await databaseAs(baseURL, 'supervisor');
	const [person] = await rowsOf(database, 'cases', { id: caseId });
	const name = String(person?.['name']);
	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await follow(page, `/visits/${id}`);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await page.context().setOffline(true);
	await page.getByRole('button', { name: '開始訪視（簽到）' }).click();
	await page.getByRole('button', { name: '儲存並簽退' }).click();

	await test.step('it is signed where the visit ends', async () => {
		await page.getByRole('button', { name: '請對方簽名' }).last().click();
		const sheet = page.getByRole('dialog');
		await sheet.getByRole('button', { name: '存簽名' }).click();
		await expect(sheet).toContainText('還沒有簽名');
		expect(await accessibilityProblems(page)).toEqual([]);
		expect(await widthProblems(page)).toEqual([]);
		const pad = sheet.getByRole('img', { name: /請在框裡簽名/ });
		await pad.scrollIntoViewIfNeeded();
		const box = await pad.boundingBox();
		if (!box) throw new Error('The field to sign in is not there');
		await page.mouse.move(box.x + 30, box.y + 60);
		await page.mouse.down();
		for (const [x, y] of [
			[80, 20],
			[120, 100],
			[200, 40]
		] as const)
			await page.mouse.move(box.x + x, box.y + y, { steps: 8 });
		await page.mouse.up();
		await sheet.getByRole('button', { name: '存簽名' }).click();
		await expect(page.getByRole('list', { name: '簽名' })).toContainText(`${name}（本人）手寫簽名`);
	});

	await page.context().setOffline(false);
	const office = await (await browser.newContext()).newPage();
	await office.goto('/');
	await signIn(office, 'supervisor');
	await everythingIsSynced(page);
	await everythingIsSynced(office);
	const line = office.getByRole('listitem').filter({
		has: office.locator(`a[href="/visits/${id}"]`)
	});

	await test.step('the supervisor sees it signed, and returns it with a reason', async () => {
		await follow(office, '/reviews');
		await expect(line).toContainText('待覆核', { timeout: 60_000 });
		await expect(line).not.toContainText('沒有簽名', { timeout: 60_000 });
		expect(await accessibilityProblems(office)).toEqual([]);
		await line.getByRole('button', { name: `請更正 ${name} 的紀錄` }).click();
		await office.getByLabel('要更正什麼').fill(REASON);
		await office.getByRole('dialog').getByRole('button', { name: '送出' }).click();
		await expect(line).toBeHidden();
	});

	await test.step('its author is told on Today, and corrects it', async () => {
		await follow(page, '/');
		const asked = page.getByRole('region', { name: '請更正的紀錄' });
		await expect(asked).toContainText(REASON, { timeout: 60_000 });
		await asked.getByRole('link').first().click();
		await page.getByRole('button', { name: '更正這筆紀錄' }).first().click();
		await page.getByLabel('更正原因').fill('寫反了，已對調');
		await page.getByRole('button', { name: '儲存紀錄' }).click();
		await expect(page.getByText('簽的是更正前的內容')).toBeVisible();
		await follow(page, '/');
		await expect(asked).toBeHidden();
	});

	await test.step('the list shows it corrected, and a tap approves it', async () => {
		await expect(line).toContainText('已更正，待覆核', { timeout: 60_000 });
		await line.getByRole('button', { name: `通過 ${name} 的紀錄` }).click();
		await expect(line).toBeHidden();
		await everythingIsSynced(office);
		const records = await rowsOf(database, 'visit_records', { visit_id: id });
		expect(records).toHaveLength(2);
		const right = records.find(({ corrects_id }) => corrects_id !== null);
		const first = records.find(({ corrects_id }) => corrects_id === null);
		expect(
			await rowsOf(database, 'record_signatures', { record_id: String(first?.['id']) })
		).toMatchObject([{ kind: 'drawn', signer_name: name }]);
		expect(
			await rowsOf(database, 'record_reviews', { record_id: String(right?.['id']) })
		).toMatchObject([{ verdict: 'approved' }]);
	});
});
