import { expect, test } from 'vitest';
import { smsHref } from '#lib/care-ui/links.ts';
import { veiledName } from '#lib/domain/text.ts';

test('a text carries what was written, whatever stands in it', () => {
	const body = '【Connect 10】紅：跌倒 & 撞到頭？\n請回電';
	const href = smsHref('0912-345-678', body);
	expect(href).toMatch(/^sms:0912345678\?&body=/);
	expect(decodeURIComponent(href?.split('body=')[1] ?? '')).toBe(body);
	expect(new URL(href ?? '').searchParams.get('body'), 'as a phone reads it').toBe(body);
});

test.each(['02-2345-6789', '119', 'call me'])('%s takes no texts', (phone) => {
	expect(smsHref(phone, 'x')).toBeNull();
});

test.each([
	['林阿嬤', '林○○'],
	[' 𠮷田', '𠮷○○'],
	['', '○○']
])('%s is veiled as %s', (name, veiled) => {
	expect(veiledName(name)).toBe(veiled);
});
