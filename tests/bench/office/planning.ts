/** What the coordinator does with a mouse at 1280 × 800, act by act. */
import { expect, type Locator, type Page } from '@playwright/test';
import { addDays } from '#lib/domain/taiwan-dates.ts';
import { everythingIsSynced } from '../../fixtures/e2e-demo.ts';
import type { Hand } from '../hand.ts';
import type { Agency, Worker } from './agency.ts';

/** By its name, or by what its name begins with. */
const button = (page: Page | Locator, name: string | RegExp) => page.getByRole('button', { name });
const link = (page: Page, name: string | RegExp) =>
	page.getByRole('main').getByRole('link', { name });

/** This week's visits once more next week; who is away leaves visits that nobody has. */
export async function copyWeek(page: Page, hand: Hand): Promise<void> {
	await toBoard(page, hand);
	await hand.tap(link(page, '複製整週班表'));
	await hand.tap(button(page, /^排入 \d+ 次訪視$/));
	await expect(page).toHaveURL(/\/schedule\?/);
}

/** Somebody for what the absences leave, at once and without asking. */
export async function coverAbsences(page: Page, hand: Hand): Promise<void> {
	await hand.tap(link(page, /次訪視需要人手/));
	await hand.tap(button(page, /^一次安排這 \d+ 次$/));
	const sheet = page.getByRole('dialog');
	await hand.tap(sheet.getByText('直接派', { exact: true }).first());
	await hand.tap(button(sheet, /^派出 \d+ 次訪視$/));
	await expect(sheet).toBeHidden();
	await expect(page.getByText('接下來兩週，每次訪視都有人去')).toBeVisible();
}

/** Three visits beside the usual ones: the holiday's evening, two mornings. Each in the cell of who goes and when. */
export async function planNew(
	page: Page,
	hand: Hand,
	{ nextWeek, villages }: Agency
): Promise<void> {
	await toBoard(page, hand, 1);
	const sheet = page.getByRole('dialog');
	for (const [index, [day, time]] of (
		[
			[2, '1830'],
			[0, '0630'],
			[4, '0630']
		] as const
	).entries()) {
		const { people = [], workers = [] } = villages[3] ?? {};
		const cell = page.locator(
			`[data-row="${workers[index]?.id ?? ''}"][data-day="${addDays(nextWeek, day)}"]`
		);
		await cell.scrollIntoViewIfNeeded();
		// What shows the button is the pointer over the cell, on its way to it.
		await cell.hover();
		await hand.tap(cell.locator('[data-plan]'));
		// The line has the focus; Enter ends what is typed into it.
		await hand.write(sheet.getByRole('textbox').first(), `${people[index]?.name ?? ''} ${time}`);
		await expect(sheet).toBeHidden();
	}
}

/** Two visits of one worker go to a colleague of the same village, which the board is filtered by so that both stand in sight. */
export async function moveTwo(page: Page, hand: Hand, agency: Agency): Promise<void> {
	const [, from, to] = agency.villages[2]?.workers ?? [];
	const day = addDays(agency.nextWeek, 1);
	const cell = (worker: Worker | undefined) =>
		page.locator(`[data-row="${worker?.id ?? ''}"][data-day="${day}"]`);
	await hand.fill(page.getByRole('searchbox'), '丙村');
	const elsewhere = page.getByRole('rowheader', {
		name: agency.villages[3]?.workers[0]?.name ?? ''
	});
	await expect(elsewhere).toBeHidden();
	for (let times = 0; times < 2; times += 1) {
		const visit = cell(from).locator('[data-visit]').first();
		const id = (await visit.getAttribute('data-visit')) ?? '';
		await hand.drag(visit, cell(to));
		await expect(cell(to).locator(`[data-visit="${id}"]`)).toBeVisible();
	}
}

/** One worker's week on paper. */
export async function printWeek(page: Page, hand: Hand, { villages }: Agency): Promise<void> {
	await page.evaluate(() => {
		window.print = () => (document.documentElement.dataset['printed'] = 'yes');
	});
	await hand.tap(link(page, '列印週班表'));
	await hand.choose(page.getByLabel('看誰的日程'), {
		label: `${villages[0]?.workers[0]?.name ?? ''}（工作人員）`
	});
	await hand.tap(button(page, '列印'));
	await expect(page.locator('html[data-printed="yes"]')).toBeAttached();
}

/** One is ill on Monday, Tuesday and Wednesday; a colleague is asked for each of the visits. */
export async function fallsIll(
	page: Page,
	hand: Hand,
	{ nextWeek, villages }: Agency
): Promise<void> {
	await toSchedule(page, hand);
	await hand.tap(link(page, '不在的時間'));
	await hand.tap(button(page, '登記不在'));
	const leave = page.getByRole('dialog');
	await hand.choose(leave.getByLabel('誰不在'), {
		label: villages[0]?.workers[0]?.name ?? ''
	});
	await hand.fill(leave.getByLabel(/從哪一天/), nextWeek);
	await hand.fill(leave.getByLabel(/到哪一天/), addDays(nextWeek, 2));
	await hand.tap(button(leave, '登記').last());
	await expect(leave).toBeHidden();
	await hand.tap(link(page, /次訪視需要人手/));
	await hand.tap(button(page, /^一次安排這 \d+ 次$/));
	const all = page.getByRole('dialog');
	await hand.tap(button(all, /^送出 \d+ 個詢問$/));
	await expect(all).toBeHidden();
}

/** Whoever said no is replaced by somebody else, who is asked; whoever does not answer is not asked any more, and another one is sent. */
export async function askAgain(page: Page, hand: Hand, { villages }: Agency): Promise<void> {
	const [, willing, unwilling] = villages[0]?.workers ?? [];
	const declined = page
		.getByRole('listitem')
		.filter({ hasText: '沒辦法去' })
		.filter({ has: button(page, /^看誰可以去|^換別人/) });
	await hand.tap(button(declined, /^看誰可以去|^換別人/));
	const sheet = page.getByRole('dialog');
	await hand.tap(button(sheet, new RegExp(`^問 ${willing?.name ?? ''} `)));
	await expect(sheet).toBeHidden();
	const askNoMore = button(page, new RegExp(`^不再問 ${unwilling?.name ?? ''} `));
	const person = /去 (.+) 家/.exec((await askNoMore.getAttribute('aria-label')) ?? '')?.[1] ?? '';
	await hand.tap(askNoMore);
	await expect(askNoMore).toBeHidden();
	await hand.tap(button(page, new RegExp(`^派 .+ 去 ${person} 家`)).last());
}

/** From wherever one is to the schedule, by the start screen. */
async function toSchedule(page: Page, hand: Hand): Promise<void> {
	await hand.tap(page.getByRole('link', { name: '儀表板' }).first());
	await hand.tap(page.locator('main a[href="/schedule"]').first());
}

/** @param weeksOn how many weeks later than this one */
async function toBoard(page: Page, hand: Hand, weeksOn = 0): Promise<void> {
	await toSchedule(page, hand);
	await hand.tap(page.getByRole('link', { name: '排班表' }));
	for (let week = 0; week < weeksOn; week += 1) await hand.tap(button(page, '後一週'));
	await expect(page.locator('[data-visit]').first()).toBeVisible();
}

export async function signedInAtDesk(page: Page, enter: () => Promise<void>): Promise<void> {
	await page.goto('/');
	await enter();
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
}
