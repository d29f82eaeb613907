/**
 * The scripted day of one coordinator: next week is planned for twelve workers, then one of them falls ill. Acts and seconds of each part at
 * the pace of a hand, and whether in the end the server has a worker for every visit, and nobody in two places.
 */
import { expect, type Page } from '@playwright/test';
import { clashesOf, type KnownVisit } from '#lib/domain/clashes.ts';
import { addDays, startOfDay } from '#lib/domain/taiwan-dates.ts';
import { replaceSection, table } from '../../../scripts/reliability/section.ts';
import { everythingIsSynced, signIn } from '../../fixtures/e2e-demo.ts';
import { DESK, inBrowser, onDemo } from '../app-in-browser.ts';
import type { Report } from '../figures.ts';
import { Hand, HUMAN } from '../hand.ts';
import type { BenchOptions } from '../run.ts';
import { makeAgency, type Agency } from './agency.ts';
import { Colleague } from './colleagues.ts';
import {
	askAgain,
	copyWeek,
	coverAbsences,
	fallsIll,
	moveTwo,
	planNew,
	printWeek,
	signedInAtDesk
} from './planning.ts';

interface Measured {
	readonly what: string;
	readonly taps: number;
	readonly seconds: number;
	readonly handSeconds: number;
}

/** The ill worker's visits in three days. */
const ASKED = 9;

export async function office(report: Report, { write }: BenchOptions): Promise<void> {
	await onDemo(1, async ({ baseURL, profile }) => {
		const agency = await makeAgency(baseURL);
		const parts = await inBrowser(profile, baseURL, (page) => play(page, agency, baseURL), DESK);
		await everyVisitHasSomebody(agency);
		for (const [index, { taps, seconds }] of parts.entries()) {
			report({ bench: 'office', figure: `part-${index + 1}-taps`, value: taps, unit: 'taps' });
			report({ bench: 'office', figure: `part-${index + 1}-time`, value: seconds, unit: 's' });
		}
		const all = sum(parts);
		report({ bench: 'office', figure: 'day-taps', value: all.taps, unit: 'taps' });
		report({ bench: 'office', figure: 'day-time', value: all.seconds, unit: 's' });
		if (write) replaceSection('office', written(parts), 'bench.md');
	});
}

async function play(page: Page, agency: Agency, baseURL: string): Promise<readonly Measured[]> {
	await signedInAtDesk(page, () => signIn(page, 'outsider'));
	const parts: Measured[] = [];
	const part = async (what: string, act: (hand: Hand) => Promise<void>) => {
		const hand = new Hand(HUMAN);
		const startMs = performance.now();
		await act(hand);
		const seconds = (performance.now() - startMs) / 1000;
		parts.push({ what, taps: hand.acts, seconds, handSeconds: hand.restedMs / 1000 });
	};
	await part('the week copied: 180 visits', (hand) => copyWeek(page, hand));
	await part('9 visits of two who are away covered', (hand) => coverAbsences(page, hand));
	await part('three new visits', (hand) => planNew(page, hand, agency));
	await part('two visits moved on the board', (hand) => moveTwo(page, hand, agency));
	await part("one worker's week printed", (hand) => printWeek(page, hand, agency));
	await part(`one falls ill: ${ASKED} visits, each asked of a colleague`, (hand) =>
		fallsIll(page, hand, agency)
	);
	await colleaguesAnswer(agency, baseURL);
	await expect(page.getByText('沒辦法去').first()).toBeVisible({ timeout: 60_000 });
	await part('one no and one without an answer', (hand) => askAgain(page, hand, agency));
	await theLastOneAgrees(agency, baseURL);
	await everythingIsSynced(page);
	return parts;
}

/** The first colleague goes wherever asked; the second says no once, does not answer once, and goes else. */
async function colleaguesAnswer({ villages }: Agency, baseURL: string): Promise<void> {
	const colleagues = await colleaguesOf(villages, baseURL);
	const countAll = async () => {
		const asked = await Promise.all(colleagues.map((each) => each.asked()));
		return asked.flat().length;
	};
	await expect.poll(countAll, { timeout: 60_000 }).toBe(ASKED);
	const [first, second] = colleagues;
	await first?.answer(() => 'yes');
	await second?.answer((_, index) => (index > 1 ? 'yes' : index === 0 ? 'no' : null));
}

/** Only who was asked anew: an answer of who is asked no more would cross the question that is being taken back. */
async function theLastOneAgrees({ villages }: Agency, baseURL: string): Promise<void> {
	const [willing] = await colleaguesOf(villages, baseURL);
	await willing?.waitUntilAsked(1);
	await willing?.answer(() => 'yes');
}

async function colleaguesOf(
	villages: Agency['villages'],
	baseURL: string
): Promise<readonly Colleague[]> {
	const others = villages[0]?.workers.slice(1) ?? [];
	return await Promise.all(others.map((worker) => Colleague.signedIn(baseURL, worker)));
}

/** Read from the server when all is done. @throws when a visit has nobody, or somebody is in two places */
async function everyVisitHasSomebody({ office, nextWeek, villages }: Agency): Promise<void> {
	const planned = async (): Promise<readonly KnownVisit[]> => {
		const { data, error } = await office
			.from('visits')
			.select('*')
			.eq('status', 'planned')
			.gte('starts_at', startOfDay(nextWeek))
			.lt('starts_at', startOfDay(addDays(nextWeek, 7)))
			.overrideTypes<KnownVisit[], { merge: false }>();
		if (error) throw error;
		return data;
	};
	await expect
		.poll(async () => (await planned()).filter(({ worker_id }) => worker_id === null).length)
		.toBe(0);
	const visits = await planned();
	expect(visits).toHaveLength(180 + 3);
	expect(new Set(visits.map(({ case_id, starts_at }) => `${case_id} ${starts_at}`)).size).toBe(183);
	const { data: absences, error } = await office.from('staff_absences').select('*');
	if (error) throw error;
	const ground = {
		visits,
		absences,
		villages: new Map(
			villages.flatMap(({ people }) => people.map(({ id, village }) => [id, village] as const))
		)
	};
	for (const visit of visits) expect(clashesOf(visit, ground), visit.id).toEqual([]);
}

function sum(parts: readonly Measured[]) {
	const of = (part: 'taps' | 'seconds' | 'handSeconds') =>
		parts.reduce((all, each) => all + each[part], 0);
	return { taps: of('taps'), seconds: of('seconds'), handSeconds: of('handSeconds') };
}

function written(parts: readonly Measured[]): string {
	const all = { what: 'the day', ...sum(parts) };
	return table(
		['part', 'taps and fields', 'seconds', 'of them the hand'],
		[...parts, all].map(({ what, taps, seconds, handSeconds }) => [
			what,
			taps,
			seconds.toFixed(1),
			handSeconds.toFixed(1)
		])
	);
}
