/**
 * A phone that holds 100,000 rows (R15): cold open, a case, a search, a change that arrives, and an entry that is saved, in Chromium at
 * its full speed and at a quarter of it. Peer: the same on the phone as it was before it was filled.
 */
import type { Page } from '@playwright/test';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import { replaceSection, table } from '../../../scripts/reliability/section.ts';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../../fixtures/e2e-demo.ts';
import { inBrowser, onDemo } from '../app-in-browser.ts';
import { median, type Report } from '../figures.ts';
import type { BenchOptions } from '../run.ts';
import {
	commitTimes,
	listenForLine,
	msFromLineTo,
	msFromTap,
	msOfSearch,
	untilIdle,
	untilSent,
	watchCommits
} from './in-page.ts';
import { inflate } from './inflate.ts';

const ROWS = 100_000;
const OPENINGS = 5;
const TRIES = 10;
const MESSAGES = 20;
const SPEEDS = [1, 4] as const;
type Speed = (typeof SPEEDS)[number];

/** What Today is for, on a supervisor's phone. */
const TODAY = '#content a[href^="/emergencies/"], #content a[href^="/visits/"]';
const CASE_LINK = '#content a[href^="/cases/"]:not([href="/cases/new"])';
const CASE_READY = '[role="tabpanel"] :is(dl, h2, li)';

interface Figures {
	open: number;
	case: number;
	search: number;
	delta: number;
	/** One entry while the page has nothing else to do, as people make them. */
	commit: number;
	/** In the midst of twenty, each amid the sync of those before. */
	commitInARow: number;
}

/** Milliseconds that the phone may take with 100,000 rows at a quarter of its speed; a commit also at full speed. */
const TARGETS: Readonly<Record<keyof Figures, string>> = {
	open: '2,500 at ¼ speed',
	case: '200 at ¼ speed',
	search: '50 at ¼ speed',
	delta: '1,000 at ¼ speed',
	commit: '15, and 40 at ¼ speed',
	commitInARow: 'none'
};
const NAMES: Readonly<Record<keyof Figures, string>> = {
	open: 'cold open: Today usable',
	case: 'a case, from the tap',
	search: 'a search, from the letter',
	delta: 'a colleague’s message, from the moment when the line is back',
	commit: 'an entry saved with its outbox entry, p95',
	commitInARow: 'the same, of twenty sent one after the other, p95'
};

export async function phone(
	report: Report,
	{ rows = ROWS, quick, write }: BenchOptions
): Promise<void> {
	await onDemo(1, async ({ baseURL, profile }) => {
		await inBrowser(profile, baseURL, async (page) => {
			await page.goto('/');
			await signIn(page, 'supervisor');
			await everythingIsSynced(page);
			await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
		});
		const measured = new Map<string, Figures>();
		let held = 0;
		for (const size of ['as signed in', 'filled'] as const) {
			held = await inBrowser(profile, baseURL, async (page) => {
				await page.goto('/config.json');
				return await inflate(page, TABLE_NAMES, size === 'filled' ? rows : 0);
			});
			report({ bench: 'phone', figure: `rows-${size}`, value: held, unit: 'rows' });
			for (const speed of SPEEDS)
				measured.set(`${size}/${speed}`, await measure(profile, baseURL, speed, quick));
		}
		const lines = (Object.keys(NAMES) as (keyof Figures)[]).map((figure) => {
			const cells = SPEEDS.map((speed) => {
				const value = measured.get(`filled/${speed}`)![figure];
				const ratio = value / measured.get(`as signed in/${speed}`)![figure];
				report({
					bench: 'phone',
					figure: `${figure}-${speed}x-slower`,
					value,
					unit: 'ms',
					peer: 'as signed in',
					ratio
				});
				return `${value.toFixed(0)} ms (${ratio.toFixed(2)}×)`;
			});
			return [NAMES[figure], ...cells, TARGETS[figure]];
		});
		if (write)
			replaceSection(
				'phone',
				`${held} rows on a supervisor’s phone. In brackets: against the same phone before it was filled.\n\n${table(
					['', 'full speed', '¼ of it', 'target, ms'],
					lines
				)}`,
				'bench.md'
			);
	});
}

async function measure(
	profile: string,
	baseURL: string,
	speed: Speed,
	quick: boolean
): Promise<Figures> {
	const openings: number[] = [];
	for (let run = 0; run < (quick ? 1 : OPENINGS); run += 1)
		openings.push(
			await inBrowser(profile, baseURL, async (page) => {
				await slowDown(page, speed);
				return await msUntil(page, baseURL, TODAY);
			})
		);
	const rest = await inBrowser(profile, baseURL, async (page) => {
		await watchCommits(page);
		await slowDown(page, speed);
		await page.goto('/cases');
		await page.locator(CASE_LINK).first().waitFor();
		const tries = quick ? 2 : TRIES;
		const searches: number[] = [];
		for (let run = 0; run < tries; run += 1)
			searches.push(await msOfSearch(page, ['林', '王', '陳', '阿'][run % 4]!));
		await page.getByRole('searchbox').fill('');
		const cases: number[] = [];
		for (let run = 0; run < tries; run += 1) {
			cases.push(await msFromTap(page, CASE_LINK, CASE_READY));
			await page.goBack();
			await page.getByRole('searchbox').waitFor();
		}
		return {
			search: median(searches),
			case: median(cases),
			delta: await msOfDelta(page, baseURL),
			commit: await msOfCommits(page, quick, settled),
			commitInARow: await msOfCommits(page, quick, none)
		};
	});
	return { open: median(openings), ...rest };
}

async function slowDown(page: Page, speed: Speed): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: speed });
}

async function msUntil(page: Page, url: string, selector: string): Promise<number> {
	await page.goto(url, { waitUntil: 'commit' });
	const seen = await page.waitForFunction(
		(wanted) => document.querySelector(wanted) !== null && performance.now(),
		selector,
		{ polling: 'raf', timeout: 120_000 }
	);
	return Number(await seen.jsonValue());
}

/** A colleague writes while this phone has no line; then it asks, and the message stands there. */
async function msOfDelta(page: Page, baseURL: string): Promise<number> {
	const worker = await databaseAs(baseURL, 'worker');
	const [person] = await rowsOf(worker, 'cases', { name: '林阿嬤' });
	if (!person) throw new Error('The demo has lost 林阿嬤');
	await page.goto(`/messages/${String(person['id'])}?thread=circle`);
	await page.getByRole('textbox').waitFor();
	await page.context().setOffline(true);
	const body = `bench ${crypto.randomUUID()}`;
	const { error } = await worker.from('messages').insert({
		id: crypto.randomUUID(),
		case_id: person['id'],
		audience: 'circle',
		body,
		recorded_at: new Date().toISOString()
	});
	if (error) throw error;
	await listenForLine(page);
	await page.context().setOffline(false);
	return await msFromLineTo(page, body);
}

/** What is waited for before the next entry. */
type Pause = (page: Page, body: string) => Promise<unknown>;

/** Nothing more than that the form takes it. */
const none: Pause = async () => undefined;

/** The server has it, the phone knows, and the page has nothing left to do. */
const settled: Pause = async (page, body) => {
	await page.waitForResponse((answer) => !!answer.request().postData()?.includes(body));
	await everythingIsSynced(page);
	await untilIdle(page);
};

/** The 95th percentile of the entries' transactions. */
async function msOfCommits(page: Page, quick: boolean, pause: Pause): Promise<number> {
	const before = (await commitTimes(page)).length;
	const field = page.getByRole('textbox');
	for (let sent = 0; sent < (quick ? 3 : MESSAGES); sent += 1) {
		const body = `bench ${sent} ${crypto.randomUUID()}`;
		await field.fill(body);
		await untilIdle(page);
		const paused = pause(page, body);
		await field.press('Control+Enter');
		await untilSent(page);
		await paused;
	}
	const times = (await commitTimes(page)).slice(before).sort((a, b) => a - b);
	return times[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
}
