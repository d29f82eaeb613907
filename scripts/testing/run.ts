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

const reportDir = mkdtempSync(join(tmpdir(), 'connect10-test-'));
const exitCodeOfTimeout = 124;
let endRunningCommand: ((signal: NodeJS.Signals) => void) | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		endRunningCommand?.(signal);
		removeReports();
		process.exit(130);
	});
}

try {
	const outcomes: Outcome[] = [];
	for (const stage of selectStages(process.argv.slice(2))) {
		outcomes.push(await runStage(stage));
	}
	printSummary(outcomes);
} catch (error) {
	if (!(error instanceof RangeError)) throw error;
	console.error(`✖ ${error.message}`);
	process.exitCode = 2;
} finally {
	removeReports();
}

async function runStage(stage: Stage): Promise<Outcome> {
	console.log(`\n━━━ ${stage.name}`);
	const startedAt = performance.now();
	const count = await countStage(stage);
	for (const remark of count.remarks) console.error(`✖ ${remark}`);
	const seconds = (performance.now() - startedAt) / 1000;
	console.log(`${describe(count)} in ${seconds.toFixed(1)} s`);
	return { ...count, stage: stage.name, seconds };
}

async function countStage(stage: Stage): Promise<Count> {
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
		const exitCode = await runCommand([...command, ...reporters(stage, reportPath)], env, endsAt);
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
function runCommand(command: string[], env: NodeJS.ProcessEnv, endsAt: number): Promise<number> {
	const [program = '', ...args] = command;
	return new Promise((resolve) => {
		const child = spawn(program, args, { cwd: rootDir, env, stdio: 'inherit', detached: true });
		const endGroup = (signal: NodeJS.Signals): void => {
			if (child.pid !== undefined) process.kill(-child.pid, signal);
		};
		endRunningCommand = endGroup;
		let isOverdue = false;
		const timer = setTimeout(() => {
			isOverdue = true;
			endGroup('SIGKILL');
		}, endsAt - Date.now());
		const finish = (exitCode: number): void => {
			clearTimeout(timer);
			endRunningCommand = undefined;
			resolve(isOverdue ? exitCodeOfTimeout : exitCode);
		};
		child.on('error', (error) => {
			console.error(`✖ ${program} could not be started: ${error.message}`);
			finish(1);
		});
		child.on('exit', (code) => finish(code ?? 1));
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
