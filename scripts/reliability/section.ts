/** Parts of docs/reliability.md that programs write: between `<!-- begin:name -->` and `<!-- end:name -->`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));

/** @throws {RangeError} the page has no such section */
export function replaceSection(name: string, text: string): void {
	const [begin, end] = [`<!-- begin:${name} -->`, `<!-- end:${name} -->`];
	const page = readFileSync(PAGE, 'utf8');
	const from = page.indexOf(begin);
	const to = page.indexOf(end);
	if (from < 0 || to < from) throw new RangeError(`docs/reliability.md has no section ${name}.`);
	writeFileSync(
		PAGE,
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
