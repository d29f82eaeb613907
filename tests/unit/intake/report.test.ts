import fc from 'fast-check';
import { parseCsv } from 'hucre/csv';
import { expect, test } from 'vitest';
import type { ParsedRow } from '#lib/intake/imported-case.ts';
import { parseCases } from '#lib/intake/parse-cases.ts';
import { readTable } from '#lib/intake/read-table.ts';
import { outcomeOf, reportCsv, type ReportWords } from '#lib/intake/report.ts';
import { anyText } from '../../fixtures/arbitraries.ts';

const words: ReportWords = {
	heads: ['列', '結果', '姓名', '欄位', '內容', '說明'],
	result: (outcome) => outcome,
	problem: (problem) => problem.code
};

function rowsOf(text: string): readonly ParsedRow[] {
	const table = readTable(new TextEncoder().encode(text));
	const parsed = table.ok ? parseCases(table, '2026-11-22') : null;
	return parsed?.ok === true ? parsed.rows : [];
}

test('every row of the file has its line, a row with two problems has two', () => {
	const rows = rowsOf('姓名,生日,CMS等級\n王小明,40/5/6,4\n李大同,40/13/6,9\n張三,40/5/6,1a');
	expect(parseCsv(reportCsv(rows, words))).toEqual([
		['列', '結果', '姓名', '欄位', '內容', '說明'],
		['2', 'ready', '王小明', '', '', ''],
		['3', 'refused', '李大同', '生日', '40/13/6', 'no_such_day'],
		['3', 'refused', '李大同', 'CMS等級', '9', 'unknown_value'],
		['4', 'ready_with_warning', '張三', 'CMS等級', '1a', 'cms_sublevel']
	]);
	expect(rows.map(outcomeOf)).toEqual(['ready', 'refused', 'ready_with_warning']);
});

test('Excel reads it as UTF-8, and no cell runs as a formula', () => {
	const rows = rowsOf('姓名,電話\n=cmd|calc,@SUM(1)\n+1,-1\n');
	const report = reportCsv(rows, words);
	expect(report.startsWith('\ufeff')).toBe(true);
	for (const line of parseCsv(report)) {
		for (const cell of line) expect(String(cell)).not.toMatch(/^[=+\-@\t\r]/);
	}
});

test('whatever was in the file, no cell of the report begins as a formula', () => {
	fc.assert(
		fc.property(anyText, fc.constantFrom('=', '+', '-', '@', ''), (text, start) => {
			const got = `${start}${text}`;
			const problem = {
				level: 'error',
				column: 'name',
				header: got,
				code: 'too_long',
				got,
				hint: null,
				otherLine: null
			} as const;
			const rows: ParsedRow[] = [{ line: 2, ok: false, name: got, problems: [problem] }];
			for (const cell of parseCsv(reportCsv(rows, words)).flat()) {
				expect(String(cell)).not.toMatch(/^[=+\-@\t\r]/);
			}
		})
	);
});
