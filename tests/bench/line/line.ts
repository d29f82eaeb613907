/**
 * A bad line (400 kbit/s, 400 ms there and back, 2 % of the segments lost): how long after sign-in Today stands there, and how long after
 * the line is back a visit has been synced. Peer: the same on a good line.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seededRandom } from '#lib/server/demo/random.ts';
import { replaceSection, table } from '../../../scripts/reliability/section.ts';
import { ensureBuilt } from '../../../scripts/setup/build.mjs';
import { databaseAs, everythingIsSynced, PASSWORD, rowsOf } from '../../fixtures/e2e-demo.ts';
import { freePort } from '../../fixtures/postgres-cluster.ts';
import { inBrowser, serveDemo } from '../app-in-browser.ts';
import { median, type Report } from '../figures.ts';
import { listenForLine } from '../phone/in-page.ts';
import type { BenchOptions } from '../run.ts';
import { SlowLine, type LineQuality } from './slow-line.ts';

const BAD: LineQuality = { bitsPerSecond: 400_000, roundTripMs: 400, loss: 0.02 };
const GOOD: LineQuality = { bitsPerSecond: 20_000_000, roundTripMs: 30, loss: 0 };
const RUNS = 7;
/** As long as a tap can be undone (ui/toasts), rounded up. */
const UNDO_MS = 10_500;
const SEED = 20261122;

const TODAY = '#content a[href^="/visits/"]';

interface Times {
	today: number;
	visit: number;
}
const NAMES: Readonly<Record<keyof Times, string>> = {
	today: 'Today usable, from the tap on "sign in"',
	visit: 'a visit synced, from the moment when the line is back'
};
const TARGETS: Readonly<Record<keyof Times, string>> = { today: '3,000', visit: '2,000' };

export async function line(report: Report, { quick, write }: BenchOptions): Promise<void> {
	ensureBuilt(process.execPath);
	const dataDir = await mkdtemp(join(tmpdir(), 'connect10-bench-'));
	const appPort = await freePort();
	const app = await serveDemo(appPort, dataDir, 1);
	const random = seededRandom(SEED);
	const slow = new SlowLine(appPort, () => random.next());
	const baseURL = `http://localhost:${await slow.listen()}/`;
	try {
		const visits = await plannedVisits(`http://localhost:${appPort}/`);
		const times = { good: [] as Times[], bad: [] as Times[] };
		for (let run = 0; run < (quick ? 2 : RUNS); run += 1) {
			times.good.push(await measure(slow, baseURL, GOOD, visits.shift()!));
			times.bad.push(await measure(slow, baseURL, BAD, visits.shift()!));
		}
		const rows = (Object.keys(NAMES) as (keyof Times)[]).map((figure) => {
			const of = (list: Times[]) => list.map((each) => each[figure]).sort((a, b) => a - b);
			const value = median(of(times.bad));
			const ratio = value / median(of(times.good));
			report({ bench: 'line', figure, value, unit: 'ms', peer: 'a good line', ratio });
			const worst = of(times.bad).at(-1)!;
			return [
				NAMES[figure],
				`${value.toFixed(0)} ms (${ratio.toFixed(1)}×)`,
				`${worst.toFixed(0)} ms`,
				TARGETS[figure]
			];
		});
		if (write)
			replaceSection(
				'line',
				`Median and worst of ${times.bad.length} runs. In brackets: against a good line (20 Mbit/s, 30 ms, nothing lost).\n\n${table(
					['', 'median', 'worst', 'target, ms'],
					rows
				)}`,
				'bench.md'
			);
	} finally {
		slow.close();
		app.kill('SIGTERM');
		await once(app, 'exit');
		await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
	}
}

/** A phone that knows the app and nobody yet: the shell is there, the data come over the line. */
async function measure(
	slow: SlowLine,
	baseURL: string,
	quality: LineQuality,
	visitId: string
): Promise<Times> {
	const profile = await mkdtemp(join(tmpdir(), 'connect10-bench-'));
	try {
		return await inBrowser(profile, baseURL, async (page) => {
			await page.goto('/');
			await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
			await page.reload();
			await page.locator('input[name="username"]').fill('worker@demo.connect10.tw');
			await page.locator('input[name="password"]').fill(PASSWORD);
			slow.quality = quality;
			const today = await msFromSignInTo(page, TODAY);
			await everythingIsSynced(page);
			const visit = await msOfVisit(page, visitId);
			return { today, visit };
		});
	} finally {
		slow.quality = GOOD;
		await rm(profile, { recursive: true, force: true, maxRetries: 3 });
	}
}

async function msFromSignInTo(page: Page, ready: string): Promise<number> {
	return await page.evaluate(async (ready) => {
		const startMs = performance.now();
		document.querySelector<HTMLElement>('form button[type="submit"]')?.click();
		while (!document.querySelector(ready)) {
			if (performance.now() - startMs > 60_000) throw new Error('Today does not come');
			await new Promise(requestAnimationFrame);
		}
		return performance.now() - startMs;
	}, ready);
}

/** Checked in without a line; from its return until the strip says that everything has been synced. */
async function msOfVisit(page: Page, visitId: string): Promise<number> {
	await page.goto(`/visits/${visitId}`);
	const checkIn = page.getByRole('button', { name: '開始訪視（簽到）' });
	await checkIn.waitFor();
	await page.context().setOffline(true);
	await checkIn.click();
	await page.getByText('訪視中', { exact: true }).waitFor();
	await page
		.getByText(/離線，\d+ 筆待上傳/)
		.first()
		.waitFor();
	// While it can be undone it is not sent, line or not.
	await page.waitForTimeout(UNDO_MS);
	await listenForLine(page);
	await page.context().setOffline(false);
	const synced = await page.waitForFunction(
		() =>
			document.querySelector('section[aria-label="同步"]')?.textContent.includes('已同步') &&
			performance.now(),
		undefined,
		{ polling: 'raf', timeout: 60_000 }
	);
	const onlineAtMs = await page.evaluate(() => Number(Reflect.get(globalThis, 'onlineAtMs')));
	return Number(await synced.jsonValue()) - onlineAtMs;
}

/** Visits of the demo's worker that nobody has begun: one for each run, today's first. */
async function plannedVisits(baseURL: string): Promise<string[]> {
	const worker = await databaseAs(baseURL, 'worker');
	const { data } = await worker.auth.getUser();
	const planned = await rowsOf(worker, 'visits', {
		status: 'planned',
		worker_id: data.user?.id ?? ''
	});
	return planned
		.sort((a, b) => String(a['starts_at']).localeCompare(String(b['starts_at'])))
		.filter(({ starts_at }) => Date.parse(String(starts_at)) > Date.now() - 6 * 3_600_000)
		.map(({ id }) => String(id));
}
