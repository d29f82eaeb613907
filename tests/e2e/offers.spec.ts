/** Nobody of the circle can go: a colleague is asked, says yes without signal, and has the visit only when the server has heard it. */
import { expect, test, type Page } from '@playwright/test';
import { everythingIsSynced, signIn } from '../fixtures/e2e-demo.ts';
import { follow } from '../fixtures/e2e-screen.ts';

/** The demo's account `worker2`, whom no other test looks at. */
const ASKED = '高志明';

/** Asks for a visit in whose circle the colleague does not stand; answers whose visit it is. */
async function ask(page: Page): Promise<string> {
	await follow(page, '/schedule/cover');
	const main = page.getByRole('main');
	await expect(main.getByRole('listitem').first()).toBeVisible();
	for (const open of await main.getByRole('button', { name: /^(換別人去|看誰可以去) / }).all()) {
		const words = (await open.getAttribute('aria-label')) ?? '';
		await open.click();
		const sheet = page.getByRole('dialog');
		const others = sheet.getByRole('list', { name: '其他同事' });
		const theirs = others.getByRole('button', { name: new RegExp(`^問 ${ASKED} `) });
		if ((await theirs.count()) > 0) {
			await theirs.click();
			return /去 (.+?) 家/.exec(words)?.[1] ?? '';
		}
		await page.keyboard.press('Escape');
		await expect(sheet).toBeHidden();
	}
	throw new Error(`no visit of which ${ASKED} knows nothing`);
}

test('a colleague outside the circle is asked, agrees without signal, and then sees whose visit it is', async ({
	browser
}) => {
	test.setTimeout(300_000);
	const office = await (await browser.newContext()).newPage();
	await office.goto('/');
	await signIn(office, 'supervisor');
	await everythingIsSynced(office);
	const person = await ask(office);
	await expect(office.getByRole('main')).toContainText(`已問 ${ASKED}，等回覆到`);

	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto('/');
	await signIn(page, 'worker2');
	// The question waits ten seconds, in which it can be taken back.
	const yes = page.getByRole('button', { name: /^我可以去：/ });
	await expect(yes).toBeVisible({ timeout: 60_000 });
	await everythingIsSynced(page);
	const asked = page.getByRole('region', { name: '能不能代班' });
	await expect(asked).not.toContainText(person);

	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await context.setOffline(true);
	await yes.click();
	await expect(asked).toContainText('還不算是您的');
	await context.setOffline(false);
	await expect(asked).toBeHidden({ timeout: 60_000 });
	await follow(page, '/cases');
	await expect(page.getByRole('main')).toContainText(person);
	await expect(office.getByRole('main')).not.toContainText(`已問 ${ASKED}`, { timeout: 60_000 });
});
