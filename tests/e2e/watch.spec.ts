/** Who comes late says why by one tap, and later when the visit really began; the supervisor reads both, and what was tapped. */
import { expect, test } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, follow, widthProblems } from '../fixtures/e2e-screen.ts';
import { planFollowUp } from '../fixtures/visit-hand.ts';

const MINUTE_MS = 60_000;
/** As a field of the browser writes it, in Taipei. */
const fieldOf = (ms: number) => new Date(ms + 8 * 60 * MINUTE_MS).toISOString().slice(0, 16);

test('late, why, and the time corrected: the supervisor sees all of it', async ({
	page,
	browser,
	baseURL
}) => {
	if (!baseURL) throw new Error('The configuration names no address');
	const beganMs = Date.now() - 20 * MINUTE_MS;
	const { id, caseId } = await planFollowUp(baseURL, new Date(beganMs));
	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await follow(page, `/visits/${id}`);
	const [main, sheet] = [page.getByRole('main'), page.getByRole('dialog')];
	await page.getByRole('button', { name: '說明原因' }).click();
	await sheet.getByRole('button', { name: '路況或交通' }).click();
	await expect(main).toContainText('晚到原因：路況或交通');
	await page.getByRole('button', { name: '開始訪視（簽到）' }).click();
	await page.getByRole('button', { name: '儲存並簽退' }).click();
	// The form gives way to the page of a visit that is over, whose menu is another one.
	await expect(page.getByRole('button', { name: '儲存並簽退' })).toBeHidden();
	await page.getByRole('button', { name: '更多動作' }).click();
	await page.getByRole('menuitem', { name: '更正簽到、簽退時間' }).click();
	await sheet.getByLabel('實際到達').fill(fieldOf(beganMs));
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(sheet.locator('[aria-invalid="true"]').first()).toBeFocused();
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);
	await sheet.getByLabel('實際離開').fill(fieldOf(beganMs + 15 * MINUTE_MS));
	await sheet.getByLabel('為什麼要更正').fill('到了才想起要簽到');
	await sheet.getByRole('button', { name: '儲存' }).click();
	await expect(sheet).toBeHidden();
	await expect(main).toContainText('到了才想起要簽到');
	await everythingIsSynced(page);

	const office = await (await browser.newContext({ locale: 'zh-TW' })).newPage();
	await office.goto('/');
	await signIn(office, 'supervisor');
	await follow(office, '/reviews');
	const reviewed = office.getByRole('listitem').filter({
		has: office.locator(`a[href="/visits/${id}"]`)
	});
	await expect(reviewed).toContainText('到了才想起要簽到', { timeout: 30_000 });
	await expect(reviewed).toContainText('更正時間為');
	expect(await widthProblems(office)).toEqual([]);
	await follow(office, `/visits/${id}`);
	await expect(office.getByRole('main')).toContainText('晚到原因：路況或交通（陳怡君）');
	const database = await databaseAs(baseURL, 'supervisor');
	const remarks = await rowsOf(database, 'visit_remarks', { visit_id: id, case_id: caseId });
	expect(remarks.map(({ kind }) => kind).sort()).toEqual(['late', 'times']);
	const [visit] = await rowsOf(database, 'visits', { id });
	// What was tapped stays.
	expect(Date.parse(String(visit?.['checked_in_at']))).toBeGreaterThan(beganMs + 15 * MINUTE_MS);
});
