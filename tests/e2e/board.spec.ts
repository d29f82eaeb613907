/** The coordinator's board: one falls ill and her visits are given to others by keyboard; two who plan without signal lose nothing of each other. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import {
	accessibilityProblems,
	follow,
	screenIsThere,
	widthProblems
} from '../fixtures/e2e-screen.ts';

const ILL = '陳怡君';
const inDays = (days: number) =>
	new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10); // in Taipei

async function startUp(page: Page, account: 'supervisor' | 'nurse'): Promise<void> {
	await page.goto('/');
	await signIn(page, account);
	await everythingIsSynced(page);
	// The shell must be on the phone before the signal goes.
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
}

async function saveWhateverClashes(page: Page): Promise<void> {
	const undo = page.getByRole('button', { name: '復原' }).last();
	const anyway = page.getByRole('dialog').getByRole('button', { name: /移動$/ });
	await expect(undo.or(anyway).first()).toBeVisible();
	if (await anyway.isVisible()) await anyway.click();
	await expect(undo).toBeVisible();
}

/** Presses the mouse on one thing and carries it over another of the same row. The button stays down. */
async function carry(page: Page, from: string, to: string): Promise<void> {
	const end = await middleOf(page.locator(to));
	const start = await middleOf(page.locator(from));
	await page.mouse.move(start.x, start.y);
	await page.mouse.down();
	await page.mouse.move(end.x, start.y, { steps: 6 });
}

async function middleOf(target: Locator): Promise<{ readonly x: number; readonly y: number }> {
	await target.scrollIntoViewIfNeeded();
	const box = await target.boundingBox();
	if (!box) throw new Error('What is carried, or where to, is not on the screen');
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('one falls ill: her visits are given to others by keyboard, without signal, and taken back', async ({
	page,
	context
}) => {
	test.setTimeout(300_000);
	await page.setViewportSize({ width: 1280, height: 900 });
	await startUp(page, 'supervisor');
	// Nothing of this reaches the server, where other tests look.
	await context.setOffline(true);
	const day = inDays(1);
	await follow(page, '/schedule/leave');
	await page.getByRole('button', { name: '登記不在' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByLabel('誰不在').selectOption({ label: ILL });
	for (const field of [/從哪一天/, /到哪一天/]) {
		await sheet.getByLabel(field).fill(day);
		await sheet.getByLabel(field).blur();
	}
	await sheet.getByRole('button', { name: '登記', exact: true }).click();
	await expect(sheet).toBeHidden();

	await follow(page, `/schedule/board?day=${day}`);
	await screenIsThere(page);
	const hers = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: ILL }) });
	const herDay = hers.locator(`[data-day="${day}"]`);
	await expect(herDay).toContainText('不在');
	const visits = herDay.locator('[data-visit]');
	await expect(visits.first()).toContainText('衝突');
	expect(await accessibilityProblems(page)).toEqual([]);
	const count = await visits.count();
	const id = await visits.first().getAttribute('data-visit');
	const moved = page.locator(`[data-visit="${id}"]`);

	// Asked, and put back: the keyboard goes on where it was.
	await moved.focus();
	await page.keyboard.press('Enter');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: '放回原處' }).click();
	await expect(moved).toBeFocused();

	// Picked up and put back, nothing has happened; carried to the next row and dropped, it is somebody else's.
	await moved.focus();
	await page.keyboard.press('Enter');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Escape');
	await expect(visits).toHaveCount(count);
	await page.keyboard.press('Space');
	await page.keyboard.press('ArrowDown');
	await expect(page.locator('.sr-only[role="alert"]')).toContainText('明天');
	await page.keyboard.press('Enter');
	await saveWhateverClashes(page);
	await expect(visits).toHaveCount(count - 1);
	await expect(moved).toBeFocused();

	await page.getByRole('button', { name: '復原' }).last().click();
	await expect(visits).toHaveCount(count);

	// With the mouse: a visit of another day carried to the day on which she is ill is a clash that is seen before it is saved.
	const row = `[data-row="${(await herDay.getAttribute('data-row')) ?? ''}"]`;
	const others = page.locator(`${row}:not([data-day="${day}"])`);
	const anotherDay = others.filter({ has: page.locator('.cursor-grab') }).last();
	const from = `${row}[data-day="${(await anotherDay.getAttribute('data-day')) ?? ''}"]`;
	const carriedId = await anotherDay.locator('.cursor-grab').first().getAttribute('data-visit');
	const carried = `[data-visit="${carriedId}"]`;
	await carry(page, `${from} ${carried}`, `${row}[data-day="${day}"]`);
	await expect(herDay.locator('[data-verdict]')).toContainText('衝突');
	await page.mouse.up();
	const before = page.getByRole('dialog', { name: '移動前請看' });
	await expect(before).toContainText('不在');
	await before.getByRole('button', { name: '仍然移動' }).click();
	await expect(herDay.locator(carried)).toBeVisible();
	// It is shown before it is stored, and the undo of the absence may stand there still.
	await expect(page.getByText(/已改為/)).toBeVisible();
	await page.getByRole('button', { name: '復原' }).last().click();
	await expect(page.locator(`${from} ${carried}`)).toBeVisible();
	// Escape takes it out of the mouse's hand.
	await carry(page, `${from} ${carried}`, `${row}[data-day="${day}"]`);
	await page.keyboard.press('Escape');
	await page.mouse.up();
	await expect(page.locator('[data-verdict]')).toHaveCount(0);
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await expect(page.locator(`${from} ${carried}`)).toBeVisible();

	// A new visit behind one that has the focus, by keyboard alone: who, when, Enter; what stands against it is said before.
	const another = (await others.locator('[data-visit]').first().getAttribute('data-visit')) ?? '';
	await page.locator(`[data-visit="${another}"]`).focus();
	await page.keyboard.press('n');
	const cell = page.getByRole('dialog', { name: '加一次訪視' });
	const line = cell.getByLabel('誰、幾點');
	await expect(line).toBeFocused();
	await page.keyboard.type('王叔叔 2115');
	await page.keyboard.press('Enter');
	await expect(cell).toContainText('要留意，仍然可以排入');
	expect(await accessibilityProblems(page)).toEqual([]);
	await line.press('Enter');
	await expect(cell).toBeHidden();
	await expect(page.locator(row).filter({ hasText: '21:15–22:15' })).toContainText('王叔叔');
	await expect(page.locator(`[data-visit="${another}"]`)).toBeFocused();
	await page.getByRole('button', { name: '復原' }).last().click();
	await expect(page.locator(row).filter({ hasText: '21:15–22:15' })).toHaveCount(0);

	// On a phone the board scrolls within itself.
	await page.setViewportSize({ width: 390, height: 844 });
	expect((await widthProblems(page)).filter((each) => each.startsWith('page:'))).toEqual([]);
});

test('two who plan the same visit without signal: who goes is the one’s, when is the other’s', async ({
	browser,
	baseURL
}) => {
	test.setTimeout(300_000);
	const database = await databaseAs(baseURL ?? '', 'supervisor');
	const [person] = await rowsOf(database, 'cases', { name: '林阿嬤' });
	const caseId = String(person?.['id']);
	const visits = await rowsOf(database, 'visits', { case_id: caseId, status: 'planned' });
	const members = await rowsOf(database, 'case_members', { case_id: caseId, role: 'nurse' });
	const visit = visits
		.filter((row) => String(row['starts_at']).slice(0, 10) > inDays(4) && row['series_id'])
		.sort((a, b) => String(a['starts_at']).localeCompare(String(b['starts_at'])))[0];
	const other = members.find(
		(row) => row['user_id'] !== visit?.['worker_id'] && row['ended_at'] === null
	);
	const visitId = String(visit?.['id']);
	const day = new Date(Date.parse(String(visit?.['starts_at'])) + 8 * 3_600_000)
		.toISOString()
		.slice(0, 10);

	const [desk, phone] = [await browser.newContext(), await browser.newContext()];
	const [planner, nurse] = [await desk.newPage(), await phone.newPage()];
	await planner.setViewportSize({ width: 1280, height: 900 });
	await startUp(planner, 'supervisor');
	await startUp(nurse, 'nurse');
	await Promise.all([desk.setOffline(true), phone.setOffline(true)]);

	await follow(planner, `/schedule/board?day=${day}`);
	const chip = planner.locator(`[data-visit="${visitId}"]`);
	const target = planner.locator(`[data-row="${String(other?.['user_id'])}"][data-day="${day}"]`);
	// Who is sent need not stand beside who was: the menu does what the mouse does.
	await chip.click();
	const menu = planner.getByRole('dialog');
	await menu.getByLabel('派給誰').selectOption(String(other?.['user_id']));
	await menu.getByRole('button', { name: '儲存修改' }).click();
	await expect(target.locator(`[data-visit="${visitId}"]`)).toBeVisible();

	await follow(nurse, `/visits/${visitId}`);
	const openChange = async () => {
		await nurse.getByRole('button', { name: '更多動作' }).click();
		await nurse.getByRole('menuitem', { name: '修改訪視' }).click();
	};
	await openChange();
	const change = nurse.getByRole('dialog');
	await change.getByLabel('開始時間').fill('06:10');
	// Put aside, nothing typed is lost.
	await nurse.keyboard.press('Escape');
	await expect(change).toBeHidden();
	await openChange();
	await expect(change).toContainText('已接回上次沒儲存的修改');
	await expect(change.getByLabel('開始時間')).toHaveValue('06:10');
	await change.getByRole('button', { name: '儲存修改' }).click();
	await expect(change).toBeHidden();

	await Promise.all([desk.setOffline(false), phone.setOffline(false)]);
	await everythingIsSynced(planner);
	await everythingIsSynced(nurse);
	const [after] = await rowsOf(database, 'visits', { id: visitId });
	expect(after?.['worker_id']).toBe(other?.['user_id']);
	expect(new Date(String(after?.['starts_at'])).toISOString().slice(11, 16)).toBe('22:10');
	expect(Date.parse(String(after?.['ends_at'])) - Date.parse(String(after?.['starts_at']))).toBe(
		Date.parse(String(visit?.['ends_at'])) - Date.parse(String(visit?.['starts_at']))
	);
	await expect(chip).toContainText('06:10');
	await Promise.all([desk.close(), phone.close()]);
});
