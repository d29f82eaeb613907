/** A follow-up visit recorded at the pace of a hand: how many taps and seconds it takes from Today to the finished visit. */
import { instantAt, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { everythingIsSynced, signIn } from '../fixtures/e2e-demo.ts';
import { planFollowUp, recordFollowUp } from '../fixtures/visit-hand.ts';
import { inBrowser, onDemo } from './app-in-browser.ts';
import { median, type Report } from './figures.ts';
import { Hand, HUMAN } from './hand.ts';

const RUNS = 5;

export async function visit(report: Report): Promise<void> {
	await onDemo(1, async ({ baseURL, profile }) => {
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
	});
}

/** Of this morning, one visit after another, so that all stand on Today. */
function minuteOf(run: number): Date {
	return new Date(instantAt(taipeiDay(new Date().toISOString()), `07:0${run}`));
}
