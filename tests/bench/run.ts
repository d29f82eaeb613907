/** `npm run bench [name]`: all benchmarks, or the one named; one JSON line a figure (docs/bench.md). */
import { print, type Report } from './figures.ts';

const BENCHES: Readonly<Record<string, () => Promise<(report: Report) => Promise<void>>>> = {
	'cold-start': async () => (await import('./cold-start.ts')).coldStart,
	'sync-first': async () => (await import('./sync-first.ts')).syncFirst,
	'sync-delta': async () => (await import('./sync-delta.ts')).syncDelta,
	'local-query': async () => (await import('./local-query.ts')).localQuery
};

const [name] = process.argv.slice(2);
const names = name === undefined ? Object.keys(BENCHES) : [name];
for (const each of names) {
	const load = BENCHES[each];
	if (load === undefined) {
		console.error(`There is no benchmark ${each}; there are ${Object.keys(BENCHES).join(', ')}.`);
		process.exitCode = 1;
		break;
	}
	const bench = await load();
	await bench(print);
}
