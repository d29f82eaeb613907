/**
 * Prints the table of Zhuyin initials: node scripts/gen-zhuyin-table.ts > src/lib/domain/zhuyin-table.ts
 * Readings come from the Zhuyin collation of Unicode CLDR (by way of ICU in Node): it sorts characters by reading, and the places of
 * its index marks (U+FDD0 and a Zhuyin symbol) say where the readings of a symbol begin.
 */

import { bigFiveCharacters, ZHUYIN_LETTERS, ZHUYIN_SYMBOLS } from '#lib/domain/zhuyin.ts';

const collator = new Intl.Collator('zh-u-co-zhuyin');
if (collator.resolvedOptions().collation !== 'zhuyin') {
	throw new Error('this Node has no Zhuyin collation: use a build with full ICU');
}

const letters = bigFiveCharacters().map((character) => letterOf(character));
const lines = letters.join('').match(/.{1,100}/g) ?? [];

process.stdout.write(`/**
 * First Zhuyin symbol of each of the 13,053 characters of Big5, one letter each in their order (see zhuyin.ts).
 * Printed by scripts/gen-zhuyin-table.ts; do not edit by hand. Source: Zhuyin collation of Unicode CLDR ${process.versions.cldr ?? ''} (readings
 * from Unihan), © Unicode, Inc., Unicode License V3 (https://www.unicode.org/license.txt).
 */
export const ZHUYIN_TABLE =
${lines.map((line) => `	'${line}'`).join(' +\n')};
`);

function letterOf(character: string): string {
	let letter = '';
	[...ZHUYIN_SYMBOLS].forEach((symbol, index) => {
		const mark = `\uFDD0${symbol}`;
		if (collator.compare(character, mark) >= 0) letter = ZHUYIN_LETTERS.charAt(index);
	});
	if (letter === '') throw new Error(`no reading for ${character}`);
	return letter;
}
