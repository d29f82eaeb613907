import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derivedUuid, messageReadId, uuidV7 } from '#lib/domain/ids.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([78])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const instant = fc.integer({ min: 0, max: 2 ** 47 });

describe('ids made on the device', () => {
	test('are version 7 and say their millisecond', () => {
		fc.assert(
			fc.property(instant, bytes, (ms, random) => {
				const id = uuidV7(ms, random);
				expect(UUID.exec(id)?.[1]).toBe('7');
				expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(ms);
			})
		);
	});

	test('of a later millisecond sort later, whatever the randomness', () => {
		fc.assert(
			fc.property(instant, bytes, bytes, (ms, first, second) => {
				expect(uuidV7(ms, first) < uuidV7(ms + 1, second)).toBe(true);
			})
		);
	});

	test('need enough randomness', () => {
		expect(() => uuidV7(0, new Uint8Array(9))).toThrow('10 random bytes');
	});
});

describe('ids derived from what they stand for', () => {
	test('are the same for the same words and version 8', () => {
		fc.assert(
			fc.property(fc.array(fc.string()), (words) => {
				expect(derivedUuid(...words)).toBe(derivedUuid(...words));
				expect(UUID.exec(derivedUuid(...words))?.[1]).toBe('8');
			})
		);
	});

	test('differ for 100,000 read marks and for words cut elsewhere', () => {
		const ids = new Set<string>();
		for (let index = 0; index < 50_000; index++) {
			ids.add(messageReadId(`case-${index % 500}`, 'circle', `user-${Math.floor(index / 500)}`));
			ids.add(messageReadId(`case-${index % 500}`, 'staff', `user-${Math.floor(index / 500)}`));
		}
		expect(ids.size).toBe(100_000);
		expect(derivedUuid('ab', 'c')).not.toBe(derivedUuid('a', 'bc'));
	});
});
