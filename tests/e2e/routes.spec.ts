/**
 * Each screen in both languages: nothing for axe to find, nothing wider than the phone, no word cut in two, nothing in the console.
 * One page for each account goes from screen to screen by links; that an address also opens by itself is in pwa.spec.ts and story.spec.ts.
 */
import { expect, test, type BrowserContext, type Locator, type Page } from '@playwright/test';
import {
	databaseAs,
	everythingIsSynced,
	PASSWORD,
	signIn,
	type DemoAccount
} from '../fixtures/e2e-demo.ts';
import {
	accessibilityProblems,
	brokenWords,
	follow,
	screenIsThere,
	widthProblems
} from '../fixtures/e2e-screen.ts';

const LOCALES = ['zh-TW', 'en'] as const;
const PHONE = { width: 390, height: 844 };
const SMALLEST = { width: 320, height: 640 };

/** The server answers it with 404, which browsers note in the console whatever the app does with it. */
const UNKNOWN_INVITATION = '/join#no-such-invitation';
const UNKNOWN_HANDOVER = '/cases/receive#no-such-handover';

/** No link of the app leads there, so that it is always loaded. */
const UNKNOWN_ADDRESS = '/no-such-address';

/** A table of days: it scrolls sideways within itself, the page does not. */
const TABLE_OF_DAYS = '/schedule/board';

/** The screen that a lock leaves behind; it has no address of its own. */
const LOCKED = 'the lock screen';

/** Words in brackets stand for the id of a row about 林阿嬤. */
const ROUTES: readonly { readonly who: DemoAccount | null; readonly paths: readonly string[] }[] = [
	{
		who: 'worker',
		paths: [
			'/',
			'/cases',
			'/cases/[case]',
			'/cases/[case]?tab=care',
			'/cases/[case]?tab=timeline',
			'/cases/[case]?tab=vitals',
			'/cases/[case]?tab=circle',
			'/cases/[case]?tab=changes',
			'/cases/[case]/pressure',
			'/schedule',
			'/schedule?span=week',
			'/schedule/leave',
			'/schedule/print',
			'/visits/[visit]',
			'/tasks',
			'/tasks/new',
			'/tasks/[task]',
			'/tasks/series',
			'/emergencies',
			'/emergencies/[emergency]',
			'/emergencies/[emergency]?sent=1',
			'/emergencies/new',
			'/emergencies/new?case=[case]',
			'/emergencies/new?case=[case]&type=FALL',
			'/messages',
			'/messages?tab=announcements',
			'/questions',
			'/questions/new?case=[case]',
			'/reviews',
			'/messages?tab=notices',
			'/messages/[case]?thread=circle',
			'/messages/[case]?thread=staff',
			'/settings',
			'/settings/about',
			'/settings/display',
			'/settings/install',
			'/settings/my-calendar',
			'/settings/notices',
			'/settings/phone',
			'/settings/sign-out',
			'/settings/sync',
			'/visits/nobody-knows-this',
			UNKNOWN_ADDRESS,
			LOCKED
		]
	},
	{
		who: 'nurse',
		paths: [
			'/',
			'/cases/[case]',
			'/cases/[case]/edit',
			'/cases/[case]/handovers',
			'/cases/[case]/handovers/new',
			'/cases/[case]/limits',
			'/cases/[case]/wounds',
			'/tasks/new?case=[case]'
		]
	},
	{
		who: 'supervisor',
		paths: [
			'/',
			'/cases/new',
			'/cases/[case]/edit',
			'/cases/[case]/hand-over',
			'/emergencies/[emergency]',
			'/messages?tab=announcements',
			'/reviews',
			'/schedule/copy',
			TABLE_OF_DAYS,
			'/schedule/cover',
			'/schedule/new?case=[case]',
			'/schedule/series',
			'/settings/calendar',
			'/settings/duty',
			'/settings/import',
			'/settings/invitations?case=[case]',
			'/settings/ladders',
			'/settings/ladders?case=[case]',
			'/settings/refused',
			'/settings/task-rules',
			'/settings/task-templates',
			UNKNOWN_HANDOVER,
			'/visits/[visit]'
		]
	},
	{
		who: 'family',
		paths: ['/', '/cases/[case]', '/tasks', '/messages']
	},
	{ who: null, paths: ['/sign-in', '/join', UNKNOWN_INVITATION, UNKNOWN_ADDRESS] }
];

for (const { who, paths } of ROUTES) {
	test.describe(who ?? 'nobody signed in', () => {
		let context: BrowserContext;
		let page: Page;
		let said: string[] = [];
		const ids = new Map<string, string>();

		test.beforeAll(async ({ browser, baseURL }) => {
			test.setTimeout(300_000);
			context = await browser.newContext();
			page = await context.newPage();
			page.on('console', (message) => {
				if (message.type() === 'error') said.push(message.text());
			});
			page.on('pageerror', (error) => said.push(String(error)));
			await page.goto('/');
			// An address that nobody knows is answered by the app, not by the server, once the app is on the phone.
			await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
			if (who === null) return;
			for (const [key, id] of await rowsToShow(baseURL ?? '')) ids.set(key, id);
			await signIn(page, who);
			await everythingIsSynced(page);
		});
		test.afterAll(async () => {
			await context.close();
		});

		/** Shows what stands for it in the list, in the way in which a person comes there. */
		async function show(path: string): Promise<void> {
			const address = path.replace(/\[(\w+)\]/g, (_, key: string) => ids.get(key) ?? key);
			if (path === LOCKED) {
				await follow(page, '/settings');
				await page.getByRole('button', { name: /^(上鎖|Lock)/ }).click();
				await expect(page).toHaveURL(/\/sign-in/);
			} else if (who === null || path === UNKNOWN_ADDRESS) {
				// A hash alone would not load the page again.
				await page.goto('about:blank');
				await page.goto(address);
			} else {
				await follow(page, address);
			}
			await screenIsThere(page);
		}

		async function tooWide(path: string): Promise<string[]> {
			const problems = await widthProblems(page);
			return problems.filter((each) => path !== TABLE_OF_DAYS || each.startsWith('page:'));
		}

		for (const locale of LOCALES) {
			test.describe(locale, () => {
				test.beforeAll(async () => {
					await page.goto('/');
					await page.evaluate((chosen) => {
						localStorage.setItem('PARAGLIDE_LOCALE', chosen);
					}, locale);
					await page.reload();
					await screenIsThere(page);
					await expect(page.locator('html')).toHaveAttribute('lang', locale);
				});

				for (const path of paths) {
					test(`${path} in ${locale}`, async () => {
						said = [];
						await page.setViewportSize(PHONE);
						await show(path);

						expect.soft(await accessibilityProblems(page), 'axe').toEqual([]);
						await setTextScale(page, '200');
						expect.soft(await tooWide(path), 'at 390 px, text 200 %').toEqual([]);
						expect.soft(await brokenWords(page), 'at 390 px, text 200 %').toEqual([]);
						await setTextScale(page, '100');
						await page.setViewportSize(SMALLEST);
						expect.soft(await tooWide(path), 'at 320 px').toEqual([]);
						expect.soft(await brokenWords(page), 'at 320 px').toEqual([]);
						const isUnknown = path === UNKNOWN_INVITATION || path === UNKNOWN_HANDOVER;
						const expected = isUnknown ? [expect.stringContaining('404')] : [];
						expect(said, 'console').toEqual(expected);
						if (path === LOCKED) await unlock(page);
					});
				}
			});
		}

		if (who === 'supervisor') {
			test('a framed button in the head of a wide screen ends where the content ends', async () => {
				await page.setViewportSize({ width: 1280, height: 800 });
				await follow(page, '/');
				const button = page.locator('header a[href="/emergencies/new"]:visible');
				const rightEdge = async (element: Locator) => {
					const box = await element.boundingBox();
					return Math.round((box?.x ?? 0) + (box?.width ?? 0));
				};
				const content = page.locator('main > div > div').first();
				expect(await rightEdge(button)).toBe(await rightEdge(content));
			});
		}
	});
}

test('who wants less motion sees none: what changes is at its end at once', async ({ page }) => {
	await page.goto('/sign-in');
	await screenIsThere(page);
	const moving = await page.evaluate(() => {
		document.documentElement.dataset['textScale'] = '200';
		return document.getAnimations().length;
	});
	expect(moving).toBe(0);
});

async function setTextScale(page: Page, scale: '100' | '200'): Promise<void> {
	await page.evaluate((chosen) => {
		document.documentElement.dataset['textScale'] = chosen;
	}, scale);
}

async function unlock(page: Page): Promise<void> {
	await page.locator('input[name="password"]').fill(PASSWORD);
	await page.locator('form button[type="submit"]').click();
	await expect(page).not.toHaveURL(/\/sign-in/);
}

/** Ids of 林阿嬤 and of a row of each kind about her, by the words that stand for them in the addresses. */
async function rowsToShow(baseURL: string): Promise<Map<string, string>> {
	const database = await databaseAs(baseURL, 'supervisor');
	const ids = new Map<string, string>();
	ids.set('case', await first('cases', 'name', '林阿嬤'));
	for (const [key, table] of [
		['visit', 'visits'],
		['task', 'tasks'],
		['emergency', 'emergencies']
	] as const) {
		ids.set(key, await first(table, 'case_id', ids.get('case') ?? ''));
	}
	return ids;

	async function first(table: string, column: string, value: string): Promise<string> {
		const { data, error } = await database
			.from(table)
			.select('id')
			.eq(column, value)
			// The newest is the one that every phone holds.
			.order('relevant_at', { ascending: false })
			.limit(1)
			.single<{ id: string }>();
		if (error) throw error;
		return data.id;
	}
}
