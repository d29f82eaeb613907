/** What a soak found, seed by seed and in sum. */
import { table } from './section.ts';

/** A line of soak.run.ts's report. */
export interface SeedLine {
	readonly seed: number;
	readonly tookS: number;
	readonly failed?: string;
	readonly saved?: number;
	readonly taps?: number;
	readonly inTray?: Readonly<Record<string, number>>;
	readonly lineFaults?: Readonly<Record<string, number>>;
	readonly queuesEmptyS?: number;
	readonly sameRowsS?: number;
	readonly requests?: number;
	readonly serverKills?: number;
	readonly restores?: number;
	readonly pageKills?: number;
	readonly circleChanges?: number;
	readonly caseMoves?: number;
	readonly signIns?: number;
	readonly refusedBySpace?: number;
}

export interface SoakSize {
	readonly phones: string;
	readonly operations: string;
	readonly backend: string;
}

export function describeSeed(line: SeedLine): string {
	const { seed, tookS, failed, saved = 0 } = line;
	if (failed !== undefined) return `seed ${seed}: FAILED after ${tookS.toFixed(0)} s: ${failed}`;
	return `seed ${seed}: ${saved} saved, ${sum(line.lineFaults)} line faults, ${line.serverKills} server kills, tray ${JSON.stringify(line.inTray)}, queues empty after ${line.queuesEmptyS?.toFixed(1)} s (laboratory time), took ${tookS.toFixed(0)} s`;
}

export function soakTable(lines: readonly SeedLine[], size: SoakSize): string {
	const held = lines.filter(({ failed }) => failed === undefined);
	const total = (of: (line: SeedLine) => number | undefined) =>
		held.reduce((before, line) => before + (of(line) ?? 0), 0);
	const most = (of: (line: SeedLine) => number | undefined) =>
		Math.max(0, ...held.map((line) => of(line) ?? 0)).toFixed(1);
	const seeds = lines.map(({ seed }) => seed);
	return table(
		['figure', 'value'],
		[
			['backend', size.backend],
			['phones × operations × seeds', `${size.phones} × ${size.operations} × ${lines.length}`],
			[
				'seeds',
				seeds.length > 1 ? `${Math.min(...seeds)} to ${Math.max(...seeds)}` : (seeds[0] ?? 'none')
			],
			['seeds that failed', lines.length - held.length],
			['intents called saved', total(({ saved }) => saved)],
			[
				'lost, doubled, different rows',
				held.length === lines.length ? '0, 0, 0' : 'see the failed seeds'
			],
			['refused with a reason, in the tray', total(({ inTray }) => sum(inTray))],
			['taps that a full or broken store refused aloud', total((line) => line.refusedBySpace)],
			['line faults that struck', total(({ lineFaults }) => sum(lineFaults))],
			[
				'server killed (of these set back to a backup)',
				`${total((line) => line.serverKills)} (${total((line) => line.restores)})`
			],
			['pages killed', total((line) => line.pageKills)],
			['circle memberships given or taken', total((line) => line.circleChanges)],
			['cases moved to another organisation, or back', total((line) => line.caseMoves)],
			['passwords asked for', total((line) => line.signIns)],
			[
				'longest until all queues were empty, laboratory seconds',
				most((line) => line.queuesEmptyS)
			],
			['longest until all rows were the same, laboratory seconds', most((line) => line.sameRowsS)],
			[
				'most requests of one phone for that',
				Math.max(0, ...held.map(({ requests = 0 }) => requests))
			]
		]
	);
}

function sum(counts: Readonly<Record<string, number>> = {}): number {
	return Object.values(counts).reduce((before, count) => before + count, 0);
}
