/** Parts of a page of docs/ that programs write: between `<!-- begin:name -->` and `<!-- end:name -->`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @throws {RangeError} the page has no such section */
export function replaceSection(
	name: string,
	text: string,
	pageName: 'reliability.md' | 'bench.md' | 'escalation.md' = 'reliability.md'
): void {
	const path = fileURLToPath(new URL(`../../docs/${pageName}`, import.meta.url));
	const [begin, end] = [`<!-- begin:${name} -->`, `<!-- end:${name} -->`];
	const page = readFileSync(path, 'utf8');
	const from = page.indexOf(begin);
	const to = page.indexOf(end);
	if (from < 0 || to < from) throw new RangeError(`docs/${pageName} has no section ${name}.`);
	writeFileSync(
		path,
		`${page.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${page.slice(to)}`
	);
}

/** A Markdown table. */
export function table(
	head: readonly string[],
	rows: readonly (readonly (string | number)[])[]
): string {
	const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
