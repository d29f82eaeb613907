/** The reliability scorecard R1–R19: which test covers a row, and the figure that this soak measured for it. */
import { table } from './section.ts';
import type { SeedLine, SoakSize } from './soak-table.ts';

interface Row {
	readonly id: string;
	readonly what: string;
	readonly test: string;
	/** Left out: the test passes or fails, and measures nothing. */
	readonly figure?: (lines: readonly SeedLine[], size: SoakSize) => string;
	/** Its figure stands under Drills. */
	readonly isDrill?: boolean;
}

const LAB = '`tests/sync/lab`';

const ROWS: readonly Row[] = [
	{ id: 'R1', what: 'partitions, faults everywhere', test: LAB, figure: lostDoubledDifferent },
	{
		id: 'R2',
		what: 'queues empty within 60 s of the last fault',
		test: LAB,
		figure: (lines) => `${most(lines, ({ queuesEmptyS }) => queuesEmptyS)} s (laboratory time)`
	},
	{
		id: 'R3',
		what: 'duplicates, reordering, two tabs',
		test: `${LAB}, \`tests/sync/exactly-once.test.ts\`, \`tests/db/races.test.ts\``,
		figure: (lines) =>
			`${struck(lines, ['duplicate', 'late'])} doubled or late requests, 0 effects twice`
	},
	{
		id: 'R4',
		what: 'statuses, time-outs, cut bodies, portals',
		test: `${LAB}, \`tests/unit/sync/cycle.test.ts\``,
		figure: (lines) =>
			`${struck(lines, ['status', 'cut', 'portal', 'foreign_json', 'lose_answer'])} struck, 0 dropped`
	},
	{
		id: 'R5',
		what: 'browser killed during writes',
		test: '`tests/e2e/browser-kills.spec.ts`, `npm run drill -- browser-kills`',
		isDrill: true
	},
	{
		id: 'R6',
		what: 'server killed',
		test: `${LAB}, \`tests/sync/amnesia.test.ts\``,
		figure: (lines) => `${total(lines, ({ serverKills }) => serverKills)} kills, 0 lost`
	},
	{
		id: 'R7',
		what: 'power loss: strict durability asked for',
		test: '`tests/unit/sync/commit.test.ts`'
	},
	{
		id: 'R8',
		what: 'the store is full',
		test: `${LAB}, \`tests/unit/sync/cycle.test.ts\``,
		figure: (lines) => `${total(lines, (line) => line.refusedBySpace)} taps refused aloud, 0 lost`
	},
	{ id: 'R9', what: 'clocks ±1 h, ±1 day', test: LAB },
	{ id: 'R10', what: 'two tabs, one sends', test: '`tests/sync/engine.test.ts`, `tests/sync/lab`' },
	{ id: 'R11', what: 'update of the service worker', test: '`tests/e2e/pwa.spec.ts`' },
	{
		id: 'R12',
		what: 'outbox of an earlier release',
		test: '`tests/sync/outbox.test.ts` (one version so far)'
	},
	{
		id: 'R13',
		what: 'server set back to a backup',
		test: `${LAB}, \`tests/sync/restore.test.ts\``,
		figure: (lines) => `${total(lines, ({ restores }) => restores)} restores, 0 lost`
	},
	{
		id: 'R14',
		what: 'an empty answer is no deletion',
		test: '`tests/sync/planted-faults.test.ts`'
	},
	{
		id: 'R15',
		what: '100,000 rows on a slow phone',
		test: '`npm run bench phone`',
		figure: () =>
			'all but saving an entry within the targets, in [bench.md](bench.md#a-phone-with-100000-rows)'
	},
	{
		id: 'R16',
		what: '1,000 phones at once',
		test: '`npm run bench outage`',
		figure: () => 'in [bench.md](bench.md#after-an-outage)'
	},
	{
		id: 'R17',
		what: 'iOS drops the connection to the store',
		test: `${LAB}, \`tests/unit/sync/commit.test.ts\` (injected; no iPhone)`
	},
	{
		id: 'R18',
		what: 'Safari evicts the origin',
		test: '`tests/e2e/eviction.spec.ts` (simulated in Chromium; no Safari)'
	},
	{ id: 'R19', what: 'restore drill', test: '`npm run drill -- restore`', isDrill: true }
];

export function scorecard(lines: readonly SeedLine[], size: SoakSize): string {
	const held = lines.every(({ failed }) => failed === undefined);
	const command = `npm run soak -- --phones ${size.phones} --operations ${size.operations} --seeds ${lines.length} --seed ${lines[0]?.seed ?? ''}`;
	const rows = ROWS.map(({ id, what, test, figure, isDrill }) => {
		if (isDrill) return [id, what, test, 'see Drills'];
		if (!figure) return [id, what, test, 'holds or fails with `npm test`'];
		return [id, what, test, held ? figure(lines, size) : 'the last soak failed'];
	});
	return `Figures of \`${command}\`.\n\n${table(['', 'what', 'test', 'figure'], rows)}`;
}

function lostDoubledDifferent(
	lines: readonly SeedLine[],
	{ phones, operations }: SoakSize
): string {
	return `${phones} phones × ${operations} operations × ${lines.length} seeds, ${total(lines, ({ saved }) => saved)} intents: 0 lost, 0 doubled, 0 different`;
}

function total(lines: readonly SeedLine[], of: (line: SeedLine) => number | undefined): number {
	return lines.reduce((before, line) => before + (of(line) ?? 0), 0);
}

function most(lines: readonly SeedLine[], of: (line: SeedLine) => number | undefined): string {
	return Math.max(0, ...lines.map((line) => of(line) ?? 0)).toFixed(1);
}

function struck(lines: readonly SeedLine[], kinds: readonly string[]): number {
	return total(lines, ({ lineFaults = {} }) =>
		kinds.reduce((before, kind) => before + (lineFaults[kind] ?? 0), 0)
	);
}
