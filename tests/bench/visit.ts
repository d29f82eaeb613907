/** A follow-up visit recorded at the pace of a hand: how many taps and seconds it takes from Today to the finished visit. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantAt, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { ensureBuilt } from '../../scripts/setup/build.mjs';
import { everythingIsSynced, signIn } from '../fixtures/e2e-demo.ts';
import { freePort } from '../fixtures/postgres-cluster.ts';
import { planFollowUp, recordFollowUp } from '../fixtures/visit-hand.ts';
import { inBrowser, serveDemo } from './app-in-browser.ts';
import { median, type Report } from './figures.ts';
import { Hand, HUMAN } from './hand.ts';

const RUNS = 5;

export async function visit(report: Report): Promise<void> {
	ensureBuilt(process.execPath);
	const dataDir = await mkdtemp(join(tmpdir(), 'connect10-bench-'));
	const profile = await mkdtemp(join(tmpdir(), 'connect10-bench-'));
	const port = await freePort();
	const app = await serveDemo(port, dataDir, 1);
	try {
		const baseURL = `http://localhost:${port}/`;
		const acts: number[] = [];
		const seconds: number[] = [];
		await inBrowser(profile, baseURL, async (page) => {
			await page.goto('/');
			await signIn(page, 'worker');
			for (let run = 0; run < RUNS; run += 1) {
				const { id } = await planFollowUp(baseURL, minuteOf(run));
				await page.goto('/');
				await page.locator(`#content a[href="/visits/${id}"]`).first().waitFor();
				await everythingIsSynced(page);
				const hand = new Hand(HUMAN);
				const startMs = performance.now();
				await recordFollowUp(page, id, hand);
				seconds.push((performance.now() - startMs) / 1000);
				acts.push(hand.acts);
			}
		});
		report({ bench: 'visit', figure: 'follow-up-taps', value: median(acts), unit: 'taps' });
		report({ bench: 'visit', figure: 'follow-up-time', value: median(seconds), unit: 's' });
		report({ bench: 'visit', figure: 'follow-up-worst', value: Math.max(...seconds), unit: 's' });
	} finally {
		app.kill('SIGTERM');
		await once(app, 'exit');
		for (const dir of [profile, dataDir]) {
			await rm(dir, { recursive: true, force: true, maxRetries: 3 });
		}
	}
}

/** Of this morning, one visit after another, so that all stand on Today. */
function minuteOf(run: number): Date {
	return new Date(instantAt(taipeiDay(new Date().toISOString()), `07:0${run}`));
}
