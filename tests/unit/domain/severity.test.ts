import { expect, test } from 'vitest';
import {
	compareSeverity,
	isAtLeast,
	isSeverity,
	maxSeverity,
	SEVERITIES
} from '#lib/domain/severity.ts';

test('severities are ordered from none to red', () => {
	const shuffled = ['orange', 'none', 'red', 'yellow'] as const;
	expect(shuffled.toSorted(compareSeverity)).toEqual(SEVERITIES);
});

test('the worst severity counts, and nothing found is none', () => {
	expect(maxSeverity(['yellow', 'red', 'orange'])).toBe('red');
	expect(maxSeverity(['none', 'yellow'])).toBe('yellow');
	expect(maxSeverity([])).toBe('none');
});

test('a severity is at least itself and every milder one', () => {
	expect(isAtLeast('orange', 'orange')).toBe(true);
	expect(isAtLeast('orange', 'yellow')).toBe(true);
	expect(isAtLeast('yellow', 'orange')).toBe(false);
});

test('words that are no severity are told apart, inherited names too', () => {
	expect(isSeverity('red')).toBe(true);
	for (const other of ['Red', '', 'toString', '__proto__', 3, null, undefined]) {
		expect(isSeverity(other)).toBe(false);
	}
});
