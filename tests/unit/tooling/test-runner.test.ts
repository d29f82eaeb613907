import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readReport } from '../../../scripts/testing/reports.ts';
import { selectStages } from '../../../scripts/testing/stages.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'reports-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface ReportedFile {
	status: string;
	tests: string[];
}

function vitestCounts(files: ReportedFile[], exitCode: number) {
	const statuses = files.flatMap((file) => file.tests);
	const count = (status: string): number => statuses.filter((each) => each === status).length;
	const path = join(folder, 'vitest.json');
	writeFileSync(
		path,
		JSON.stringify({
			numPassedTests: count('passed'),
			numFailedTests: count('failed'),
			numPendingTests: count('skipped'),
			numTodoTests: 0,
			testResults: files.map((file, index) => ({
				name: `file-${index}.test.ts`,
				status: file.status,
				assertionResults: file.tests.map((status) => ({ status }))
			}))
		})
	);
	const { passed, failed } = readReport('vitest', path, exitCode);
	return { passed, failed };
}

test('passed and failed tests are counted', () => {
	const files = [{ status: 'failed', tests: ['passed', 'failed', 'passed'] }];
	expect(vitestCounts(files, 1)).toEqual({ passed: 2, failed: 1 });
});

test('a skipped test counts as failed', () => {
	const files = [{ status: 'passed', tests: ['passed', 'skipped'] }];
	expect(vitestCounts(files, 0)).toEqual({ passed: 1, failed: 1 });
});

test('a file that cannot be loaded counts as one failure', () => {
	const files = [
		{ status: 'passed', tests: ['passed'] },
		{ status: 'failed', tests: [] }
	];
	expect(vitestCounts(files, 1)).toEqual({ passed: 1, failed: 1 });
});

test('a file whose set-up fails counts once, not once a test', () => {
	const files = [{ status: 'failed', tests: ['skipped', 'skipped', 'skipped'] }];
	expect(vitestCounts(files, 1)).toEqual({ passed: 0, failed: 1 });
});

test('a run that fails without a failed test is a failure', () => {
	expect(vitestCounts([{ status: 'passed', tests: ['passed'] }], 1)).toEqual({
		passed: 1,
		failed: 1
	});
});

test('a stage without tests is a failure', () => {
	expect(vitestCounts([], 0)).toEqual({ passed: 0, failed: 1 });
});

test('a run that leaves no report is a failure', () => {
	const count = readReport('playwright', join(folder, 'none.json'), 137);
	expect(count).toMatchObject({ passed: 0, failed: 1 });
});

test('a browser test that passes only when repeated is a failure', () => {
	const path = join(folder, 'playwright.json');
	writeFileSync(
		path,
		JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 1 } })
	);
	expect(readReport('playwright', path, 1)).toMatchObject({ passed: 5, failed: 3 });
});

test('without a name all stages run, in order', () => {
	const names = selectStages([]).map((stage) => stage.name);
	expect(names.indexOf('unit')).toBeGreaterThan(names.indexOf('svelte-check'));
	expect(names.at(-1)).toBe('e2e');
});

test('named stages run in their order, after what they need', () => {
	expect(selectStages(['db', 'unit']).map((stage) => stage.name)).toEqual([
		'prepare',
		'unit',
		'db'
	]);
});

test('"static" runs no server and no browser', () => {
	const chosen = selectStages(['static']);
	expect(chosen.some((stage) => stage.report !== undefined || stage.needsBrowser)).toBe(false);
	expect(chosen.map((stage) => stage.name)).toContain('lint');
});

test('an unknown stage is refused with the names that exist', () => {
	expect(() => selectStages(['units'])).toThrow(/units.*unit, db/);
});
