/** Each screen in both languages: nothing for axe to find, nothing wider than the phone, nothing in the console. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { databaseAs, everythingIsSynced, signIn, type DemoAccount } from '../fixtures/e2e-demo.ts';
import { accessibilityProblems, screenIsThere, widthProblems } from '../fixtures/e2e-screen.ts';

const LOCALES = ['zh-TW', 'en'] as const;
const PHONE = { width: 390, height: 844 };
const SMALLEST = { width: 320, height: 640 };

/** The server answers it with 404, which browsers note in the console whatever the app does with it. */
const UNKNOWN_INVITATION = '/join#no-such-invitation';

/** Words in brackets stand for the id of a row about 林阿嬤. */
const ROUTES: readonly { readonly who: DemoAccount | null; readonly paths: readonly string[] }[] = [
	{
		who: 'worker',
		paths: [
			'/',
			'/cases',
			'/cases/[case]',
			'/cases/[case]?tab=timeline',
			'/cases/[case]?tab=vitals',
			'/cases/[case]?tab=circle',
			'/cases/[case]?tab=changes',
			'/schedule',
			'/schedule?span=week',
			'/visits/[visit]',
			'/tasks',
			'/tasks/new',
			'/tasks/[task]',
			'/emergencies',
			'/emergencies/[emergency]',
			'/emergencies/[emergency]?sent=1',
			'/emergencies/new',
			'/emergencies/new?case=[case]',
			'/emergencies/new?case=[case]&type=FALL',
			'/messages',
			'/messages?tab=announcements',
			'/messages?tab=notices',
			'/messages/[case]?thread=circle',
			'/messages/[case]?thread=staff',
			'/settings',
			'/settings/about',
			'/settings/display',
			'/settings/install',
			'/settings/phone',
			'/settings/sign-out',
			'/settings/sync',
			'/visits/nobody-knows-this',
			'/no-such-address'
		]
	},
	{
		who: 'nurse',
		paths: [
			'/',
			'/cases/[case]',
			'/cases/[case]/edit',
			'/cases/[case]/limits',
			'/tasks/new?case=[case]'
		]
	},
	{
		who: 'supervisor',
		paths: [
			'/',
			'/cases/new',
			'/cases/[case]/edit',
			'/emergencies/[emergency]',
			'/messages?tab=announcements',
			'/schedule/new?case=[case]',
			'/settings/import',
			'/settings/invitations?case=[case]',
			'/visits/[visit]'
		]
	},
	{
		who: 'family',
		paths: ['/', '/cases/[case]', '/tasks', '/messages']
	},
	{ who: null, paths: ['/sign-in', '/join', UNKNOWN_INVITATION, '/no-such-address'] }
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
			if (who === null) return;
			for (const [key, id] of await rowsToShow(baseURL ?? '')) ids.set(key, id);
			await signIn(page, who);
			await everythingIsSynced(page);
		});
		test.afterAll(async () => {
			await context.close();
		});

		for (const locale of LOCALES) {
			for (const path of paths) {
				test(`${path} in ${locale}`, async () => {
					said = [];
					await page.setViewportSize(PHONE);
					await page.evaluate((chosen) => {
						localStorage.setItem('PARAGLIDE_LOCALE', chosen);
					}, locale);
					// A hash alone would not load the page again.
					await page.goto('about:blank');
					await page.goto(path.replace(/\[(\w+)\]/g, (_, key: string) => ids.get(key) ?? key));
					await screenIsThere(page);
					await expect(page.locator('html')).toHaveAttribute('lang', locale);

					expect.soft(await accessibilityProblems(page), 'axe').toEqual([]);
					await page.setViewportSize(SMALLEST);
					expect.soft(await widthProblems(page), 'at 320 px').toEqual([]);
					await page.setViewportSize(PHONE);
					await page.evaluate(() => {
						document.documentElement.dataset['textScale'] = '200';
					});
					expect.soft(await widthProblems(page), 'at 390 px, text 200 %').toEqual([]);
					const expected = path === UNKNOWN_INVITATION ? [expect.stringContaining('404')] : [];
					expect(said, 'console').toEqual(expected);
				});
			}
		}
	});
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
