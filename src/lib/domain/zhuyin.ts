/** Searching names by Zhuyin initials (ㄨㄒㄇ finds 王小明), for cramped keyboards and for people who do not write the character. */

import { cleanLine } from './text.ts';

/** The Zhuyin symbols with which a character's reading may begin, the commonest first; empty for a character without one here. */
export type ZhuyinLookup = (character: string) => readonly string[];

/** Position in this string is the letter's value in the table: A for ㄅ … Z for ㄤ, a for ㄥ and so on. */
export const ZHUYIN_SYMBOLS =
	'ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦㄧㄨㄩ';
export const ZHUYIN_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijk';

/** A name of four characters with three readings each would give 81 spellings; nobody types the later ones. */
const MOST_SPELLINGS = 8;

/**
 * The lookup over a table (ZHUYIN_TABLE, loaded when somebody first searches): one letter a character, in the order of Big5.
 */
export function zhuyinLookup(table: string): ZhuyinLookup {
	const readings = new Map<string, readonly string[]>();
	bigFiveCharacters().forEach((character, index) => {
		const symbol = ZHUYIN_SYMBOLS[ZHUYIN_LETTERS.indexOf(table.charAt(index))];
		if (symbol !== undefined) readings.set(character, [symbol]);
	});
	for (const [character, symbols] of SEVERAL_READINGS) readings.set(character, symbols);
	return (character) => readings.get(character) ?? [];
}

/**
 * Words for the search index: every spelling of a name in initials and each of its ends, so that ㄒㄇ finds 王小明 as well when
 * the index searches by prefix. Characters without a reading are passed over.
 */
export function zhuyinTokens(name: string, lookup: ZhuyinLookup): string[] {
	const tokens = new Set<string>();
	for (const spelling of spellings(name, lookup)) {
		for (let start = 0; start < spelling.length; start += 1) tokens.add(spelling.slice(start));
	}
	return [...tokens];
}

/** The 13,053 characters of Big5, both levels, in their order: A440 to C67E and C940 to F9D5. */
export function bigFiveCharacters(): string[] {
	const bytes = [...codesBetween(0xa440, 0xc67e), ...codesBetween(0xc940, 0xf9d5)];
	return [...new TextDecoder('big5').decode(new Uint8Array(bytes))];
}

/** A second byte is 40 to 7E or A1 to FE. */
function codesBetween(first: number, last: number): number[] {
	const bytes: number[] = [];
	for (let code = first; code <= last; code += 1) {
		const trail = code & 0xff;
		const used = (trail >= 0x40 && trail <= 0x7e) || (trail >= 0xa1 && trail <= 0xfe);
		if (used) bytes.push(code >> 8, trail);
	}
	return bytes;
}

function spellings(name: string, lookup: ZhuyinLookup): string[] {
	let found = [''];
	for (const character of cleanLine(name)) {
		const symbols = lookup(character);
		if (symbols.length === 0) continue;
		found = found.flatMap((begun) => symbols.map((symbol) => begun + symbol));
		found = found.slice(0, MOST_SPELLINGS);
	}
	return found.filter((spelling) => spelling !== '');
}

/**
 * Characters with several readings, those whose reading in names differs from the table's, and a few frequent in names that Big5 does
 * not have; checked by hand. The reading as a surname or in a given name stands first.
 */
const SEVERAL_READINGS: readonly (readonly [string, readonly string[]])[] = [
	'尢ㄨㄧ 朮ㄓㄕ 圩ㄨㄒ 伺ㄙㄘ 似ㄙㄕ 囤ㄊㄉ 彷ㄈㄆ 杓ㄕㄅ 沈ㄕㄔ 車ㄔㄐ 呵ㄏㄚ 咀ㄐㄗ 呷ㄒㄍ 於ㄩㄨ 泊ㄅㄆ 玟ㄇㄨ 長ㄔㄓ 俟ㄙㄑ 剎ㄔㄕ 苧ㄓㄋ',
	'茄ㄑㄐ 埔ㄆㄅ 祕ㄇㄅ 耙ㄆㄅ 乾ㄍㄑ 匙ㄔㄕ 掠ㄌ 略ㄌ 紮ㄓㄗ 莞ㄨㄍ 蚵ㄎㄏ 豉ㄔㄕ 傀ㄎㄍ 喔ㄛㄨ 孱ㄔㄘ 椎ㄓㄔ 琢ㄓㄗ 覃ㄑㄊ 煖ㄋㄒ 痳ㄇㄌ',
	'鉚ㄇㄌ 匱ㄎㄍ 摻ㄔㄘ 翟ㄓㄉ 鉻ㄌㄍ 閡ㄏㄞ 閤ㄍㄏ 幢ㄔㄓ 頡ㄒㄐ 彊ㄑㄐ 撾ㄓㄨ 縝ㄓㄔ 頻ㄆㄅ 嚇ㄒㄏ 禪ㄔㄕ 檻ㄐㄎ 鎬ㄍㄏ 鎘ㄍㄌ 鯽ㄐ 醱ㄆㄈ',
	'鯖ㄑㄓ 躂ㄊㄉ 霰ㄒㄙ 驃ㄆㄅ 齜ㄗㄔ 齦ㄧㄎ 鑰ㄧㄩ 曾ㄗㄘ 單ㄕㄉ 查ㄓㄔ 仇ㄑㄔ 解ㄒㄐ 區ㄡㄑ 樂ㄩㄌ 尉ㄨㄩ 種ㄔㄓ 盛ㄕㄔ 行ㄒㄏ 重ㄔㄓ',
	'傳ㄔㄓ 朝ㄔㄓ 調ㄊㄉ 藏ㄗㄘ 降ㄐㄒ 校ㄒㄐ 彈ㄉㄊ 參ㄘㄕ 會ㄏㄎ 率ㄕㄌ 宿ㄙㄒ 祭ㄓㄐ 便ㄅㄆ 賈ㄐㄍ 召ㄓㄕ 谷ㄍㄩ 句ㄍㄐ 費ㄈㄅ 強ㄑㄐ 茜ㄑㄒ',
	'莘ㄒㄕ 番ㄆㄈ 奇ㄑㄐ 其ㄑㄐ 畜ㄒㄔ 屏ㄆㄅ 給ㄐㄍ 廈ㄒㄕ 龜ㄍㄑ 石ㄕㄉ 省ㄕㄒ 瞿ㄑㄐ 俞ㄩㄕ 隗ㄨㄎ 万ㄨㄇ 綉ㄒ 嫺ㄒ 堃ㄎ 喆ㄓ',
	'峯ㄈ 鳯ㄈ 銹ㄒ 粧ㄓ 恒ㄏ 栢ㄅ 敎ㄐ 淸ㄑ 靑ㄑ 黄ㄏ 温ㄨ 呉ㄨ 緁ㄐㄑ 頵ㄐㄩ 筊ㄐㄒ 芎ㄒㄑ 晥ㄨㄏ 湞ㄓㄔ 勦ㄐㄔ'
].flatMap((line) => line.split(' ').map(withReadings));

function withReadings(entry: string): readonly [string, readonly string[]] {
	const [character = '', ...symbols] = [...entry];
	return [character, symbols];
}
