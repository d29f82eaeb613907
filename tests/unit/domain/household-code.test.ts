/** The number on the sheet at the door: even digits, one slip is noticed, and no other code of a home is taken for it. */
import { expect, test } from 'vitest';
import {
	newCode,
	readSheet,
	readTyped,
	sheetText,
	spacedCode
} from '#lib/domain/household-code.ts';

const BYTES = Uint8Array.from({ length: 32 }, (_, index) => (index * 37 + 11) % 256);
const CODE = newCode(BYTES);

test('a new code has twelve digits, leaves out bytes that would favour the small ones, and says when it has too few', () => {
	expect(CODE).toMatch(/^\d{12}$/);
	expect(newCode(Uint8Array.from([250, 255, ...Array<number>(11).fill(7)]))).toMatch(/^7{11}\d$/);
	expect(() => newCode(new Uint8Array(20).fill(255))).toThrow(RangeError);
});

test('the check digit is Luhn\u2019s', () => {
	// 7992739871 3 is the example of ISO/IEC 7812-1\u2019s algorithm that textbooks give.
	expect(newCode(Uint8Array.from([0, 7, 9, 9, 2, 7, 3, 9, 8, 7, 1]))).toBe('079927398713');
});

test('what stands on the sheet is read back, by camera and by hand', () => {
	expect(spacedCode(CODE)).toMatch(/^\d{4} \d{4} \d{4}$/);
	expect(readSheet(sheetText(CODE))).toEqual({ kind: 'code', digits: CODE });
	for (const typed of [CODE, spacedCode(CODE), CODE.replace(/(\d{4})(?=\d)/g, '$1-')])
		expect(readTyped(typed), typed).toEqual({ kind: 'code', digits: CODE });
	const fullWidth = CODE.replace(/\d/g, (digit) =>
		String.fromCharCode(digit.charCodeAt(0) + 0xfee0)
	);
	expect(readTyped(fullWidth)).toEqual({ kind: 'code', digits: CODE });
});

test('one wrong digit, a missing one and words are noticed', () => {
	for (let place = 0; place < CODE.length; place += 1) {
		const wrong = (Number(CODE[place]) + 1) % 10;
		const typed = CODE.slice(0, place) + String(wrong) + CODE.slice(place + 1);
		expect(readTyped(typed), typed).toEqual({ kind: 'mistyped' });
	}
	for (const typed of ['', CODE.slice(1), `${CODE}0`, '門口'])
		expect(readTyped(typed), typed).toEqual({ kind: 'mistyped' });
});

test('other codes of a home are not ours', () => {
	for (const text of ['https://example.tw/', CODE, '0123456789;脈優', ''])
		expect(readSheet(text), text).toEqual({ kind: 'foreign' });
});
