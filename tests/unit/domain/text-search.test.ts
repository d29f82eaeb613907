import fc from 'fast-check';
import { anyText } from '../../fixtures/arbitraries.ts';
import MiniSearch from 'minisearch';
import { describe, expect, test } from 'vitest';
import { indexTokens, looseQueryTokens, queryTokens } from '#lib/domain/search.ts';
import { cleanLine, cleanText, foldText, parseNumber } from '#lib/domain/text.ts';
import { ZHUYIN_TABLE } from '#lib/domain/zhuyin-table.ts';
import {
	bigFiveCharacters,
	ZHUYIN_LETTERS,
	zhuyinLookup,
	zhuyinTokens
} from '#lib/domain/zhuyin.ts';

const lookup = zhuyinLookup(ZHUYIN_TABLE);
const segmenter = new Intl.Segmenter('zh-Hant', { granularity: 'word' });
const segment = (text: string): string[] =>
	[...segmenter.segment(text)].map((piece) => piece.segment);

describe('text', () => {
	test('full-width letters and digits become ordinary, Chinese punctuation stays', () => {
		expect(cleanText('　ＡＢ１２，光明村（一）　')).toBe('AB12，光明村（一）');
	});

	test('lines stay lines, and become one where one is asked for', () => {
		expect(cleanText('一\r\n二 \n 三')).toBe('一\n二\n三');
		expect(cleanLine('一\r\n二')).toBe('一 二');
	});

	test('characters that do harm are taken out', () => {
		expect(cleanText('王\u0000小\u202e明\u200b\ufeff')).toBe('王小明');
	});

	test('cleaning twice changes nothing more', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				expect(cleanText(cleanText(text))).toBe(cleanText(text));
			})
		);
	});

	test('folding makes equal what people write differently', () => {
		expect(foldText('臺東')).toBe(foldText('台東'));
		expect(foldText('Nguyễn Thị Đào')).toBe('nguyen thi dao');
		expect(foldText('ＡＢＣ')).toBe('abc');
	});

	test.each([
		['36.5', 36.5],
		['３６．５', 36.5],
		['36。5', 36.5],
		[' 120 ', 120],
		['-3', -3],
		['', null],
		['12a', null],
		['1,200', null],
		['1e3', null],
		['0x10', null],
		['..5', null]
	])('"%s" is the number %s', (text, number) => {
		expect(parseNumber(text)).toBe(number);
	});
});

describe('search words', () => {
	test('Han text gives pairs and its last character, Latin text words', () => {
		expect(indexTokens('王小明')).toEqual(['王小', '小明', '明']);
		expect(indexTokens('明')).toEqual(['明']);
		expect(indexTokens('Nguyễn Thị Đào')).toEqual(['nguyen', 'thi', 'dao']);
		expect(indexTokens('光明村8號A棟')).toEqual(['光明', '明村', '村', '8', '號', 'a', '棟']);
		expect(queryTokens('小明')).toEqual(['小明']);
		expect(queryTokens('明')).toEqual(['明']);
		expect(queryTokens('ㄨㄒㄇ')).toEqual(['ㄨㄒㄇ']);
	});

	function indexOf(names: readonly string[]): MiniSearch {
		const index = new MiniSearch({
			fields: ['name', 'initials'],
			tokenize: (text, field) => (field === 'initials' ? text.split(' ') : indexTokens(text)),
			processTerm: (term) => term,
			searchOptions: { tokenize: queryTokens, prefix: true, combineWith: 'AND' }
		});
		index.addAll(
			names.map((name, id) => ({ id, name, initials: zhuyinTokens(name, lookup).join(' ') }))
		);
		return index;
	}

	function found(index: MiniSearch, names: readonly string[], query: string): string[] {
		return index.search(query).map((hit) => names[Number(hit.id)] ?? '');
	}

	test('every piece of a name finds it, wherever it stands', () => {
		const character = fc.constantFrom(...'王小明林阿嬤陳劉爺施公臺中春花');
		const name = fc.array(character, { minLength: 1, maxLength: 5 }).map((each) => each.join(''));
		fc.assert(
			fc.property(name, fc.nat(4), fc.integer({ min: 1, max: 5 }), (each, start, length) => {
				const piece = [...each].slice(start, start + length).join('');
				fc.pre(piece !== '');
				expect(found(indexOf([each]), [each], piece)).toEqual([each]);
			}),
			{ numRuns: 60 }
		);
	});

	test('names are found in Han, in Latin without marks, and by Zhuyin initials', () => {
		const names = ['王小明', '林阿嬤', '曾國華', 'Nguyễn Thị Đào', '臺中春花'];
		const index = indexOf(names);
		expect(found(index, names, '小明')).toEqual(['王小明']);
		expect(found(index, names, 'ㄨㄒㄇ')).toEqual(['王小明']);
		expect(found(index, names, 'ㄒㄇ')).toEqual(['王小明']);
		expect(found(index, names, 'ㄗㄍ')).toEqual(['曾國華']);
		expect(found(index, names, 'nguyen dao')).toEqual(['Nguyễn Thị Đào']);
		expect(found(index, names, '台中')).toEqual(['臺中春花']);
		expect(found(index, names, '小花')).toEqual([]);
	});

	test('the second try finds words that stand apart', () => {
		const names = ['血壓偏高，請追蹤'];
		const index = indexOf(names);
		expect(found(index, names, '追蹤血壓')).toEqual([]);
		const tokens = looseQueryTokens('追蹤血壓', segment);
		expect(index.search('追蹤血壓', { tokenize: () => tokens })).toHaveLength(1);
	});

	test('any text gives words without throwing, and a query of its own words finds it', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const words = new Set(indexTokens(text));
				for (const token of queryTokens(text)) {
					expect([...words].some((word) => word.startsWith(token))).toBe(true);
				}
			})
		);
	});
});

describe('Zhuyin initials', () => {
	test('the table has one letter for each of the 13,053 characters', () => {
		expect(bigFiveCharacters()).toHaveLength(13_053);
		expect(ZHUYIN_TABLE).toHaveLength(13_053);
		expect([...ZHUYIN_TABLE].every((letter) => ZHUYIN_LETTERS.includes(letter))).toBe(true);
	});

	test.each([
		['王', 'ㄨ'],
		['小', 'ㄒ'],
		['明', 'ㄇ'],
		['林', 'ㄌ'],
		['阿', 'ㄚ'],
		['嬤', 'ㄇ'],
		['陳', 'ㄔ'],
		['余', 'ㄩ'],
		['葉', 'ㄧ'],
		['歐', 'ㄡ'],
		['二', 'ㄦ'],
		['瑋', 'ㄨ']
	])('%s begins with %s', (character, symbol) => {
		expect(lookup(character)).toEqual([symbol]);
	});

	test('surnames with a reading of their own come first, the common reading also counts', () => {
		expect(lookup('曾')).toEqual(['ㄗ', 'ㄘ']);
		expect(lookup('單')).toEqual(['ㄕ', 'ㄉ']);
		expect(zhuyinTokens('沈', lookup)).toEqual(['ㄕ', 'ㄔ']);
	});

	test('what has no reading is passed over', () => {
		expect(zhuyinTokens('A王·小', lookup)).toEqual(['ㄨㄒ', 'ㄒ']);
		expect(zhuyinTokens('Nguyễn', lookup)).toEqual([]);
		expect(zhuyinTokens('', lookup)).toEqual([]);
	});

	test('a name of many readings stays small', () => {
		expect(zhuyinTokens('曾單查仇解區樂', lookup).length).toBeLessThanOrEqual(8 * 7);
	});
});
