/**
 * `npm run bench [name]`: all benchmarks but the long ones, or the one named; one JSON line a figure (docs/bench.md).
 * `npm run bench peers -- [--quick] [--write]`: less of everything; into docs/bench.md. `--rows` is for
 * server-scale and phone, `--phones` and `--edits` for outage.
 */
import { parseArgs } from 'node:util';
import { print, type Report } from './figures.ts';

export interface BenchOptions {
	readonly quick: boolean;
	readonly write: boolean;
	/** Sizes, where a benchmark has such; each has its own default. */
	readonly rows?: number;
	readonly phones?: number;
	readonly edits?: number;
}
type Bench = (report: Report, options: BenchOptions) => Promise<void>;

const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
	'cold-start': async () => (await import('./cold-start.ts')).coldStart,
	visit: async () => (await import('./visit.ts')).visit,
	'sync-first': async () => (await import('./sync-first.ts')).syncFirst,
	'sync-delta': async () => (await import('./sync-delta.ts')).syncDelta,
	'local-query': async () => (await import('./local-query.ts')).localQuery,
	frugal: async () => (await import('./frugal.ts')).frugal,
	board: async () => (await import('./board/board.ts')).board
};
/** By name only: they take from minutes to a quarter of an hour; the peers also install packages. */
const LONG: typeof BENCHES = {
	day: async () => (await import('./day/day.ts')).day,
	office: async () => (await import('./office/office.ts')).office,
	line: async () => (await import('./line/line.ts')).line,
	phone: async () => (await import('./phone/phone.ts')).phone,
	outage: async () => (await import('./outage/outage.ts')).outage,
	told: async () => (await import('./told.ts')).told,
	earthquake: async () => (await import('./earthquake/earthquake.ts')).earthquake,
	'server-scale': async () => (await import('./scale/server-scale.ts')).serverScale,
	peers: async () => (await import('./peers/peers.ts')).peers
};

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		quick: { type: 'boolean', default: false },
		write: { type: 'boolean', default: false },
		rows: { type: 'string' },
		phones: { type: 'string' },
		edits: { type: 'string' }
	}
});
const [name] = positionals;
const known = { ...BENCHES, ...LONG };
const names = name === undefined ? Object.keys(BENCHES) : [name];
for (const each of names) {
	const load = known[each];
	if (load === undefined) {
		console.error(`There is no benchmark ${each}; there are ${Object.keys(known).join(', ')}.`);
		process.exitCode = 1;
		break;
	}
	const bench = await load();
	const { quick, write, ...sizes } = values;
	const numbers = Object.entries(sizes).map(([size, given]) => [size, Number(given)]);
	await bench(print, { quick, write, ...Object.fromEntries(numbers) });
}
