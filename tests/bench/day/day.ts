/**
 * The scripted day of one care worker: seven visits in three villages, four of them without signal, at the pace of a hand. Taps and
 * seconds of each visit and of the day, and whether the server has all of it after the last sync.
 */
import { expect, type Page } from '@playwright/test';
import { replaceSection, table } from '../../../scripts/reliability/section.ts';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../../fixtures/e2e-demo.ts';
import { inBrowser, onDemo } from '../app-in-browser.ts';
import type { Report } from '../figures.ts';
import { Hand, HUMAN } from '../hand.ts';
import type { BenchOptions } from '../run.ts';
import { planDay, type Stop } from './villages.ts';

interface Measured {
	readonly stop: Stop;
	readonly taps: number;
	readonly seconds: number;
	readonly handSeconds: number;
}

export async function day(report: Report, { write }: BenchOptions): Promise<void> {
	await onDemo(1, async ({ baseURL, profile }) => {
		const stops = await planDay(baseURL);
		const { visits, syncSeconds } = await inBrowser(profile, baseURL, (page) => play(page, stops));
		await serverHasAll(baseURL, stops);
		for (const [index, { taps, seconds }] of visits.entries()) {
			report({ bench: 'day', figure: `visit-${index + 1}-taps`, value: taps, unit: 'taps' });
			report({ bench: 'day', figure: `visit-${index + 1}-time`, value: seconds, unit: 's' });
		}
		const total = sum(visits);
		report({ bench: 'day', figure: 'day-taps', value: total.taps, unit: 'taps' });
		report({ bench: 'day', figure: 'day-time', value: total.seconds, unit: 's' });
		report({ bench: 'day', figure: 'last-sync', value: syncSeconds, unit: 's' });
		if (write) replaceSection('day', written(visits, syncSeconds), 'bench.md');
	});
}

async function play(
	page: Page,
	stops: readonly Stop[]
): Promise<{ readonly visits: readonly Measured[]; readonly syncSeconds: number }> {
	await page.goto('/');
	await signIn(page, 'worker');
	await everythingIsSynced(page);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	const visits: Measured[] = [];
	for (const stop of stops) {
		await page.context().setOffline(!stop.hasSignal);
		const hand = new Hand(HUMAN);
		const startMs = performance.now();
		await makeVisit(page, stop, hand);
		const seconds = (performance.now() - startMs) / 1000;
		visits.push({ stop, taps: hand.acts, seconds, handSeconds: hand.restedMs / 1000 });
		// The way to the next door is not the app's: back on Today before it is counted.
		await page.getByRole('link', { name: '儀表板' }).first().click();
	}
	const lastMs = performance.now();
	await everythingIsSynced(page);
	return { visits, syncSeconds: (performance.now() - lastMs) / 1000 };
}

/** From Today, where the visit stands, to the finished visit. */
async function makeVisit(page: Page, stop: Stop, hand: Hand): Promise<void> {
	const onToday = page.locator(`#content a[href="/visits/${stop.visitId}"]`).first();
	await hand.tap(onToday);
	if (stop.meets === 'nobody') {
		await hand.tap(page.getByRole('button', { name: '沒有人應門' }));
		await expect(page.getByText('先打電話給本人和家屬')).toBeVisible();
		return;
	}
	await hand.tap(page.getByRole('button', { name: '開始訪視（簽到）' }));
	if (stop.meets === 'vitals') {
		await hand.enter(page.getByLabel('收縮壓'), '128');
		await hand.enter(page.getByLabel('舒張壓'), '76');
		await hand.enter(page.getByLabel('脈搏'), '72');
	}
	if (stop.meets === 'red') {
		await hand.enter(page.getByLabel('收縮壓'), '192');
		await hand.enter(page.getByLabel('舒張壓'), '104');
		await hand.tap(page.getByRole('button', { name: '立即通報' }));
		await hand.tap(page.getByRole('button', { name: '送出通報' }));
		await expect(page.getByText(/192\/104 mmHg/).first()).toBeVisible();
		await hand.tap(page.getByRole('link', { name: '儀表板' }).first());
		await hand.tap(onToday);
	}
	await hand.tap(page.getByRole('button', { name: /沒填的都和上次一樣/ }));
	await hand.tap(page.getByRole('button', { name: '儲存並簽退' }));
	await expect(page.getByText('已完成', { exact: true })).toBeVisible();
}

/** What was done reached the server, each once. @throws when anything is missing */
async function serverHasAll(baseURL: string, stops: readonly Stop[]): Promise<void> {
	const office = await databaseAs(baseURL, 'supervisor');
	for (const { visitId, caseId, meets, name } of stops) {
		const [visit] = await rowsOf(office, 'visits', { id: visitId });
		const counts = {
			status: visit?.['status'],
			records: (await rowsOf(office, 'visit_records', { visit_id: visitId })).length,
			measurements: (await rowsOf(office, 'measurements', { visit_id: visitId })).length,
			emergencies: (await rowsOf(office, 'emergencies', { case_id: caseId })).length
		};
		const isNobody = meets === 'nobody';
		expect(counts, name).toEqual({
			status: isNobody ? 'no_answer' : 'done',
			records: isNobody ? 0 : 1,
			measurements: { plain: 0, nobody: 0, vitals: 2, red: 1 }[meets],
			emergencies: meets === 'red' ? 1 : 0
		});
	}
}

function sum(visits: readonly Measured[]) {
	const of = (part: 'taps' | 'seconds' | 'handSeconds') =>
		visits.reduce((all, visit) => all + visit[part], 0);
	return { taps: of('taps'), seconds: of('seconds'), handSeconds: of('handSeconds') };
}

const MEETS: Readonly<Record<Stop['meets'], string>> = {
	plain: 'record',
	vitals: 'record, blood pressure, pulse',
	nobody: 'nobody answers',
	red: 'blood pressure 192/104, emergency report, record'
};
const VILLAGES = ['甲村', '乙村', '丙村'];

function written(visits: readonly Measured[], syncSeconds: number): string {
	const rows = visits.map(({ stop, taps, seconds, handSeconds }, index) => [
		index + 1,
		VILLAGES.indexOf(stop.village) + 1,
		stop.hasSignal ? 'yes' : 'no',
		MEETS[stop.meets],
		taps,
		seconds.toFixed(1),
		handSeconds.toFixed(1)
	]);
	const all = sum(visits);
	rows.push(['', '', '', 'the day', all.taps, all.seconds.toFixed(1), all.handSeconds.toFixed(1)]);
	return `${table(['visit', 'village', 'signal', 'what', 'taps and fields', 'seconds', 'of them the hand'], rows)}\n\nAfter the last visit nothing waited ${syncSeconds.toFixed(1)} s later, and the server had every visit, record, value and the report, each once.`;
}
