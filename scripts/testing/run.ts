/** Runs the stages of `npm test`, goes on after a failed one, and ends with `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../setup/build.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { rootDir, toolEnvironment } from '../setup/paths.mjs';
import { readReport } from './reports.ts';
import type { Count } from './reports.ts';
import { selectStages } from './stages.ts';
import type { Stage } from './stages.ts';

interface Outcome extends Count {
	stage: string;
	seconds: number;
}

/** Whether what a command prints is seen while it runs. */
type Output = 'live' | 'at the end';

const reportDir = mkdtempSync(join(tmpdir(), 'connect10-test-'));
const exitCodeOfTimeout = 124;
const runningCommands = new Set<(signal: NodeJS.Signals) => void>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		for (const endCommand of runningCommands) endCommand(signal);
		removeReports();
		process.exit(130);
	});
}

try {
	printSummary(await runStages(selectStages(process.argv.slice(2))));
} catch (error) {
	if (!(error instanceof RangeError)) throw error;
	console.error(`✖ ${error.message}`);
	process.exitCode = 2;
} finally {
	removeReports();
}

/**
 * The static stages run beside those tests that need no build, because neither fills two cores; what they print comes when
 * each ends. Everything else runs in turn.
 */
async function runStages([prepare, ...others]: Stage[]): Promise<Outcome[]> {
	if (!prepare) return [];
	const first = await runStage(prepare, 'live');
	const needBuild = others.filter((stage) => stage.needsBuild);
	const tests = others.filter((stage) => !stage.isStatic && !stage.needsBuild);
	const statics = others.filter((stage) => stage.isStatic);
	const beside = await Promise.all([
		runInTurn(statics, tests.length > 0 ? 'at the end' : 'live'),
		runInTurn(tests, 'live')
	]);
	return [first, ...beside.flat(), ...(await runInTurn(needBuild, 'live'))];
}

async function runInTurn(stages: Stage[], output: Output): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	for (const stage of stages) outcomes.push(await runStage(stage, output));
	return outcomes;
}

async function runStage(stage: Stage, output: Output): Promise<Outcome> {
	if (output === 'live') console.log(`\n━━━ ${stage.name}`);
	const startedAt = performance.now();
	const count = await countStage(stage, output);
	const seconds = (performance.now() - startedAt) / 1000;
	const title = output === 'live' ? '' : `━━━ ${stage.name}: `;
	for (const remark of count.remarks) console.error(`✖ ${remark}`);
	console.log(`${title}${describe(count)} in ${seconds.toFixed(1)} s`);
	return { ...count, stage: stage.name, seconds };
}

async function countStage(stage: Stage, output: Output): Promise<Count> {
	const env: NodeJS.ProcessEnv = { ...toolEnvironment(), CI: '1' };
	try {
		if (stage.needsBuild) ensureBuilt(process.execPath);
		if (stage.needsBrowser) env['CHROMIUM_PATH'] = ensureChromium();
	} catch (error) {
		return {
			passed: 0,
			failed: 1,
			remarks: [error instanceof Error ? error.message : String(error)]
		};
	}
	const reportPath = join(reportDir, `${stage.name}.json`);
	// Playwright takes the place of its report from the environment only.
	env['PLAYWRIGHT_JSON_OUTPUT_FILE'] = reportPath;
	env['E2E_DATA_DIR'] = join(reportDir, 'data');

	const endsAt = Date.now() + stage.limitMinutes * 60_000;
	for (const command of stage.commands) {
		const withReports = [...command, ...reporters(stage, reportPath)];
		const exitCode = await runCommand(withReports, env, endsAt, output);
		if (stage.report) return readReport(stage.report, reportPath, exitCode);
		if (exitCode === exitCodeOfTimeout) {
			return { passed: 0, failed: 1, remarks: [`Ended after ${stage.limitMinutes} minutes.`] };
		}
		if (exitCode !== 0) return { passed: 0, failed: 1, remarks: [`${command.join(' ')} failed.`] };
	}
	return { passed: 1, failed: 0, remarks: [] };
}

function reporters(stage: Stage, reportPath: string): string[] {
	switch (stage.report) {
		case 'vitest':
			return ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
		case 'playwright':
			return ['--reporter=list,json'];
		case undefined:
			return [];
	}
}

/** Runs a command in a process group of its own, so that a stage over its time ends with its servers. */
function runCommand(
	command: string[],
	env: NodeJS.ProcessEnv,
	endsAt: number,
	output: Output
): Promise<number> {
	const [program = '', ...args] = command;
	return new Promise((resolve) => {
		const stdio = output === 'live' ? 'inherit' : 'pipe';
		const child = spawn(program, args, { cwd: rootDir, env, stdio, detached: true });
		const printed: Buffer[] = [];
		for (const stream of [child.stdout, child.stderr])
			stream?.on('data', (chunk: Buffer) => printed.push(chunk));
		const endGroup = (signal: NodeJS.Signals): void => {
			if (child.pid !== undefined) process.kill(-child.pid, signal);
		};
		runningCommands.add(endGroup);
		let isOverdue = false;
		const timer = setTimeout(() => {
			isOverdue = true;
			endGroup('SIGKILL');
		}, endsAt - Date.now());
		const finish = (exitCode: number): void => {
			clearTimeout(timer);
			runningCommands.delete(endGroup);
			process.stdout.write(Buffer.concat(printed));
			resolve(isOverdue ? exitCodeOfTimeout : exitCode);
		};
		child.on('error', (error) => {
			console.error(`✖ ${program} could not be started: ${error.message}`);
			finish(1);
		});
		// After its last word.
		child.on('close', (code) => finish(code ?? 1));
	});
}

function printSummary(outcomes: Outcome[]): void {
	console.log('\n━━━ summary');
	for (const outcome of outcomes) {
		const mark = outcome.failed === 0 ? '✔' : '✖';
		const seconds = `${outcome.seconds.toFixed(1)} s`.padStart(8);
		console.log(`${mark} ${outcome.stage.padEnd(16)}${seconds}  ${describe(outcome)}`);
	}
	const total = {
		passed: outcomes.reduce((sum, each) => sum + each.passed, 0),
		failed: outcomes.reduce((sum, each) => sum + each.failed, 0)
	};
	process.exitCode = total.failed === 0 ? 0 : 1;
	console.log(`\n${describe(total)}`);
}

function describe({ passed, failed }: { passed: number; failed: number }): string {
	return `${passed} passed, ${failed} failed`;
}

function removeReports(): void {
	rmSync(reportDir, { recursive: true, force: true });
}
