/**
 * `npm run import -- cases.csv`: checks a list of people row by row and brings it in, all of it or nothing, as a supervisor or
 * care manager who signs in. It ends with 0 when the list is in (or checked and faultless), with 1 when nothing was imported.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';
import type { ParsedRow } from '#lib/intake/imported-case.ts';
import { ask, askHidden, canAsk } from './import/ask.ts';
import { Refusal, signInAt, type SignedIn } from './import/server.ts';
import { commandWords } from './import/words.ts';

// The words of problems are the app's own; on a fresh clone they have not been compiled yet.
const compiled = await import('#lib/paraglide/messages.js').catch(() => null);
if (compiled === null) await import('./compile-messages.ts');
const { overwriteGetLocale } = await import('#lib/paraglide/runtime.js');
const { m } = await import('#lib/paraglide/messages.js');
const { readCases } = await import('#lib/features/intake/read-cases.ts');
const { countKnown, countRefused, markStored, readyCases } =
	await import('#lib/features/intake/outcome.ts');
const { reportName } = await import('#lib/features/intake/report-name.ts');
const { fileProblemText, importProblemText, problemSentence, reportWords } =
	await import('#lib/features/intake/words.ts');
const { reportCsv } = await import('#lib/intake/report.ts');

const locale = /^en/i.test(process.env['LC_ALL'] || process.env['LANG'] || '') ? 'en' : 'zh-TW';
overwriteGetLocale(() => locale);
const words = commandWords(locale);

type Stage = Parameters<typeof reportWords>[0];

try {
	await run();
} catch (error) {
	if (!(error instanceof Refusal)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}

async function run(): Promise<void> {
	const { path, values } = readArguments();
	const file = await readList(path);
	console.log(words.read(basename(path), file.encoding, file.rows.length));
	printProblems(file.rows);
	const { good, warned, bad } = file.counts;
	console.log(words.counts(good, warned, bad));

	const isBlocked = good === 0 || (bad > 0 && !values['leave-out']);
	if (values['dry-run'] || isBlocked) {
		await writeReport(path, file.rows, values['dry-run'] ? 'checked' : 'not_imported');
		console.log(values['dry-run'] ? words.dryRun : words.blocked);
		if (bad > 0 || isBlocked) process.exitCode = 1;
		return;
	}

	const person = await signInAt(values.url, await askAccount(values.email), words);
	try {
		await importList(person, path, file.rows, values);
	} finally {
		await person.signOut();
	}
}

async function importList(
	person: SignedIn,
	path: string,
	rows: readonly ParsedRow[],
	values: { org: string | undefined; 'leave-out': boolean }
): Promise<void> {
	const org = chooseOrg(person, values.org);
	console.log(words.signedIn(person.name, org.name));
	const cases = readyCases(rows);
	console.log(m.intake_importing({ count: cases.length }));
	const answer = await person.importCases(org.id, cases, values['leave-out']);
	if (!answer.ok) {
		await writeReport(path, rows, 'not_imported');
		throw new Refusal(importProblemText(problemOf(answer)));
	}
	const stored = answer.value;
	const known = countKnown(stored.rows);
	const marked = markStored(rows, stored.rows);
	const refused = countRefused(stored.rows);
	if (known + refused > 0) printProblems(marked.filter((row, index) => row !== rows[index]));
	await writeReport(path, marked, stored.imported > 0 ? 'imported' : 'not_imported');
	if (stored.imported > 0) {
		console.log(m.intake_done_title({ count: stored.imported }));
		return;
	}
	if (refused > 0) throw new Refusal(words.refused(refused));
	console.log(known === cases.length ? m.intake_known_all() : words.knownBlocked(known));
	process.exitCode = 1;
}

function readArguments() {
	const text = { type: 'string' } as const;
	const yes = { type: 'boolean', default: false } as const;
	try {
		const { positionals, values } = parseArgs({
			allowPositionals: true,
			options: {
				url: { ...text, default: 'http://localhost:3000' },
				org: text,
				email: text,
				'dry-run': yes,
				'leave-out': yes
			}
		});
		const [path, ...more] = positionals;
		if (path === undefined || more.length > 0) throw new Refusal(words.usage);
		const { url, org, email } = values;
		return { path, values: { ...values, url: url.replace(/\/+$/, ''), org, email } };
	} catch (error) {
		if (error instanceof Refusal) throw error;
		throw new Refusal(`${error instanceof Error ? error.message : String(error)}\n${words.usage}`);
	}
}

async function readList(path: string) {
	const bytes = await readFile(path).catch(() => null);
	if (bytes === null) throw new Refusal(words.noFile(path));
	const file = readCases(bytes, taipeiDay(new Date().toISOString()));
	if (file.ok) return file;
	throw new Refusal(fileProblemText(file));
}

function printProblems(rows: readonly ParsedRow[]): void {
	for (const row of rows) {
		if (row.problems.length === 0) continue;
		const name = (row.ok ? row.value.name : row.name) ?? m.intake_no_name();
		console.log(`${row.ok ? '△' : '✗'} ${m.intake_line_name({ line: row.line, name })}`);
		for (const problem of row.problems) console.log(`    ${problemSentence(problem)}`);
	}
}

async function writeReport(path: string, rows: readonly ParsedRow[], stage: Stage): Promise<void> {
	const report = reportName(path, m.intake_report_file());
	await writeFile(report, reportCsv(rows, reportWords(stage)));
	console.log(words.report(report));
}

/** The password never stands among the arguments, where every process of the machine could read it. */
async function askAccount(email: string | undefined): Promise<{ email: string; password: string }> {
	const known = process.env['CONNECT10_PASSWORD'];
	if ((email === undefined || known === undefined) && !canAsk())
		throw new Refusal(words.noTerminal);
	return {
		email: email ?? (await ask(words.askEmail)),
		password: known ?? (await askHidden(words.askPassword))
	};
}

function chooseOrg(person: SignedIn, name: string | undefined): SignedIn['orgs'][number] {
	const { orgs } = person;
	if (orgs.length === 0) throw new Refusal(words.noOrg);
	const [only] = name === undefined ? orgs : orgs.filter((org) => org.name === name);
	if (only !== undefined && (name !== undefined || orgs.length === 1)) return only;
	throw new Refusal(words.whichOrg(orgs.map((org) => org.name).join(', ')));
}

function problemOf({ kind, code }: { kind: string; code: string | null }) {
	if (code === 'not_allowed' || kind === 'forbidden') return 'not_allowed';
	if (kind === 'unauthenticated') return 'signed_out';
	return kind === 'server' ? 'unexpected' : 'unreachable';
}
