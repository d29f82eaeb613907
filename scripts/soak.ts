/**
 * `npm run soak -- [--phones 10] [--operations 300] [--seeds 5] [--seed N] [--backend embedded|postgrest] [--write]`: the fault
 * laboratory at length (tests/sync/lab). Ends with a table; the exit code is 0 only if every seed held. `--write` puts the sums
 * into docs/reliability.md.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, watchFile, unwatchFile } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { scorecard } from './reliability/scorecard.ts';
import { replaceSection } from './reliability/section.ts';
import { describeSeed, soakTable, type SeedLine } from './reliability/soak-table.ts';

const { values } = parseArgs({
	options: {
		phones: { type: 'string', default: '10' },
		operations: { type: 'string', default: '300' },
		seeds: { type: 'string', default: '5' },
		seed: { type: 'string' },
		backend: { type: 'string', default: 'embedded' },
		port: { type: 'string', default: '4410' },
		write: { type: 'boolean', default: false }
	}
});

const folder = mkdtempSync(join(tmpdir(), 'connect10-soak-'));
const report = join(folder, 'seeds.jsonl');
let told = 0;

function seedLines(): SeedLine[] {
	if (!existsSync(report)) return [];
	const lines = readFileSync(report, 'utf8').split('\n').slice(0, -1);
	// Written by soak.run.ts of this very release.
	return lines.map((line) => JSON.parse(line) as SeedLine);
}

function tellNew(): void {
	const lines = seedLines();
	for (const line of lines.slice(told)) console.log(describeSeed(line));
	told = lines.length;
}

watchFile(report, { interval: 1000 }, tellNew);
const child = spawn('vitest', ['run', '--project', 'soak', '--silent', '--reporter', 'dot'], {
	stdio: 'inherit',
	env: {
		...process.env,
		LAB_PHONES: values.phones,
		LAB_OPERATIONS: values.operations,
		LAB_SEEDS: values.seeds,
		...(values.seed === undefined ? {} : { LAB_SEED: values.seed }),
		LAB_BACKEND: values.backend,
		LAB_PORT: values.port,
		LAB_REPORT: report
	}
});
const code = await new Promise<number>((resolve) => child.on('exit', (end) => resolve(end ?? 1)));
unwatchFile(report);
tellNew();
const lines = seedLines();
const table = soakTable(lines, values);
console.log(`\n${table}`);
if (values.write && lines.length > 0) {
	replaceSection(`soak-${values.backend}`, table);
	// Only there is the server killed and set back, too.
	if (values.backend === 'embedded') replaceSection('scorecard', scorecard(lines, values));
}
rmSync(folder, { recursive: true });
process.exitCode = code === 0 && lines.length === Number(values.seeds) ? 0 : 1;
