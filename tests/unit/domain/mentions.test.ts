/** Mentions as they are typed, told and read. */
import { describe, expect, test } from 'vitest';
import {
	mentionAt,
	mentionedIn,
	mentionParts,
	MOST_MENTIONS,
	offered,
	withMention
} from '#lib/domain/mentions.ts';

const people = [
	{ id: 'ming', name: '王小明' },
	{ id: 'ming2', name: '王小明明' },
	{ id: 'mei-n', name: '林美玲' },
	{ id: 'mei-w', name: '林美玲' },
	{ id: 'ann', name: 'Ann Lee' }
];

describe('the mention that is being typed', () => {
	test.each([
		['@', 0, ''],
		['請@王', 1, '王'],
		['好 ＠王小', 2, '王小'],
		['(@ann le', 1, 'ann le'],
		['@王小明 請看 @林', 8, '林']
	])('%s begins at %i', (text, from, typed) => {
		expect(mentionAt(text, text.length)).toEqual({ from, typed });
	});
	test.each(['沒有', 'mail me at me@home', '@ 王', '@王小明，', '@王\n小', `@${'長'.repeat(31)}`])(
		'%s is none',
		(text) => {
			expect(mentionAt(text, text.length)).toBeNull();
		}
	);
	test('what stands after the caret is no part of it', () => {
		expect(mentionAt('@王小明', 2)).toEqual({ from: 0, typed: '王' });
	});
});

test('those whose name begins so are offered before those in whose name it stands, however it is written', () => {
	expect(offered(people, 'LEE').map(({ id }) => id)).toEqual(['ann']);
	const some = [
		{ id: 'b', name: '陳王' },
		{ id: 'a', name: '王五' }
	];
	expect(offered(some, '王').map(({ id }) => id)).toEqual(['a', 'b']);
	expect(offered(people, '').length).toBe(5);
	expect(offered(people, '沒有這個人')).toEqual([]);
});

test('the name takes the place of what was typed, and the caret goes behind it', () => {
	const ming = { id: 'ming', name: '王小明' };
	expect(withMention('請＠王 看看', { from: 1, typed: '王' }, ming)).toEqual({
		text: '請@王小明 看看',
		caret: 6
	});
	expect(withMention('請@', { from: 1, typed: '' }, ming)).toEqual({
		text: '請@王小明 ',
		caret: 6
	});
});

describe('whom a text means', () => {
	test.each([
		['@王小明 請看', ['ming']],
		['@王小明明 請看', ['ming2']],
		['王小明 請看', []],
		['＠Ann Lee、@王小明 @王小明', ['ann', 'ming']]
	])('%s', (text, ids) => {
		expect(mentionedIn(text, people, [])).toEqual(ids);
	});
	test('of two with one name whoever was chosen, or both', () => {
		expect(mentionedIn('@林美玲', people, ['mei-w'])).toEqual(['mei-w']);
		expect(mentionedIn('@林美玲', people, ['ming'])).toEqual(['mei-n', 'mei-w']);
	});
	test('a name that was deleted again means nobody, though it was chosen', () => {
		expect(mentionedIn('改由別人', people, ['ming'])).toEqual([]);
	});
	test('no more than the database takes', () => {
		const many = Array.from({ length: 30 }, (_, at) => ({ id: `${at}`, name: `甲${at}號` }));
		const text = many.map(({ name }) => `@${name}`).join(' ');
		expect(mentionedIn(text, many, [])).toHaveLength(MOST_MENTIONS);
	});
});

test('a text in pieces is the text', () => {
	const text = '請 ＠王小明 與 @林美玲看一下 me@home';
	const parts = mentionParts(text, people);
	expect(parts.map((part) => part.text).join('')).toBe(text);
	expect(parts.flatMap(({ name }) => name ?? [])).toEqual(['王小明', '林美玲']);
});
