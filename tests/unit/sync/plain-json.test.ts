import { expect, test } from 'vitest';
import { toPlainJson } from '#lib/sync/plain-json.ts';

const LONE_HIGH = '\ud83d';
const LONE_LOW = '\ude00';

test('what jsonb refuses is taken out of every string, at any depth', () => {
	expect(
		toPlainJson({
			row: { note: `跌倒\0了${LONE_HIGH}`, codes: [`${LONE_LOW}a`] },
			patch: [null, 1]
		})
	).toEqual({ row: { note: '跌倒了\ufffd', codes: ['\ufffda'] }, patch: [null, 1] });
});

test('whole emoji, rare Han and everything else stay as they are', () => {
	const args = { text: '😀𠮷野家', count: 0, flag: false, nothing: null };
	expect(toPlainJson(args)).toEqual(args);
	expect(toPlainJson(args)).not.toBe(args);
});
