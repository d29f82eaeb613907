/** Counts passed and failed tests from the JSON reports of Vitest and Playwright. */
import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';

export interface Count {
	passed: number;
	failed: number;
	/** What the tests' own output may not have said. */
	remarks: string[];
}

const vitestReport = v.object({
	numPassedTests: v.number(),
	numFailedTests: v.number(),
	numPendingTests: v.number(),
	numTodoTests: v.optional(v.number(), 0),
	testResults: v.array(
		v.object({
			name: v.string(),
			status: v.string(),
			assertionResults: v.array(v.object({ status: v.string() }))
		})
	)
});

const playwrightReport = v.object({
	stats: v.object({
		expected: v.number(),
		unexpected: v.number(),
		flaky: v.number(),
		skipped: v.number()
	})
});

/**
 * Reads the report at `path`. A skipped test counts as failed, for it proves nothing; so does a file
 * that could not be loaded, and a run that broke off or failed without saying which test.
 */
export function readReport(kind: 'vitest' | 'playwright', path: string, exitCode: number): Count {
	if (!existsSync(path)) {
		return {
			passed: 0,
			failed: 1,
			remarks: [`${kind} ended with code ${exitCode} and left no report.`]
		};
	}
	const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
	const count = kind === 'vitest' ? countVitest(json) : countPlaywright(json);
	if (count.passed + count.failed === 0) {
		return { ...count, failed: 1, remarks: ['There is no test in this stage.'] };
	}
	if (exitCode !== 0 && count.failed === 0) {
		return {
			...count,
			failed: 1,
			remarks: [`Every test passed, but ${kind} ended with code ${exitCode}.`]
		};
	}
	return count;
}

function countVitest(json: unknown): Count {
	const report = v.parse(vitestReport, json);
	const unloaded = report.testResults.filter(
		(file) =>
			file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')
	);
	// The tests of a file whose set-up failed are reported as pending: the file counts, they do not.
	const excused = unloaded
		.flatMap((file) => file.assertionResults)
		.filter((test) => test.status !== 'passed').length;
	const skipped = Math.max(0, report.numPendingTests + report.numTodoTests - excused);
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + unloaded.length + skipped,
		remarks: [
			...unloaded.map((file) => `${file.name} could not be loaded or set up.`),
			...skippedRemark(skipped)
		]
	};
}

function countPlaywright(json: unknown): Count {
	const { stats } = v.parse(playwrightReport, json);
	return {
		passed: stats.expected,
		failed: stats.unexpected + stats.flaky + stats.skipped,
		remarks: skippedRemark(stats.skipped)
	};
}

function skippedRemark(skipped: number): string[] {
	return skipped === 0 ? [] : [`Skipped tests count as failed: ${skipped}.`];
}
