/** `npm run bench peers`: Connect 10's engine and others, side by side in one run, on the same rows, edits and faults. */
import { chromium, type Browser } from '@playwright/test';
import { format, resolveConfig } from 'prettier';
import { replaceSection } from '../../../scripts/reliability/section.ts';
import { findChromium } from '../../../scripts/setup/chromium.mjs';
import type { Report } from '../figures.ts';
import type { BenchOptions } from '../run.ts';
import { bundle, ensurePeersInstalled, type Bundle } from './bundles.ts';
import { OURS, POUCH_DEFAULT, RIVALS, type Entrant } from './entrants.ts';
import { measureFaults } from './faults.ts';
import { Servers } from './servers.ts';
import { measureSpeed, PHASES, type Speed } from './speed.ts';
import { sumOf, type Verdict } from './verdict.ts';
import { writeUp } from './write-up.ts';

export interface Plan {
	readonly cases: number;
	readonly rows: number;
	readonly edits: number;
	readonly runs: number;
	readonly seeds: readonly number[];
	/** Of a fault program. */
	readonly rounds: number;
}

export interface Results {
	readonly plan: Plan;
	readonly bundles: ReadonlyMap<Entrant, Bundle>;
	readonly speeds: ReadonlyMap<Entrant, Speed>;
	readonly verdicts: ReadonlyMap<Entrant, Verdict>;
}

const FULL: Plan = { cases: 20, rows: 5000, edits: 100, runs: 3, seeds: [1, 2, 3], rounds: 8 };
const QUICK: Plan = { cases: 4, rows: 400, edits: 20, runs: 1, seeds: [1], rounds: 3 };
const FAULTY_WORK = { cases: 4, rows: 200, seed: 2 };

export async function peers(report: Report, { quick, write }: BenchOptions): Promise<void> {
	ensurePeersInstalled();
	const plan = quick ? QUICK : FULL;
	const bundles = new Map<Entrant, Bundle>();
	for (const entrant of [OURS, ...RIVALS]) bundles.set(entrant, await bundle(entrant.file));
	const executablePath = findChromium();
	const browser = await chromium.launch({
		args: ['--no-sandbox', '--disable-background-networking', '--disable-quic'],
		...(executablePath === undefined ? {} : { executablePath })
	});
	try {
		const speeds = await speedsOf(browser, bundles, plan);
		const verdicts = await verdictsOf(browser, bundles, plan);
		const results = { plan, bundles, speeds, verdicts };
		reportAll(report, results);
		if (write) await writeInto(results);
	} finally {
		await browser.close();
	}
}

async function speedsOf(
	browser: Browser,
	bundles: ReadonlyMap<Entrant, Bundle>,
	{ cases, rows, edits, runs }: Plan
): Promise<ReadonlyMap<Entrant, Speed>> {
	const servers = await Servers.start({ cases, rows, seed: 1 });
	const pouch = [...bundles].find(([{ file }]) => file === POUCH_DEFAULT.file);
	const entrants = new Map(bundles);
	if (pouch) entrants.set(POUCH_DEFAULT, pouch[1]);
	try {
		return await measureSpeed(browser, servers, entrants, { edits, runs });
	} finally {
		await servers.stop();
	}
}

async function verdictsOf(
	browser: Browser,
	bundles: ReadonlyMap<Entrant, Bundle>,
	{ seeds, rounds }: Plan
): Promise<ReadonlyMap<Entrant, Verdict>> {
	const servers = await Servers.start(FAULTY_WORK);
	const verdicts = new Map<Entrant, Verdict>();
	try {
		for (const [entrant, code] of bundles) {
			const each: Verdict[] = [];
			for (const seed of seeds)
				each.push(await measureFaults(browser, servers, entrant, code, { seed, rounds }));
			verdicts.set(entrant, sumOf(each));
		}
		return verdicts;
	} finally {
		await servers.stop();
	}
}

/** Of everybody, held against ours. */
function reportAll(report: Report, { speeds, verdicts, bundles }: Results): void {
	const ours = speeds.get(OURS)!;
	for (const [{ name }, speed] of speeds) {
		const say = (what: string, unit: 'ms' | 'bytes' | 'requests', of: (speed: Speed) => number) => {
			const value = of(speed);
			const figure = `${name}: ${what}`;
			report({ bench: 'peers', figure, value, unit, peer: OURS.name, ratio: value / of(ours) });
		};
		for (const phase of PHASES) {
			say(`${phase}, +0 ms`, 'ms', ({ ms }) => ms[0][phase]);
			say(`${phase}, +300 ms`, 'ms', ({ ms }) => ms[300][phase]);
			say(`${phase}, requests`, 'requests', ({ traffic }) => traffic[phase].requests);
			say(`${phase}, wire up`, 'bytes', ({ traffic }) => traffic[phase].wireUp);
			say(`${phase}, wire down`, 'bytes', ({ traffic }) => traffic[phase].wireDown);
		}
		say('one edit saved', 'ms', ({ saveMs }) => saveMs);
		say('rows of one case', 'ms', ({ queryMs }) => queryMs);
		report({ bench: 'peers', figure: `${name}: arrived`, value: speed.arrived, unit: 'edits' });
	}
	for (const [{ name }, { gzipBytes }] of bundles) {
		const ratio = gzipBytes / bundles.get(OURS)!.gzipBytes;
		const figure = `${name}: client, gzip`;
		report({ bench: 'peers', figure, value: gzipBytes, unit: 'bytes', peer: OURS.name, ratio });
	}
	for (const [{ name }, { saved, lost, doubled, diverged, kept }] of verdicts) {
		const say = (what: string, value: number, unit: 'edits' | 'rows') =>
			report({ bench: 'peers', figure: `${name}: ${what} under faults`, value, unit });
		say('saved', saved, 'edits');
		say('lost', lost, 'edits');
		say('doubled', doubled, 'edits');
		say('diverged', diverged, 'rows');
		say('kept after access ended', kept, 'rows');
	}
}

async function writeInto(results: Results): Promise<void> {
	const style = await resolveConfig(import.meta.filename);
	replaceSection(
		'peers',
		await format(writeUp(results), { ...style, parser: 'markdown' }),
		'bench.md'
	);
}
