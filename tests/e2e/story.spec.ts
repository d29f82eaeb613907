/** The main job on three phones: a day without signal, a reload and a dead battery in the middle of it, and what everybody else sees afterwards. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import type { SupabaseClient } from '@supabase/supabase-js';
import { databaseAs, everythingIsSynced, rowsOf, signIn, syncStrip } from '../fixtures/e2e-demo.ts';
import { Phone } from '../fixtures/e2e-phone.ts';

const PERSON = '林阿嬤';
const NOTE = '中午胃口不錯，自己走到門口曬太陽';
const SYSTOLIC = 142;
const DIASTOLIC = 84;

/** Nothing on this screen may claim that the server has what is only here. */
async function expectOnlyOnPhone(page: Page): Promise<void> {
	await expect(syncStrip(page)).toContainText(/離線，\d+ 筆待上傳/);
	await expect(page.getByText('已同步')).toHaveCount(0);
	await expect(page.getByText('全部都已送達')).toHaveCount(0);
}

async function expectWritten(page: Page): Promise<void> {
	await expect(page.getByLabel('收縮壓')).toHaveValue(String(SYSTOLIC));
	await expect(page.getByLabel('舒張壓')).toHaveValue(String(DIASTOLIC));
	await expect(page.getByLabel('備註')).toHaveValue(NOTE);
}

/** The id at the end of an address such as `/visits/…`. */
function idOf(page: Page): string {
	const id = new URL(page.url()).pathname.split('/').at(-1);
	if (!id) throw new Error(`${page.url()} names nothing`);
	return id;
}

async function only<Row>(rows: Promise<Row[]>): Promise<Row> {
	const found = await rows;
	expect(found).toHaveLength(1);
	const [row] = found;
	if (row === undefined) throw new Error('There is no such row');
	return row;
}

test('a day without signal reaches the nurse, the supervisor and the family, each only what is theirs', async ({
	browser,
	baseURL
}) => {
	test.setTimeout(480_000);
	if (!baseURL) throw new Error('The configuration names no address');
	const phone = await Phone.make(baseURL);
	const contexts: BrowserContext[] = [];
	const newPage = async () => {
		const context = await browser.newContext();
		contexts.push(context);
		const page = await context.newPage();
		await page.goto('/');
		return page;
	};
	try {
		const supervisor = await databaseAs(baseURL, 'supervisor');
		const person = await only(rowsOf(supervisor, 'cases', { name: PERSON }));
		const caseId = String(person['id']);
		const task = await taskOfWorker(supervisor, baseURL);
		const staffTask = await staffTaskOf(supervisor, caseId);

		let worker = await phone.start('/', { offline: false });
		const nurse = await newPage();
		const family = await newPage();
		await test.step('worker, nurse and family sign in', async () => {
			await signIn(worker, 'worker');
			await everythingIsSynced(worker);
			await signIn(nurse, 'nurse');
			await signIn(family, 'family');
			// The shell must be on the phone before the signal goes.
			await worker.evaluate(() => navigator.serviceWorker.ready.then(() => null));
		});

		await test.step('the signal goes', async () => {
			await phone.setOffline(true);
			await expect(syncStrip(worker)).toContainText('離線');
		});

		await test.step('a reload needs no signal either', async () => {
			await worker.reload();
			await expect(syncStrip(worker)).toContainText('離線');
			await expect(worker.getByText('已同步')).toHaveCount(0);
			const reached = await worker.evaluate(() =>
				fetch('/config.json?offline', { cache: 'no-store' }).then(
					() => true,
					() => false
				)
			);
			expect(reached).toBe(false);
		});

		await test.step('she checks in', async () => {
			const next = worker.getByRole('article', { name: '下一個訪視' }).filter({ hasText: PERSON });
			await next
				.getByRole('link', { name: '開始訪視' })
				.or(worker.locator('a[href^="/visits/"]').filter({ hasText: PERSON }))
				.first()
				.click();
			await worker.getByRole('button', { name: '開始訪視（簽到）' }).click();
			await expect(worker.getByText('訪視中', { exact: true })).toBeVisible();
			await expectOnlyOnPhone(worker);
		});
		const visitId = idOf(worker);

		await test.step('what she writes survives a reload', async () => {
			await worker.getByLabel('收縮壓').fill(String(SYSTOLIC));
			await worker.getByLabel('舒張壓').fill(String(DIASTOLIC));
			await worker.getByLabel('備註').fill(NOTE);
			await expect(worker.getByText('已存在這支手機', { exact: true })).toBeVisible();
			await worker.reload();
			await expectWritten(worker);
		});

		await test.step('and a battery that dies', async () => {
			await phone.kill();
			worker = await phone.start(`/visits/${visitId}`, { offline: true });
			await expect(worker.getByText('訪視中', { exact: true })).toBeVisible();
			await expectWritten(worker);
			await expectOnlyOnPhone(worker);
		});

		await test.step('she saves and checks out', async () => {
			await worker.getByRole('button', { name: '儲存並簽退' }).click();
			await expect(worker.getByText('已完成', { exact: true })).toBeVisible();
			await expect(worker.getByText(`${SYSTOLIC}/${DIASTOLIC}`)).toBeVisible();
			await expect(worker.getByText('在這支手機', { exact: true }).first()).toBeVisible();
			await expectOnlyOnPhone(worker);
		});

		await test.step('she reports a fall in three taps', async () => {
			await worker.getByRole('link', { name: '看完整個案資料' }).click();
			const startedAt = Date.now();
			await worker.getByRole('link', { name: '緊急通報', exact: true }).click();
			await worker.getByRole('button', { name: '跌倒', exact: true }).click();
			await worker.getByRole('button', { name: '送出通報' }).click();
			await expect(worker.getByText(/已存在這支手機，有訊號時會自動送出/)).toBeVisible();
			expect(Date.now() - startedAt).toBeLessThan(20_000);
			await expect(worker.getByText('還沒有人回覆「已知悉」')).toBeVisible();
			const text = await worker.getByRole('link', { name: /用簡訊告訴值班/ }).getAttribute('href');
			expect(text).toMatch(/^sms:0900000110\?&body=/);
			const body = decodeURIComponent(text ?? '');
			expect(body).toContain('跌倒');
			expect(body, 'a text is read by others').not.toContain(PERSON);
			await worker.getByText('現在先做').click();
			await expect(worker.getByText('先不要拉他起來')).toBeVisible();
			await expectOnlyOnPhone(worker);
		});
		const emergencyId = idOf(worker);

		await test.step('she finishes a task of hers', async () => {
			await worker.goto(new URL(`/tasks/${task.id}`, baseURL).href);
			const begin = worker.getByRole('button', { name: '開始做', exact: true });
			const finish = worker.getByRole('button', { name: '完成', exact: true });
			await expect(begin.or(finish).first()).toBeVisible();
			// An accepted task is begun first, then the same button finishes it.
			if (await begin.isVisible()) await begin.click();
			await finish.click();
			await expect(worker.getByText('已完成', { exact: true }).first()).toBeVisible();
			await expect(worker.getByText('待上傳', { exact: true }).first()).toBeVisible();
			await expectOnlyOnPhone(worker);
		});

		await test.step('nobody else knows anything yet', async () => {
			expect(await rowsOf(supervisor, 'emergencies', { id: emergencyId })).toEqual([]);
			expect(await rowsOf(supervisor, 'visit_records', { visit_id: visitId })).toEqual([]);
			await expect(nurse.locator(`a[href="/emergencies/${emergencyId}"]`)).toHaveCount(0);
		});

		await test.step('the signal comes back and everything leaves the phone', async () => {
			await phone.setOffline(false);
			await everythingIsSynced(worker);
			await worker.goto(new URL('/settings/sync', baseURL).href);
			await expect(worker.getByText('沒有待上傳的資料')).toBeVisible();
			await expect(worker.getByText('需要處理')).toHaveCount(0);
		});

		await test.step('the nurse sees the fall without a reload, and says that she knows', async () => {
			await nurse.locator(`a[href="/emergencies/${emergencyId}"]`).click({ timeout: 60_000 });
			await expect(nurse.getByRole('heading', { name: '跌倒' })).toBeVisible();
			await nurse.getByRole('button', { name: '我知道了' }).click();
			await expect(nurse.getByText(/已知悉$/).first()).toBeVisible();
			// To have looked at it takes a second.
			const sightings = () => rowsOf(supervisor, 'sightings', { subject_id: emergencyId });
			await expect.poll(sightings, { timeout: 60_000 }).toMatchObject([{ user_role: 'nurse' }]);
		});

		await test.step('she reads the visit and its blood pressure on the page of the person', async () => {
			await nurse.goto(`/cases/${caseId}?tab=timeline`);
			const visit = nurse.getByRole('listitem').filter({ hasText: NOTE });
			await expect(visit).toContainText(`${SYSTOLIC}/${DIASTOLIC}`);
			await nurse.getByRole('tab', { name: '量測' }).click();
			await expect(nurse.getByRole('region', { name: '血壓', exact: true })).toContainText(
				`${SYSTOLIC}/${DIASTOLIC}`
			);
		});

		await test.step('the worker sees that the nurse has heard', async () => {
			await worker.goto(new URL(`/emergencies/${emergencyId}`, baseURL).href);
			await expect(worker.getByText(/ 已知悉$/).first()).toBeVisible({ timeout: 60_000 });
			await expect(worker.getByText(/已讀：/)).toBeVisible({ timeout: 60_000 });
		});

		await test.step('the family sees both, and nothing of the staff', async () => {
			await family.goto(`/cases/${caseId}?tab=timeline`);
			await expect(family.getByText(NOTE)).toBeVisible({ timeout: 60_000 });
			await family.locator(`a[href="/emergencies/${emergencyId}"]`).first().click();
			await expect(family.getByRole('heading', { name: '跌倒' })).toBeVisible();
			await family.goto(`/messages/${caseId}?thread=staff`);
			await expect(family.getByRole('main')).toBeVisible();
			await expect(family.getByText('只有工作人員看得到')).toHaveCount(0);
			await family.goto(`/tasks/${staffTask.id}`);
			await expect(family.getByText('找不到這個任務')).toBeVisible();
			await expect(family.getByText(staffTask.title)).toHaveCount(0);
		});

		await test.step('the database holds each thing once', async () => {
			const me = await userIdOf(baseURL);
			const visit = await only(rowsOf(supervisor, 'visits', { id: visitId }));
			expect(visit).toMatchObject({ case_id: caseId, status: 'done', worker_id: me });
			const record = await only(rowsOf(supervisor, 'visit_records', { visit_id: visitId }));
			expect(record).toMatchObject({ note: NOTE, created_by: me });
			const pressure = await only(rowsOf(supervisor, 'measurements', { visit_id: visitId }));
			expect(pressure).toMatchObject({ kind: 'blood_pressure', created_by: me });
			expect([Number(pressure['value']), Number(pressure['value2'])]).toEqual([
				SYSTOLIC,
				DIASTOLIC
			]);
			const fall = await only(rowsOf(supervisor, 'emergencies', { id: emergencyId }));
			expect(fall).toMatchObject({
				case_id: caseId,
				incident_type: 'FALL',
				status: 'acknowledged',
				created_by: me
			});
			const action = await only(
				rowsOf(supervisor, 'emergency_actions', { emergency_id: emergencyId })
			);
			expect(action['action']).toBe('acknowledge');
			expect(action['created_by']).not.toBe(me);
			const done = await only(rowsOf(supervisor, 'tasks', { id: task.id }));
			expect(done['status']).toBe('done');
		});

		await test.step('and shows nobody what is not theirs', async () => {
			const outsider = await databaseAs(baseURL, 'outsider');
			expect(await rowsOf(outsider, 'visits', { id: visitId })).toEqual([]);
			expect(await rowsOf(outsider, 'visit_records', { visit_id: visitId })).toEqual([]);
			expect(await rowsOf(outsider, 'measurements', { visit_id: visitId })).toEqual([]);
			expect(await rowsOf(outsider, 'emergencies', { id: emergencyId })).toEqual([]);
			expect(await rowsOf(outsider, 'emergency_actions', { emergency_id: emergencyId })).toEqual(
				[]
			);
			expect(await rowsOf(outsider, 'tasks', { id: task.id })).toEqual([]);

			const relative = await databaseAs(baseURL, 'family');
			await only(rowsOf(relative, 'visit_records', { visit_id: visitId }));
			await only(rowsOf(relative, 'emergencies', { id: emergencyId }));
			for (const table of ['visit_records', 'measurements', 'emergencies', 'tasks', 'messages']) {
				expect(await rowsOf(relative, table, { audience: 'staff' }), table).toEqual([]);
			}
		});
	} finally {
		for (const context of contexts) await context.close();
		await phone.throwAway();
	}
});

interface FoundTask {
	readonly id: string;
	readonly title: string;
}

/** A task that the worker has accepted or begun, so that it is hers to finish. */
async function taskOfWorker(supervisor: SupabaseClient, baseURL: string): Promise<FoundTask> {
	const { data, error } = await supervisor
		.from('tasks')
		.select('id, title')
		.eq('assignee_id', await userIdOf(baseURL))
		.in('status', ['accepted', 'doing'])
		.limit(1)
		.overrideTypes<FoundTask[], { merge: false }>();
	if (error) throw error;
	return await only(Promise.resolve(data));
}

async function staffTaskOf(supervisor: SupabaseClient, caseId: string): Promise<FoundTask> {
	const { data, error } = await supervisor
		.from('tasks')
		.select('id, title')
		.eq('case_id', caseId)
		.eq('audience', 'staff')
		.limit(1)
		.overrideTypes<FoundTask[], { merge: false }>();
	if (error) throw error;
	return await only(Promise.resolve(data));
}

/** The worker's id. */
async function userIdOf(baseURL: string): Promise<string> {
	const worker = await databaseAs(baseURL, 'worker');
	const { data, error } = await worker.auth.getUser();
	if (error) throw error;
	return data.user.id;
}
