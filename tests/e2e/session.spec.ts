/** Leaving and coming back: lock, unlock offline, sign out with and without unsent work, and joining by invitation. */
import { expect, test, type Page } from '@playwright/test';
import { everythingIsSynced, signIn } from '../fixtures/e2e-demo.ts';

/** Everything that the browser stores for this app outside the caches, as one text. */
const everythingStored = (page: Page) =>
	page.evaluate(async () => {
		const stored: unknown[] = [{ ...localStorage }];
		for (const { name = '' } of await indexedDB.databases()) {
			const db = await new Promise<IDBDatabase>((resolve, reject) => {
				const opening = indexedDB.open(name);
				opening.onsuccess = () => resolve(opening.result);
				opening.onerror = () => reject(new Error(name));
			});
			for (const store of db.objectStoreNames) {
				const asked = db.transaction(store).objectStore(store).getAll();
				await new Promise((resolve) => (asked.onsuccess = resolve));
				stored.push(name, store, asked.result);
			}
			db.close();
		}
		return JSON.stringify(stored);
	});

async function atWork(page: Page) {
	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
}

async function unlock(page: Page, password: string) {
	await page.locator('input[name="password"]').fill(password);
	await page.getByRole('button', { name: '解鎖' }).click();
}

test('a locked phone opens with the password alone, without a network, where it was left', async ({
	page,
	context
}) => {
	await atWork(page);
	await page.goto('/settings');
	await page.getByRole('button', { name: '上鎖，離開手機' }).click();
	await expect(page.getByRole('heading', { level: 1, name: '解鎖' })).toBeVisible();
	await context.setOffline(true);
	await page.goto('/cases');
	await expect(page.getByRole('heading', { level: 1, name: '解鎖' })).toBeVisible();
	await unlock(page, 'not-the-password');
	await expect(page.getByText('密碼不對')).toBeVisible();
	await unlock(page, 'connect10-demo');
	await expect(page).toHaveURL(/\/cases$/);
});

test('signing out offline with unsent work asks first and leaves nothing behind; what was exported can still be sent', async ({
	page,
	context,
	browser
}) => {
	test.setTimeout(240_000);
	await atWork(page);
	await context.setOffline(true);
	// The account's language is part of the profile, so choosing another one is work to be sent.
	expect(await everythingStored(page)).toMatch(/worker@demo.*林阿嬤/s);
	await page.goto('/settings/display');
	await page.getByRole('radio', { name: 'English' }).check();
	await expect(
		page.getByRole('heading', { level: 1, name: 'Language and text size' })
	).toBeVisible();
	await page.goto('/settings/sign-out');
	await expect(page.getByText('1 not sent yet')).toBeVisible();
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export what is not sent' }).click();
	const exported = await download;
	expect(exported.suggestedFilename()).toMatch(/^connect10-unsent-.*\.json$/);
	const signOut = page.getByRole('button', { name: 'Sign out and erase' });
	await signOut.click();
	await expect(page.getByText('Tick this first')).toBeVisible();
	await page.getByRole('checkbox').check();
	await signOut.click();
	await page.getByRole('dialog').getByRole('button', { name: 'Sign out and erase' }).click();
	await expect(page.getByText('your data is off this phone')).toBeVisible({ timeout: 30_000 });
	await expect(page.locator('input[name="username"]')).toBeVisible();
	// The phone's own memory stays, and knows nobody; it is written a moment after the screen says so.
	await expect.poll(() => everythingStored(page)).not.toMatch(/worker@demo|accessToken|林阿嬤/);
	expect(await everythingStored(page)).not.toMatch(/"connect10-[0-9a-f]{8}-/);
	expect(await everythingStored(page)).not.toContain('connect10.session.');

	const spare = await browser.newContext();
	const other = await spare.newPage();
	await atWork(other);
	await other.goto('/settings/sync');
	const file = other.locator('input[type="file"]');
	await file.setInputFiles('package.json');
	await expect(other.getByText('connect10-unsent 開頭的檔案')).toBeVisible();
	await file.setInputFiles(await exported.path());
	const found = other.getByRole('dialog', { name: '檔案裡的資料' });
	await expect(found.getByText('修改個人資料')).toBeVisible();
	const take = found.getByRole('button', { name: '接手並送出' });
	await take.click();
	await expect(other.getByText('已接手 1 筆')).toBeVisible();
	await everythingIsSynced(other);
	await file.setInputFiles(await exported.path());
	await take.click();
	await expect(other.getByText('這些資料這支手機都有了')).toBeVisible();
	await spare.close();
});

test('a daughter joins by a link, and the link works once', async ({ page, browser }) => {
	test.setTimeout(240_000);
	await page.goto('/');
	await signIn(page, 'supervisor');
	await everythingIsSynced(page);
	await page.goto('/settings/invitations');
	await page.getByRole('button', { name: '新的邀請' }).click();
	await page.getByLabel('個案', { exact: true }).selectOption({ label: '王叔叔' });
	await page.getByLabel('姓名').fill('王小妹');
	await page.getByRole('button', { name: '建立邀請' }).click();
	await expect(page.getByRole('img', { name: '邀請 王小妹 的 QR code' })).toBeVisible();
	const link = (await page.getByText(/\/join#/).textContent()) ?? '';

	const phone = await browser.newContext();
	const joining = await phone.newPage();
	const asked: string[] = [];
	joining.on('request', (request) => asked.push(request.url()));
	await joining.goto(link);
	await expect(joining.getByText('王叔叔')).toBeVisible();
	await joining.getByLabel('電子郵件').fill(`wang-${Date.now()}@example.tw`);
	await joining.locator('input[name="password"]').fill('a-good-password');
	await joining.getByRole('button', { name: '建立帳號並加入' }).click();
	await expect(joining.getByText('您已加入')).toBeVisible({ timeout: 30_000 });
	await joining.getByRole('button', { name: '開始使用' }).click();
	await expect(joining.getByText('王叔叔').first()).toBeVisible({ timeout: 60_000 });
	const token = link.split('#')[1] ?? '';
	expect(asked.filter((url) => new URL(url).href.split('#')[0]?.includes(token))).toEqual([]);
	await phone.close();

	const another = await browser.newContext();
	const late = await another.newPage();
	await late.goto(link);
	await expect(late.getByText('邀請已經用過了')).toBeVisible();
	await another.close();
});
