/** Photos: only with consent, taken without signal, sealed on the phone, sent in pieces, and seen by a colleague on another phone. */
import { expect, test, type Page } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn, syncStrip } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, widthProblems } from '../fixtures/e2e-screen.ts';
import { segmentsOf, withExif } from '../fixtures/jpeg.ts';
import { planFollowUp } from '../fixtures/visit-hand.ts';

test('a photo that is taken without signal is sealed on the phone, loses what the camera wrote beside it, arrives whole, and a nurse sees it on hers', async ({
	page,
	baseURL,
	browser
}) => {
	test.setTimeout(180_000);
	if (!baseURL) throw new Error('The configuration names no address');
	const { id: visitId, caseId } = await planFollowUp(baseURL, new Date());
	const nurse = await databaseAs(baseURL, 'nurse');
	const worker = await databaseAs(baseURL, 'worker');
	for (const { id, withdrawn_at } of await rowsOf(worker, 'case_consents', { case_id: caseId }))
		if (withdrawn_at === null)
			await worker
				.from('case_consents')
				.update({ withdrawn_at: new Date().toISOString() })
				.eq('id', String(id));

	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.context().setOffline(true);
	await page.goto(`/visits/${visitId}`);
	await page.getByRole('button', { name: '開始訪視（簽到）' }).click();

	const photo = withExif(Buffer.from(await drawJpeg(page), 'base64'));
	expect(segmentsOf(photo)).toContain('Exif');

	await test.step('without a consent there is no camera, but the way to the consent', async () => {
		await expect(page.getByText('還沒有拍照的書面同意')).toBeVisible();
		await expect(page.getByRole('button', { name: '加一張照片' })).toHaveCount(0);
		await page.getByRole('button', { name: '記錄拍照同意' }).click();
		await page.getByText('家屬', { exact: true }).click();
		await page.getByRole('button', { name: '儲存', exact: true }).click();
		await expect(page.getByText('請填同意人的姓名。')).toBeVisible();
		await page.getByLabel('同意人姓名').fill('林秀華');
		await page.getByRole('button', { name: '儲存', exact: true }).click();
		await expect(page.getByRole('button', { name: '加一張照片' })).toBeVisible();
	});

	await test.step('what is no picture is refused in words', async () => {
		await choose(page, { name: 'a.heic', mimeType: 'image/heic', buffer: Buffer.from('none') });
		await expect(page.getByText('這個檔案不是照片，或這支手機打不開。')).toBeVisible();
	});

	await test.step('a wound asks where it is', async () => {
		await choose(page, { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: photo });
		await page.getByText('傷口', { exact: true }).click();
		await page.getByRole('button', { name: '存照片' }).click();
		await expect(page.getByText('請選傷口部位')).toBeVisible();
		await page.getByLabel('傷口部位').selectOption({ label: '薦骨（尾椎）' });
		await page.getByLabel('照片說明').fill('約 2 公分');
		expect(await accessibilityProblems(page)).toEqual([]);
		expect(await widthProblems(page)).toEqual([]);
		await page.getByRole('button', { name: '存照片' }).click();
		await expect(page.getByRole('img', { name: '傷口・薦骨（尾椎）・約 2 公分' })).toBeVisible();
	});

	await test.step('what the message about it covers can be scrolled out from under it', async () => {
		const message = page.getByText('照片已存在這支手機');
		await expect(message).toBeVisible();
		await page.locator('#content').evaluate((content) => content.scrollTo(0, content.scrollHeight));
		const more = await page.getByRole('button', { name: '加一張照片' }).boundingBox();
		const covered = await message.boundingBox();
		expect(more!.y + more!.height).toBeLessThanOrEqual(covered!.y);
	});

	await test.step('on the phone it is sealed, under a key that no script can read, and stands a reload', async () => {
		expect(await sealedOnPhone(page)).toEqual({ count: 2, plain: 0, extractable: false });
		await page.reload();
		await expect(page.getByRole('img', { name: '傷口・薦骨（尾椎）・約 2 公分' })).toBeVisible();
		await expect(syncStrip(page)).toContainText('離線');
	});

	await test.step('it arrives whole, small, and bare', async () => {
		await page.context().setOffline(false);
		await everythingIsSynced(page);
		const [row] = await rowsOf(nurse, 'attachments', { visit_id: visitId });
		expect(row).toMatchObject({ kind: 'wound', body_site: 'sacrum', caption: '約 2 公分' });
		expect(row?.['stored_at']).not.toBeNull();
		const full = await bytesOf(nurse, String(row?.['id']), 'full');
		const thumb = await bytesOf(nurse, String(row?.['id']), 'thumb');
		expect(full.length).toBe(row?.['byte_size']);
		expect(full.length).toBeLessThanOrEqual(300_000);
		expect(thumb.length).toBeLessThanOrEqual(20_000);
		for (const bytes of [full, thumb]) {
			expect(bytes.includes('Exif')).toBe(false);
			expect(bytes.includes('GPS-24.1')).toBe(false);
			expect(segmentsOf(bytes)).not.toContain('Exif');
		}
		expect(Math.max(Number(row?.['width']), Number(row?.['height']))).toBe(1600);
	});

	await test.step('the nurse sees it on another phone, and again without signal', async () => {
		const context = await browser.newContext({ baseURL });
		const other = await context.newPage();
		await other.goto('/');
		await signIn(other, 'nurse');
		await everythingIsSynced(other);
		await other.goto(`/visits/${visitId}`);
		const small = other.getByRole('button', { name: /傷口・薦骨（尾椎）・約 2 公分/ });
		await small.click();
		const whole = other.getByRole('dialog').getByRole('img');
		await expect(whole).toBeVisible();
		expect(await whole.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
			1000
		);
		expect(await accessibilityProblems(other)).toEqual([]);
		expect(await widthProblems(other)).toEqual([]);
		const before = (await whole.boundingBox())?.width ?? 0;
		await other.getByRole('button', { name: '放大' }).click();
		expect((await whole.boundingBox())?.width).toBeCloseTo(2 * before, -1);
		await other.evaluate(() => navigator.serviceWorker.ready);
		await context.setOffline(true);
		await other.reload();
		await small.click();
		await expect(whole).toBeVisible();
		await context.close();
	});
});

async function choose(
	page: Page,
	file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }
): Promise<void> {
	const chooser = page.waitForEvent('filechooser');
	await page.getByRole('button', { name: '加一張照片' }).click();
	await (await chooser).setFiles(file);
}

/** A large picture that compresses badly, as a camera's does; in base64. */
async function drawJpeg(page: Page): Promise<string> {
	return await page.evaluate(() => {
		const canvas = document.createElement('canvas');
		canvas.width = 3000;
		canvas.height = 2000;
		const context = canvas.getContext('2d');
		if (!context) throw new Error('no canvas');
		for (let each = 0; each < 4000; each++) {
			context.fillStyle = `hsl(${(each * 37) % 360} 60% ${30 + ((each * 13) % 50)}%)`;
			context.fillRect((each * 97) % 3000, (each * 61) % 2000, 60, 45);
		}
		return canvas.toDataURL('image/jpeg', 0.95).split(',')[1] ?? '';
	});
}

async function bytesOf(
	database: Awaited<ReturnType<typeof databaseAs>>,
	id: string,
	variant: string
): Promise<Buffer> {
	const parts: Buffer[] = [];
	for (let start = 0; ;) {
		const { data, error } = await database.rpc('read_pieces', { request: { id, variant, start } });
		if (error) throw error;
		const { bytes } = data as { bytes: string | null };
		if (bytes === null) return Buffer.concat(parts);
		const part = Buffer.from(bytes, 'base64');
		parts.push(part);
		start += part.length;
	}
}

/** What stands in the browser's own database. */
async function sealedOnPhone(page: Page): Promise<unknown> {
	return await page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
			});
		const name = (await indexedDB.databases()).find((each) =>
			/^connect10-[0-9a-f]{8}-/.test(each.name ?? '')
		)?.name;
		const db = await done(indexedDB.open(name ?? ''));
		const stores = db.transaction(['blobs', 'keys']);
		const blobs = (await done(stores.objectStore('blobs').getAll())) as { sealed: ArrayBuffer }[];
		const keys = (await done(stores.objectStore('keys').getAll())) as { key: CryptoKey }[];
		db.close();
		const plain = blobs.filter(({ sealed }) => {
			const [first, second] = new Uint8Array(sealed);
			return first === 0xff && second === 0xd8;
		});
		return { count: blobs.length, plain: plain.length, extractable: keys[0]?.key.extractable };
	});
}
