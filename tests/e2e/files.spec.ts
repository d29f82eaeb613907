/** A wound pictured twice and compared, a paper, and a photo with a report in confidence: all without signal, then where they belong. */
import { expect, test, type Page } from '@playwright/test';
import { uuidV7 } from '#lib/domain/ids.ts';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, screenIsThere, widthProblems } from '../fixtures/e2e-screen.ts';
import { drawJpeg } from '../fixtures/e2e-picture.ts';

const PDF = Buffer.from(
	'%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj trailer<</Root 1 0 R>>'
);

test('a wound is followed, a paper kept and a report illustrated without signal; each reaches those who may see it', async ({
	page,
	baseURL
}) => {
	test.setTimeout(120_000);
	if (!baseURL) throw new Error('The configuration names no address');
	const worker = await databaseAs(baseURL, 'worker');
	const [person] = await rowsOf(worker, 'cases', { name: '王叔叔' });
	const caseId = String(person?.['id']);
	const now = new Date();
	const allowed = await worker.from('case_consents').insert({
		id: uuidV7(now.getTime(), crypto.getRandomValues(new Uint8Array(10))),
		case_id: caseId,
		given_by: '王太太',
		relation: 'family',
		how: 'paper',
		given_on: now.toISOString().slice(0, 10),
		author_name: '',
		recorded_at: now.toISOString()
	});
	if (allowed.error) throw allowed.error;

	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.context().setOffline(true);

	await test.step('a wound is pictured with its size, and again beside the last picture', async () => {
		await page.goto(`/cases/${caseId}/wounds`);
		await choose(page, '拍一處傷口', { name: 'a.jpg', buffer: await drawJpeg(page, 420) });
		await page.getByLabel('傷口部位').selectOption({ label: '左腳跟' });
		await page.getByLabel('長', { exact: true }).fill('4');
		await page.getByRole('button', { name: '存照片' }).click();
		await expect(page.getByText('長和寬要一起填')).toBeVisible();
		await page.getByLabel('寬', { exact: true }).fill('3');
		await page.getByRole('button', { name: '存照片' }).click();
		await page.getByRole('link', { name: /左腳跟/ }).click();
		await expect(page.getByText('只有一張照片')).toBeVisible();
		await choose(page, '拍這處傷口', { name: 'b.jpg', buffer: await drawJpeg(page, 300) });
		const sheet = page.getByRole('dialog');
		await expect(sheet.getByText(/^上次（/)).toBeVisible();
		await expect(sheet.getByText('上次 4')).toBeVisible();
		await sheet.getByLabel('長', { exact: true }).fill('2');
		await sheet.getByLabel('寬', { exact: true }).fill('3');
		await sheet.getByLabel('傷口床').selectOption({ label: '肉芽組織（鮮紅）' });
		expect(await accessibilityProblems(page)).toEqual([]);
		await sheet.getByRole('button', { name: '存照片' }).click();
	});

	await test.step('the two stand side by side, with what has become of it, also after a reload', async () => {
		await expect(page.getByText('同一天，面積小了 50%')).toBeVisible();
		await page.reload();
		const frames = page.getByRole('group', { name: /^(左|右)邊/ });
		await expect(frames.getByRole('img')).toHaveCount(2);
		const [left, right] = await frames.evaluateAll((all) =>
			all.map((frame) => frame.getBoundingClientRect().top)
		);
		expect(left).toBe(right);
		expect(await widthProblems(page)).toEqual([]);
		await page.getByRole('button', { name: '放大' }).click();
		await frames.first().evaluate((frame) => frame.scrollTo(80, 60));
		await expect
			.poll(() => frames.last().evaluate(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop]))
			.toEqual([80, 60]);
		expect(await accessibilityProblems(page)).toEqual([]);
	});

	await test.step('a paper is what its bytes are, not what its name says', async () => {
		await page.goto(`/cases/${caseId}`);
		await screenIsThere(page);
		await choose(page, '加一份文件', { name: 'plan.pdf', buffer: Buffer.from('<html></html>') });
		await expect(page.getByText('這個檔案不是 PDF')).toBeVisible();
		await choose(page, '加一份文件', { name: '出院病摘_北榮.pdf', buffer: PDF });
		await page.getByRole('dialog').getByLabel('種類').selectOption({ label: '出院病摘' });
		await page.getByRole('button', { name: '存文件' }).click();
		await page.getByRole('button', { name: /出院病摘 北榮/ }).click();
		const saved = page.waitForEvent('download');
		await page.getByRole('link', { name: '存到這支手機' }).click();
		expect((await saved).suggestedFilename()).toBe('出院病摘 北榮.pdf');
		expect(await accessibilityProblems(page)).toEqual([]);
	});

	const emergencyId = await test.step('a report in confidence takes a photo with it', async () => {
		await page.goto(`/emergencies/new?case=${caseId}&type=ABUSE`);
		await choose(page, /附照片/, { name: 'c.jpg', buffer: await drawJpeg(page, 200) });
		await expect(page.getByRole('img', { name: '要附的第 1 張照片' })).toBeVisible();
		await page.getByRole('button', { name: '送出通報' }).click();
		await expect(page).toHaveURL(/\/emergencies\/[0-9a-f-]{36}/);
		await expect(page.getByRole('img', { name: '照片', exact: true })).toBeVisible();
		return new URL(page.url()).pathname.split('/').at(-1) ?? '';
	});

	await test.step('all of it arrives whole; the report’s photo only where the report is seen, and without a name', async () => {
		await page.context().setOffline(false);
		await everythingIsSynced(page);
		const supervisor = await databaseAs(baseURL, 'supervisor');
		const arrived = await rowsOf(supervisor, 'attachments', { case_id: caseId });
		expect(arrived.map(({ kind, stored_at }) => [kind, stored_at !== null]).sort()).toEqual([
			['document', true],
			['photo', true],
			['wound', true],
			['wound', true]
		]);
		const [photo] = await rowsOf(supervisor, 'attachments', { emergency_id: emergencyId });
		expect(photo).toMatchObject({ audience: 'restricted', created_by: null, author_name: '' });
		expect(await rowsOf(worker, 'attachments', { emergency_id: emergencyId })).toEqual([]);
		await page.goto(`/emergencies/${emergencyId}`);
		await expect(page.getByText('限閱通報已送達')).toBeVisible();
		await expect(page.getByRole('img', { name: '照片', exact: true })).toHaveCount(0);
	});
});

async function choose(
	page: Page,
	button: string | RegExp,
	{ name, buffer }: { readonly name: string; readonly buffer: Buffer }
): Promise<void> {
	const chooser = page.waitForEvent('filechooser');
	await page.getByRole('button', { name: button }).click();
	const mimeType = name.endsWith('.pdf') ? 'application/pdf' : 'image/jpeg';
	await (await chooser).setFiles({ name, mimeType, buffer });
}
