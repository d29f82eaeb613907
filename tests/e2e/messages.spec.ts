/** Messages: voice notes and photos that are made without signal, by staff and by the family, arrive and are heard and seen on a colleague's phone. */
import { expect, test, type Page } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import { drawJpeg } from '../fixtures/e2e-picture.ts';
import { accessibilityProblems, widthProblems } from '../fixtures/e2e-screen.ts';
import { planFollowUp } from '../fixtures/visit-hand.ts';

// Chromium brings a microphone that beeps, and says yes where a person would be asked.
test.use({
	launchOptions: async ({ launchOptions }, use) => {
		const fake = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
		await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...fake] });
	}
});

test('a voice note that is spoken without signal is heard by a colleague once there is some', async ({
	page,
	baseURL,
	browser
}) => {
	test.setTimeout(120_000);
	if (!baseURL) throw new Error('The configuration names no address');
	const { caseId } = await planFollowUp(baseURL, new Date());
	const thread = `/messages/${caseId}?thread=staff`;
	const words = `夜裡咳得厲害 ${Date.now()}`;

	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.goto(thread);
	await page.context().setOffline(true);

	await test.step('it is recorded, listened to, and sent with a word beside it', async () => {
		await page.getByRole('button', { name: '錄語音' }).click();
		await expect(page.getByRole('timer')).toHaveText('0:01／2:00');
		expect(await accessibilityProblems(page)).toEqual([]);
		await page.getByRole('button', { name: '停止錄音' }).click();
		await plays(page);
		const field = page.getByRole('textbox', { name: '寫消息' });
		await field.fill(words);
		await page.getByRole('button', { name: '提到某人' }).click();
		await field.pressSequentially('許');
		await expect(page.getByRole('option')).toHaveText(['許美玲 護理師']);
		expect(await accessibilityProblems(page)).toEqual([]);
		await field.press('Enter');
		await expect(field).toHaveValue(`${words} @許美玲 `);
		expect(await accessibilityProblems(page)).toEqual([]);
		expect(await widthProblems(page)).toEqual([]);
		await page.getByRole('button', { name: '送出' }).click();
		await expect(page.getByText(words)).toBeVisible();
		await expect(page.getByText('錄音上傳中，0%')).toBeVisible();
	});

	await test.step('it is corrected; what was said stays beside what was meant', async () => {
		const said = page.getByRole('listitem').filter({ hasText: words }).first();
		await said.getByRole('button', { name: '更正' }).click();
		await page.getByRole('textbox', { name: '寫消息' }).fill('不是夜裡，是清晨');
		await page.getByRole('button', { name: '送出' }).click();
		await expect(said).toContainText(`${words} @許美玲 已更正為 不是夜裡，是清晨`);
	});

	await page.context().setOffline(false);
	await expect(page.getByText('錄音上傳中')).toHaveCount(0);

	const context = await browser.newContext({ baseURL });
	const nurse = await context.newPage();
	await nurse.goto('/');
	await signIn(nurse, 'nurse');
	await everythingIsSynced(nurse);
	await test.step('whom it means is told, and led to it', async () => {
		await nurse.goto('/messages?tab=notices');
		const notice = nurse.getByRole('link', { name: /在施阿公的消息裡提到您/ }).first();
		await notice.click();
		await expect(nurse.getByRole('listitem').filter({ hasText: words }).first()).toContainText(
			'提到您'
		);
	});
	await nurse.goto(thread);
	const bubble = nurse.getByRole('listitem').filter({ hasText: '已更正為 不是夜裡，是清晨' });
	await expect(bubble).toContainText(words);
	await plays(nurse);

	await test.step('pinned, it stands at the top of the thread for the others', async () => {
		await bubble.getByRole('button', { name: '釘選' }).click();
		await expect(nurse.getByRole('button', { name: '釘選的消息' })).toContainText('不是夜裡');
		await page.getByRole('button', { name: '釘選的消息' }).click();
		await expect(page.getByRole('dialog')).toContainText('不是夜裡，是清晨');
		expect(await accessibilityProblems(page)).toEqual([]);
		await page.getByRole('dialog').getByRole('button', { name: '取消釘選' }).click();
		await expect(page.getByRole('dialog')).toBeHidden();
		await expect(nurse.getByRole('button', { name: '釘選的消息' })).toBeHidden();
	});

	await test.step('the words are found without signal, and lead to their place', async () => {
		await nurse.evaluate(() => navigator.serviceWorker.ready);
		await nurse.goto('/messages');
		await context.setOffline(true);
		await nurse.getByRole('searchbox').fill(words);
		const hit = nurse.getByRole('link').filter({ has: nurse.locator('mark', { hasText: words }) });
		expect(await accessibilityProblems(nurse)).toEqual([]);
		await hit.click();
		await expect(bubble).toBeFocused();
	});
	await context.close();
});

/** The last voice note on the page gets further than its beginning. */
async function plays(page: Page): Promise<void> {
	await page.getByRole('button', { name: '播放' }).last().click();
	await expect
		.poll(() =>
			page.evaluate(() =>
				Math.max(...Array.from(document.querySelectorAll('audio'), (each) => each.currentTime))
			)
		)
		.toBeGreaterThan(0);
}

test('what the family shows and says without signal is seen and heard by the nurse', async ({
	page,
	baseURL,
	browser
}) => {
	if (!baseURL) throw new Error('The configuration names no address');
	const words = `腳背腫起來 ${Date.now()}`;
	await page.goto('/');
	await signIn(page, 'family');
	await everythingIsSynced(page);
	const relative = await databaseAs(baseURL, 'family');
	const [lin] = await rowsOf(relative, 'cases', {});
	const thread = `/messages/${String(lin?.['id'])}?thread=circle`;
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.goto(thread);
	await page.context().setOffline(true);
	await page.locator('input[type="file"]').setInputFiles({
		name: 'IMG_1.jpg',
		mimeType: 'image/jpeg',
		buffer: await drawJpeg(page, 300)
	});
	await page.getByRole('button', { name: '錄語音' }).click();
	await expect(page.getByRole('timer')).toHaveText('0:01／2:00');
	await page.getByRole('button', { name: '停止錄音' }).click();
	await page.getByRole('textbox', { name: '寫消息' }).fill(words);
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);
	await expect.poll(() => storedDrafts(page)).toBe(2);
	await page.reload();
	await expect(page.getByRole('textbox', { name: '寫消息' })).toHaveValue(words);
	await expect(page.getByRole('list', { name: '照片' }).getByRole('listitem')).toHaveCount(1);
	await expect(page.getByRole('button', { name: '刪除這段錄音' })).toBeVisible();
	await page.getByRole('button', { name: '送出' }).click();
	await expect(page.getByText(words)).toBeVisible();
	await expect.poll(() => storedDrafts(page)).toBe(0);
	await page.context().setOffline(false);
	await expect(page.getByText('上傳中')).toHaveCount(0, { timeout: 30_000 });

	const context = await browser.newContext({ baseURL });
	const nurse = await context.newPage();
	await nurse.goto('/');
	await signIn(nurse, 'nurse');
	await everythingIsSynced(nurse);
	await nurse.goto(thread);
	const bubble = nurse.getByRole('listitem').filter({ hasText: words }).first();
	await expect(bubble.locator('img')).toBeVisible();
	await plays(nurse);
	await context.close();
});

/** How many drafts this phone keeps. */
async function storedDrafts(page: Page): Promise<number> {
	return await page.evaluate(async () => {
		const done = <Answer>(request: IDBRequest<Answer>) =>
			new Promise<Answer>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(new Error('The store did not answer'));
			});
		const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
		let count = 0;
		for (const name of names) {
			const db = await done(indexedDB.open(name));
			if (db.objectStoreNames.contains('drafts'))
				count += await done(db.transaction('drafts').objectStore('drafts').count());
			db.close();
		}
		return count;
	});
}
