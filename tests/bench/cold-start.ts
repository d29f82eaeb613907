/** A cold start on a phone that knows the app: from navigation to the first visit of Today on the screen, against a bare page. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Page } from '@playwright/test';
import { ensureBuilt } from '../../scripts/setup/build.mjs';
import { everythingIsSynced, signIn } from '../fixtures/e2e-demo.ts';
import { inBrowser, onDemo } from './app-in-browser.ts';
import type { Scale } from './demo-server.ts';
import { median, type Report } from './figures.ts';

const RUNS = 7;
/** What Today is for: the next visit, to be tapped. */
const USABLE = '#content a[href^="/visits/"]';
const BARE_PAGE = `<!doctype html><meta charset="utf-8"><title>-</title><main id="content"><a href="/visits/1">-</a></main>`;

export async function coldStart(report: Report): Promise<void> {
	ensureBuilt(process.execPath);
	const bare = createServer((_request, response) => {
		response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(BARE_PAGE);
	}).listen(0, '127.0.0.1');
	await once(bare, 'listening');
	try {
		const address = bare.address();
		const bareUrl = `http://localhost:${typeof address === 'object' ? address?.port : ''}/`;
		for (const scale of [1, 10] as const) {
			const { today, nothing } = await startsAt(scale, bareUrl);
			const base = median(nothing);
			const value = median(today);
			report({ bench: 'cold-start', figure: `bare-page-${scale}x`, value: base, unit: 'ms' });
			report({
				bench: 'cold-start',
				figure: `today-usable-${scale}x`,
				value,
				unit: 'ms',
				peer: `bare-page-${scale}x`,
				ratio: value / base
			});
		}
	} finally {
		bare.close();
	}
}

/** Milliseconds of each start of Today and of the bare page, in turns, so that both meet the same machine. */
async function startsAt(
	scale: Scale,
	bareUrl: string
): Promise<{ readonly today: number[]; readonly nothing: number[] }> {
	return await onDemo(scale, async ({ baseURL: appUrl, profile }) => {
		await inBrowser(profile, appUrl, async (page) => {
			await page.goto('/');
			await signIn(page, 'worker');
			await everythingIsSynced(page);
			await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
		});
		const today: number[] = [];
		const nothing: number[] = [];
		for (let run = 0; run < RUNS; run += 1) {
			nothing.push(await inBrowser(profile, appUrl, (page) => msUntilUsable(page, bareUrl)));
			today.push(await inBrowser(profile, appUrl, (page) => msUntilUsable(page, appUrl)));
		}
		return { today, nothing };
	});
}

async function msUntilUsable(page: Page, url: string): Promise<number> {
	await page.goto(url, { waitUntil: 'commit' });
	const seen = await page.waitForFunction(
		(selector) => document.querySelector(selector) !== null && performance.now(),
		USABLE,
		{ polling: 'raf', timeout: 60_000 }
	);
	return Number(await seen.jsonValue());
}
