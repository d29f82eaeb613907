/** Somebody is told of a fall on a phone whose app is closed: turned on, tested, reported, sent, shown, known to have been shown, answered offline. */
import { expect, test } from '@playwright/test';
import { uuidV7 } from '#lib/domain/ids.ts';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import {
	Delivery,
	endpointOf,
	loseSubscription,
	noticesOn,
	startPushService,
	subscribeAt
} from '../fixtures/e2e-push.ts';
import { accessibilityProblems, widthProblems } from '../fixtures/e2e-screen.ts';
import { TICK_SECRET, type PushService } from '../fixtures/push-service.ts';

let service: PushService;
test.beforeAll(async () => {
	service = await startPushService();
});
test.afterAll(async () => {
	expect(service.faults).toEqual([]);
	await service.stop();
});

test('a nurse turns notices on, tests them, and answers a fall from the notice, without signal', async ({
	page,
	context,
	baseURL
}) => {
	if (!baseURL) throw new Error('The configuration names no address');
	await context.grantPermissions([], { origin: baseURL });
	await subscribeAt(service, page);
	await page.goto('/');
	await signIn(page, 'nurse');
	await everythingIsSynced(page);
	const main = page.getByRole('main');
	const roundsFor = async (secrets: readonly string[]) =>
		await Promise.all(
			secrets.map(async (secret) => {
				const headers = { authorization: `Bearer ${secret}` };
				return (await page.request.post('/internal/tick', { headers })).status();
			})
		);
	await expect(page.getByText('這支手機還不會響')).toBeVisible();
	await page.getByRole('link', { name: '開啟通知' }).click();
	await expect(main).toContainText('這支手機會跳出通知');
	await context.grantPermissions(['notifications'], { origin: baseURL });
	await page.reload();
	await page.getByRole('button', { name: '在這支手機開啟通知' }).click();
	await expect(main).toContainText('這支手機的通知已開啟');
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthProblems(page)).toEqual([]);

	const phone = await Delivery.to(page);
	await page.getByRole('button', { name: '送一則測試通知' }).click();
	await phone.deliver((await service.about('"kind":"test"')).payload);
	await expect(main).toContainText('手機已跳出通知', { timeout: 20_000 });
	expect((await noticesOn(page)).map(({ title }) => title)).toEqual(['測試通知']);

	// The browser loses its address without a word; the next start of the app has a new one, and the server knows it.
	const [worker, nurse] = await Promise.all([
		databaseAs(baseURL, 'worker'),
		databaseAs(baseURL, 'nurse')
	]);
	await loseSubscription(page);
	await page.goto('/');
	await expect
		.poll(async () => {
			const endpoint = await endpointOf(page);
			const { data } = await nurse.rpc('push_check', { request: { endpoint } });
			return endpoint !== null && data;
		})
		.toMatchObject({ known: true });

	// The app is closed; 林阿嬤 falls.
	await page.goto('about:blank');
	const [person] = await rowsOf(worker, 'cases', { name: '林阿嬤' });
	const id = uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
	const now = new Date().toISOString();
	const reported = await worker.from('emergencies').insert({
		id,
		case_id: String(person?.['id']),
		severity: 'red',
		incident_type: 'FALL',
		occurred_at: now,
		recorded_at: now
	});
	expect(reported.error).toBeNull();
	// A clock from outside asks, and need not wait for the engine's own.
	expect(await roundsFor([TICK_SECRET, 'another', TICK_SECRET])).toEqual([200, 401, 200]);
	const { payload: sent } = await service.about(id);
	expect(service.messages.filter(({ payload }) => payload.includes(id))).toHaveLength(1);
	expect(sent).not.toMatch(/林|阿嬤|跌/);
	await phone.deliver(sent);
	const receipt = async () => {
		const mine = await nurse.auth.getUser();
		const rows = await rowsOf(nurse, 'emergency_receipts', {
			emergency_id: id,
			user_id: mine.data.user?.id ?? ''
		});
		return rows.map(({ channel, state }) => `${String(channel)} ${String(state)}`);
	};
	await expect.poll(receipt, { timeout: 20_000 }).toContain('push shown');

	// The next one finds the report on the phone.
	await page.goto('/');
	await expect(page.locator(`a[href="/emergencies/${id}"]`).first()).toBeVisible();
	await phone.deliver(sent);
	await expect
		.poll(async () => (await noticesOn(page)).map(({ body }) => body))
		.toContainEqual(expect.stringMatching(/^林○○ 跌倒/));

	// A browser's notice cannot be tapped from here: this is where the tap leads (tests/unit/service-worker).
	await context.setOffline(true);
	await page.goto(`/emergencies/${id}?ask=act`);
	const sheet = page.getByRole('dialog');
	await expect(sheet).toContainText('我來處理');
	await sheet.getByRole('button', { name: '約 10 分鐘到' }).click();
	await expect(sheet).toBeHidden();
	await context.setOffline(false);
	await everythingIsSynced(page);
	const actions = await rowsOf(nurse, 'emergency_actions', { emergency_id: id });
	expect(actions.map(({ action }) => action)).toEqual(['act']);
});
