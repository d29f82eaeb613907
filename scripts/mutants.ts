/**
 * `npm run mutants [-- words of guards…] [--write]`: takes away the guards of the sync engine one by one, in a copy of the sources,
 * and runs the test that must notice. First without any change: a test that is red anyway proves nothing.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MUTANTS, type Mutant } from './reliability/mutants.ts';
import { replaceSection, table } from './reliability/section.ts';

type Ending = 'red' | 'green' | 'not there';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Generated, and needed by the tests. */
const GENERATED = ['.svelte-kit', 'src/lib/paraglide'];
const LIMIT_MS = 5 * 60_000;

const args = process.argv.slice(2);
const words = args.filter((arg) => !arg.startsWith('--'));
const chosen = MUTANTS.filter(
	({ guard }) => words.length === 0 || words.some((word) => guard.includes(word))
);
const copy = copySources();
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));

/** How each test ends without any change. */
const unchanged = new Map<string, Ending>();
const rows: string[][] = [];
for (const mutant of chosen) {
	const before = endingUnchanged(mutant);
	const outcome = before === 'green' ? tryMutant(mutant) : `test is ${before} anyway`;
	console.log(`${outcome.padEnd(12)} ${mutant.guard}`);
	rows.push([mutant.guard, `\`${mutant.test}\`: ${mutant.named}`, outcome]);
}
const caught = rows.filter(([, , outcome]) => outcome === 'caught').length;
const sum = `${caught} of ${rows.length} caught`;
console.log(`\n${sum}`);
if (args.includes('--write') && words.length === 0)
	replaceSection('mutants', `${sum}.\n\n${table(['guard taken away', 'test', 'outcome'], rows)}`);
process.exitCode = caught === rows.length ? 0 : 1;

function copySources(): string {
	const folder = mkdtempSync(join(tmpdir(), 'connect10-mutants-'));
	const listed = execFileSync(
		'git',
		['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
		{
			cwd: ROOT,
			encoding: 'utf8',
			maxBuffer: 2 ** 26
		}
	);
	for (const path of [...listed.split('\0').filter(Boolean), ...GENERATED])
		cpSync(join(ROOT, path), join(folder, path), { recursive: true });
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
	return folder;
}

function endingUnchanged(mutant: Mutant): Ending {
	const key = `${mutant.test} ${mutant.named}`;
	const ending = unchanged.get(key) ?? runTest(mutant);
	unchanged.set(key, ending);
	return ending;
}

function tryMutant({ file, find, replace, ...test }: Mutant): string {
	const path = join(copy, file);
	const original = readFileSync(path, 'utf8');
	if (original.split(find).length !== 2) return 'guard not found in the source';
	writeFileSync(
		path,
		original.replace(find, () => replace)
	);
	try {
		return { red: 'caught', green: 'survived', 'not there': 'test broke' }[runTest(test)];
	} finally {
		writeFileSync(path, original);
	}
}

/** red: a test failed, or a run that hung was ended · not there: no test ran, of this name or at all. */
function runTest({ project, test, named }: Pick<Mutant, 'project' | 'test' | 'named'>): Ending {
	const report = join(copy, 'mutant-report.json');
	rmSync(report, { force: true });
	const command = ['run', '--project', project, test, '-t', named];
	const { error } = spawnSync(
		'vitest',
		[...command, '--silent', '--bail', '1', '--reporter', 'json', '--outputFile', report],
		{ cwd: copy, stdio: 'ignore', timeout: LIMIT_MS, killSignal: 'SIGKILL' }
	);
	if (error) return 'red';
	// Vitest's own report of the run that has just ended.
	const counts = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
	if (counts['numFailedTests']) return 'red';
	return counts['numPassedTests'] ? 'green' : 'not there';
}
