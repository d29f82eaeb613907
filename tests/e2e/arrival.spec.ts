/** The office makes the sheet for a door; a worker without signal holds the camera to it; the office then reads how sure the place is. */
import { randomUUID } from 'node:crypto';
import { chromium, expect, test } from '@playwright/test';
import { readTyped, sheetText } from '#lib/domain/household-code.ts';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems } from '../fixtures/e2e-screen.ts';
import { writeQrVideo } from '../fixtures/qr-video.ts';

test('a sheet made in the office is scanned at the door without signal, and the office sees that it was', async ({
	browser,
	baseURL,
	contextOptions,
	launchOptions,
	viewport
}, testInfo) => {
	test.setTimeout(180_000);
	const asOffice = await databaseAs(baseURL!, 'supervisor');
	const [person] = await rowsOf(asOffice, 'cases', { name: '王叔叔' });
	const { data } = await (await databaseAs(baseURL!, 'worker')).auth.getUser();
	const visit = {
		id: randomUUID(),
		case_id: person!['id'],
		worker_id: data.user!.id,
		starts_at: new Date(Date.now() + 50 * 3_600_000).toISOString(),
		ends_at: new Date(Date.now() + 51 * 3_600_000).toISOString()
	};
	const { error } = await asOffice.from('visits').insert(visit);
	expect(error).toBeNull();

	const office = await (await browser.newContext()).newPage();
	await office.goto('/');
	await signIn(office, 'supervisor');
	await everythingIsSynced(office);
	await office.goto(`/cases/${String(visit.case_id)}/door`);
	await office.getByRole('button', { name: '製作門口條碼' }).click();
	const sheet = office.getByRole('region', { name: '門口條碼' });
	const code = readTyped(await sheet.locator('[data-door-code]').innerText());
	expect(code.kind).toBe('code');
	await expect(sheet).not.toContainText('王叔叔');
	expect(await accessibilityProblems(office)).toEqual([]);
	await everythingIsSynced(office);

	const video = testInfo.outputPath('door.y4m');
	await writeQrVideo(video, sheetText(code.kind === 'code' ? code.digits : ''));
	const phone = await chromium.launch({
		...launchOptions,
		args: [
			...(launchOptions.args ?? []),
			'--use-fake-ui-for-media-stream',
			'--use-fake-device-for-media-stream',
			`--use-file-for-fake-video-capture=${video}`
		]
	});
	const context = await phone.newContext({
		...contextOptions,
		...(baseURL && { baseURL }),
		viewport,
		locale: 'zh-TW',
		permissions: ['camera']
	});
	const page = await context.newPage();
	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await context.setOffline(true);
	await page.goto(`/visits/${visit.id}`);
	await page.getByRole('button', { name: '掃描門口條碼簽到' }).click();
	await expect(page.getByText('已掃描條碼並簽到')).toBeVisible();
	const main = page.getByRole('main');
	await expect(main).toContainText('已出示門口條碼，待連線核對（掃描，');
	await context.setOffline(false);
	await expect(main).toContainText('已核對門口條碼（掃描，', { timeout: 60_000 });
	await phone.close();

	await office.goto(`/visits/${visit.id}`);
	await expect(office.getByRole('main')).toContainText('已核對門口條碼（掃描，', {
		timeout: 60_000
	});
	const [place] = await rowsOf(asOffice, 'visit_places', { visit_id: visit.id });
	expect(place).toMatchObject({ verdict: 'matches', proof: null });
});
