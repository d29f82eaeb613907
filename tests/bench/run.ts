/**
 * `npm run bench [name]`: all benchmarks but the long ones, or the one named; one JSON line a figure (docs/bench.md).
 * `npm run bench peers -- [--quick] [--write]`: less of everything; into docs/bench.md.
 */
import { parseArgs } from 'node:util';
import { print, type Report } from './figures.ts';

export interface BenchOptions {
	readonly quick: boolean;
	readonly write: boolean;
}
type Bench = (report: Report, options: BenchOptions) => Promise<void>;

const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
	'cold-start': async () => (await import('./cold-start.ts')).coldStart,
	'sync-first': async () => (await import('./sync-first.ts')).syncFirst,
	'sync-delta': async () => (await import('./sync-delta.ts')).syncDelta,
	'local-query': async () => (await import('./local-query.ts')).localQuery,
	frugal: async () => (await import('./frugal.ts')).frugal
};
/** By name only: it takes a quarter of an hour, and installs packages. */
const LONG: typeof BENCHES = {
	peers: async () => (await import('./peers/peers.ts')).peers
};

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		quick: { type: 'boolean', default: false },
		write: { type: 'boolean', default: false }
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
	await bench(print, values);
}
