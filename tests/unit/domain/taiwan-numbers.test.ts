import fc from 'fast-check';
import { anyText } from '../../fixtures/arbitraries.ts';
import { validateIdCardNumber } from 'taiwan-id-validator';
import { describe, expect, test } from 'vitest';
import { checkPhone, formatPhone, telLink } from '#lib/domain/phone.ts';
import { checkTaiwanId } from '#lib/domain/taiwan-id.ts';

describe('id numbers', () => {
	test.each([
		['A123456789', 'citizen', 'male'],
		['A800000014', 'resident', 'male'],
		['AA00000009', 'resident_old', 'male'],
		['ａ１２３４５６７８９', 'citizen', 'male'],
		[' a123-456-789 ', 'citizen', 'male']
	])('%s is a %s number', (text, kind, sex) => {
		expect(checkTaiwanId(text)).toMatchObject({ ok: true, kind, sex });
	});

	test.each([
		['', 'empty'],
		['A123456788', 'checksum'],
		['A12345678', 'shape'],
		['1234567890', 'shape'],
		['A323456789', 'shape'],
		['AE00000009', 'shape'],
		['王123456789', 'shape']
	])('"%s" is refused as %s', (text, code) => {
		expect(checkTaiwanId(text)).toMatchObject({ ok: false, code });
	});

	test('the check digit agrees with an independent implementation', () => {
		const id = fc.stringMatching(/^[A-Z]([1289]|[A-D])[0-9]{8}$/);
		fc.assert(
			fc.property(id, (each) => {
				// The other one also narrows the third character of resident numbers; compare the check digit only.
				const other = validateIdCardNumber(each);
				fc.pre(other.valid || other.reason === 'INVALID_CHECKSUM');
				expect(checkTaiwanId(each).ok).toBe(other.valid);
			}),
			{ numRuns: 2000 }
		);
	});

	test('of the ten last digits exactly one is right', () => {
		const head = fc.stringMatching(/^[A-Z]([1289]|[A-D])[0-9]{7}$/);
		fc.assert(
			fc.property(head, (each) => {
				const right = [...'0123456789'].filter((digit) => checkTaiwanId(each + digit).ok);
				expect(right).toHaveLength(1);
			})
		);
	});
});

describe('telephone numbers', () => {
	test.each([
		['0912-345-678', 'mobile', '0912345678'],
		['０９１２３４５６７８', 'mobile', '0912345678'],
		['+886 912 345 678', 'mobile', '0912345678'],
		['+886 (0)912-345-678', 'mobile', '0912345678'],
		['00886912345678', 'mobile', '0912345678'],
		['(02) 2345-6789', 'landline', '0223456789'],
		['02-2345-6789#123', 'landline', '0223456789#123'],
		['049-280-1234 轉 12', 'landline', '0492801234#12'],
		['049-2801234分機5', 'landline', '0492801234#5'],
		['089-123456', 'landline', '089123456'],
		['0836-22345', 'landline', '083622345'],
		['0800-507-272', 'free', '0800507272'],
		['119', 'short', '119'],
		['1966', 'short', '1966']
	])('%s is a %s number', (text, kind, number) => {
		expect(checkPhone(text)).toEqual({ ok: true, kind, number });
	});

	test.each([
		'12345',
		'0912-345-67',
		'請打給女兒',
		'09123456789',
		'2345-6789',
		'0912abc678',
		'911'
	])('"%s" is no telephone number', (text) => {
		expect(checkPhone(text)).toEqual({ ok: false, code: 'not_a_phone' });
		expect(telLink(text)).toBeNull();
		expect(formatPhone(text)).toBe(text);
	});

	test('the link calls, and pauses before the extension', () => {
		expect(telLink('0912-345-678')).toBe('tel:0912345678');
		expect(telLink('02-2345-6789#123')).toBe('tel:0223456789,123');
		expect(telLink('119')).toBe('tel:119');
	});

	test.each([
		['0912345678', '0912-345-678'],
		['0223456789', '02-2345-6789'],
		['0492801234#12', '049-280-1234 #12'],
		['089123456', '089-123-456'],
		['037123456', '037-123-456'],
		['083622345', '0836-22345'],
		['0800507272', '0800-507-272'],
		['119', '119']
	])('%s is shown as %s', (number, shown) => {
		expect(formatPhone(number)).toBe(shown);
	});

	test('what was stored reads back as itself, and never throws', () => {
		const text = fc.oneof(anyText, fc.stringMatching(/^[+()0-9 #-]{0,18}$/));
		fc.assert(
			fc.property(text, (each) => {
				const first = checkPhone(each);
				if (first.ok) expect(checkPhone(first.number)).toEqual(first);
				if (first.ok) expect(checkPhone(formatPhone(first.number))).toEqual(first);
			})
		);
	});
});
