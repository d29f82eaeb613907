/**
 * The planner's board with 40 staff × 14 days × 2,000 visits in Chromium, by keyboard: milliseconds from the key to the frame that
 * shows its answer, for picking a visit up, moving it over a cell, dropping it (stored on the phone, read again, drawn), a filter and
 * the next week.
 */
import type { Page } from '@playwright/test';
import { startOfDay, startOfWeek, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { replaceSection, table } from '../../../scripts/reliability/section.ts';
import { everythingIsSynced, signIn } from '../../fixtures/e2e-demo.ts';
import { inBrowser, onDemo } from '../app-in-browser.ts';
import { median, type Report } from '../figures.ts';
import type { BenchOptions } from '../run.ts';
import { fillBoard } from './fill.ts';
import { msOf } from './in-page.ts';

const STAFF = 40;
/** 25 a week: 50 in two weeks, 2,000 of all. */
const PER_DAY = [4, 4, 4, 4, 3, 3, 3];
const TRIES = 30;

const NAMES = {
	'pick-up': 'a visit picked up',
	over: 'moved over the next cell, with what stands against it',
	drop: 'dropped, and drawn there (it is stored behind it)',
	filter: 'a letter into the filter',
	'next-week': 'a week on'
} as const;
type Figure = keyof typeof NAMES;

export async function board(report: Report, { quick, write }: BenchOptions): Promise<void> {
	await onDemo(1, async ({ baseURL, profile }) => {
		const { visits, times } = await inBrowser(profile, baseURL, async (page) => {
			await page.setViewportSize({ width: 1440, height: 900 });
			await page.goto('/');
			await signIn(page, 'supervisor');
			await everythingIsSynced(page);
			await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
			await page.goto('/config.json');
			const made = await fillBoard(page, {
				staff: STAFF,
				fromAt: startOfDay(startOfWeek(taipeiDay(new Date().toISOString()))),
				perDay: PER_DAY,
				weeks: 2
			});
			// What is filled in is unknown to the server.
			await page.context().setOffline(true);
			return await measure(page, made, quick ? 5 : TRIES);
		});
		report({ bench: 'board', figure: 'visits', value: visits, unit: 'rows' });
		for (const [figure, ms] of times) {
			report({ bench: 'board', figure: `${figure}-p95`, value: p95(ms), unit: 'ms' });
			report({ bench: 'board', figure: `${figure}-median`, value: median(ms), unit: 'ms' });
		}
		if (write)
			replaceSection(
				'board',
				`${visits} visits on the board, ${times.get('drop')?.length ?? 0} tries each.\n\n${table(
					['', 'median', 'p95'],
					[...times].map(([figure, ms]) => [
						NAMES[figure],
						`${median(ms).toFixed(0)} ms`,
						`${p95(ms).toFixed(0)} ms`
					])
				)}`,
				'bench.md'
			);
	});
}

async function measure(
	page: Page,
	made: number,
	tries: number
): Promise<{ readonly visits: number; readonly times: ReadonlyMap<Figure, number[]> }> {
	await page.goto('/schedule/board?weeks=2');
	await page.waitForFunction(
		(count) => document.querySelectorAll('[data-visit]').length >= count,
		made
	);
	// What is out of sight comes when there is time; this time comes after it.
	await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
	const visits = await page.locator('[data-visit]').count();
	const times = new Map<Figure, number[]>();
	const note = async (figure: Figure, ms: Promise<number>) => {
		times.set(figure, [...(times.get(figure) ?? []), await ms]);
	};
	for (let at = 0; at < tries; at += 1) {
		// Of the first of each pair to the second: there the hour is free.
		const visit = await page.evaluate((index) => {
			const rows = [...document.querySelectorAll<HTMLElement>('[role="row"]')].filter((row) =>
				/照服員\d*[13579](?!\d)/.test(
					row.querySelector('[role="rowheader"] span')?.textContent.trim() ?? ''
				)
			);
			const row = rows[index % rows.length];
			const cell = row?.querySelectorAll<HTMLElement>('[data-cell]')[(index * 3) % 14];
			const button = cell?.querySelector<HTMLElement>('[data-visit]');
			button?.focus();
			button?.scrollIntoView({ block: 'center', inline: 'center' });
			return button?.dataset['visit'] ?? '';
		}, at);
		const held = `[data-visit="${visit}"]`;
		await note('pick-up', msOf(page, { key: 'Enter', ready: `${held}[aria-pressed="true"]` }));
		await note('over', msOf(page, { key: 'ArrowDown', ready: '[data-verdict]' }));
		await note(
			'drop',
			msOf(page, { key: 'Enter', ready: `${held}:not([aria-pressed])`, moved: visit })
		);
	}
	for (let at = 0; at < tries; at += 1)
		await note('filter', msOf(page, { type: at % 2 === 0 ? `第${(at % 9) + 1}村` : '' }));
	for (let at = 0; at < tries; at += 1)
		await note('next-week', msOf(page, { click: at % 2 === 0 ? '後一週' : '前一週' }));
	return { visits, times };
}

function p95(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}
