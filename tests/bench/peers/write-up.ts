/** The results as Markdown tables for docs/bench.md. */
import { table } from '../../../scripts/reliability/section.ts';
import { OURS, type Entrant } from './entrants.ts';
import type { Results } from './peers.ts';
import { DELAYS_MS, PHASES, type Phase, type Speed } from './speed.ts';

const PHASE_NAMES: Readonly<Record<Phase, string>> = {
	first: 'first sync',
	edits: 'offline edits sent',
	idle: 'nothing new'
};

export function writeUp({ plan, bundles, speeds, verdicts }: Results): string {
	const { rows, cases, edits, runs, seeds, rounds } = plan;
	const names = [...speeds.keys()].map(({ name }) => name);
	return [
		`${rows} rows in ${cases} cases, ${edits} offline edits, medians of ${runs} runs in turns. Times are multiples of Connect 10's (its own in ms).`,
		table(['', ...names], speedRows(speeds)),
		`Under the same faults: ${seeds.length} programs of ${rounds} rounds, two phones.`,
		table(
			['', ...[...verdicts.keys()].map(({ name }) => name)],
			(['saved', 'lost', 'doubled', 'diverged', 'kept'] as const).map((count) => [
				VERDICT_NAMES[count],
				...[...verdicts.values()].map((verdict) => verdict[count])
			])
		),
		'Client, one script, minified and gzipped:',
		table(
			[...bundles.keys()].map(({ name }) => name),
			[[...bundles.values()].map(({ gzipBytes }) => kilobytes(gzipBytes))]
		)
	].join('\n\n');
}

const VERDICT_NAMES = {
	saved: 'edits saved',
	lost: 'of these, not on the server in the end',
	doubled: 'of these, there twice',
	diverged: 'rows that a phone shows otherwise than the server, or not at all',
	kept: 'rows of a case still on a phone whose access to it has ended'
} as const;

function speedRows(speeds: ReadonlyMap<Entrant, Speed>): (string | number)[][] {
	const each = (name: string, cell: (speed: Speed) => string | number) => [
		name,
		...[...speeds.values()].map(cell)
	];
	const ours = speeds.get(OURS)!;
	const times = (name: string, of: (speed: Speed) => number) => [
		name,
		...[...speeds.values()].map((speed) =>
			speed === ours ? `${significant(of(ours))} ms` : `${significant(of(speed) / of(ours))}×`
		)
	];
	return [
		...PHASES.flatMap((phase) => [
			...DELAYS_MS.map((delayMs) =>
				times(`${PHASE_NAMES[phase]}, +${delayMs} ms a request`, ({ ms }) => ms[delayMs][phase])
			),
			each(`${PHASE_NAMES[phase]}, requests`, ({ traffic }) => traffic[phase].requests),
			each(
				`${PHASE_NAMES[phase]}, kB up / down`,
				({ traffic }) =>
					`${kilobytes(traffic[phase].wireUp)} / ${kilobytes(traffic[phase].wireDown)}`
			)
		]),
		each('of the offline edits, on the server', ({ arrived }) => arrived),
		times('one edit saved on the phone', ({ saveMs }) => saveMs),
		times('all rows of one case', ({ queryMs }) => queryMs)
	];
}

function kilobytes(bytes: number): string {
	return significant(bytes / 1000);
}

/** Two digits say all that such a measurement knows. */
function significant(value: number): string {
	return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
