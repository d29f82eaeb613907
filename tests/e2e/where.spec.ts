/** Where a visit began, as confidence: off until somebody says yes, noted without signal, and never where the phone was. */
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { codeProof, proofDigest } from '#lib/care-ui/household/code-proof.ts';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, follow, widthProblems } from '../fixtures/e2e-screen.ts';
import { planFollowUp } from '../fixtures/visit-hand.ts';

/** Eleven digits and the one that tells a slip of the finger. */
const DIGITS = '079927398713';
const HOUSE = { latitude: 23.7605, longitude: 120.6805, accuracy: 18 };

test('a worker turns location on, notes the house, checks in by a tap, shows the code later and leaves: distances reach the office, places do not', async ({
	page,
	context,
	baseURL
}) => {
	if (!baseURL) throw new Error('The configuration names no address');
	const { id, caseId } = await planFollowUp(baseURL, new Date());
	const office = await databaseAs(baseURL, 'supervisor');
	const { error } = await office.from('household_codes').insert({
		id: randomUUID(),
		case_id: caseId,
		digest: await proofDigest(await codeProof(DIGITS, caseId)),
		author_name: '督導'
	});
	expect(error).toBeNull();
	await context.grantPermissions(['geolocation']);
	await context.setGeolocation(HOUSE);
	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	const main = page.getByRole('main');

	await follow(page, '/settings/phone');
	await page.getByText('簽到、簽退時比對離案家多遠').click();
	await expect(page.getByRole('switch', { name: '簽到、簽退時比對離案家多遠' })).toBeChecked();
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);

	await context.setOffline(true);
	await follow(page, `/visits/${id}`);
	await page.getByRole('button', { name: '記下案家位置' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('button', { name: '量測這裡' }).click();
	await expect(sheet).toContainText('量到了，誤差 18 公尺');
	expect(await accessibilityProblems(page)).toEqual([]);
	await sheet.getByRole('button', { name: '這裡就是案家' }).click();
	await expect(sheet).toBeHidden();

	await page.getByRole('button', { name: '開始訪視（簽到）' }).click();
	await expect(main).toContainText('簽到時在案家（誤差 40 公尺）');
	await page.getByRole('button', { name: '掃描門口條碼' }).click();
	await sheet.getByLabel('條碼下方的數字').fill(DIGITS);
	await sheet.getByRole('button', { name: '以數字出示' }).click();
	await expect(main).toContainText('已出示門口條碼，待連線核對（輸入數字，');
	await context.setGeolocation({ ...HOUSE, latitude: 23.7641, accuracy: 500 });
	await page.getByRole('button', { name: '儲存並簽退' }).click();
	await expect(main).toContainText(
		/簽退時距案家約 400 公尺（誤差 5\d\d 公尺，無法判斷在不在案家）/
	);

	await context.setOffline(false);
	await expect(main).toContainText('已核對門口條碼（輸入數字，', { timeout: 60_000 });
	await everythingIsSynced(page);
	const places = await rowsOf(office, 'visit_places', { visit_id: id });
	expect(
		places.map(({ via, step, verdict, distance_m }) => [via, step, verdict, distance_m]).sort()
	).toEqual([
		['position', 'check_in', null, 0],
		['position', 'check_out', null, 400],
		['typed', null, 'matches', null]
	]);
	expect(JSON.stringify(places)).not.toMatch(/23\.76|120\.68/);
	const [visit] = await rowsOf(office, 'visits', { id });
	expect(visit).toMatchObject({ status: 'done' });
});
