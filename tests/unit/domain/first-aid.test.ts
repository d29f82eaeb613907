import { describe, expect, test } from 'vitest';
import { callsFor } from '#lib/domain/emergency-calls.ts';
import { firstAidFor, firstAidGuide, type FirstAidGuideId } from '#lib/domain/first-aid.ts';
import { INCIDENT_TYPES } from '#lib/domain/incident-types.ts';

const guides = INCIDENT_TYPES.flatMap(({ code }): [string, FirstAidGuideId][] => {
	const guide = firstAidFor(code);
	return guide === null ? [] : [[code, guide]];
});

describe('first aid', () => {
	test('stands with every incident in which minutes decide', () => {
		expect(guides.map(([code]) => code)).toEqual([
			'FALL',
			'UNCON',
			'CHOKE',
			'STROKE',
			'CHEST',
			'HYPOG',
			'NOANS'
		]);
	});

	test.each(guides)('for %s says when to call, once a number', (_, guide) => {
		const calls = firstAidGuide(guide).steps.flatMap(({ call }) => (call ? [call] : []));
		expect(calls).toContain('119');
		expect(new Set(calls).size).toBe(calls.length);
	});

	test('for a stroke, a chest pain and who cannot be woken, calling comes before all that takes time', () => {
		for (const guide of ['stroke', 'chest', 'unconscious'] as const)
			expect(firstAidGuide(guide).steps[1]).toMatchObject({ call: '119' });
	});
});

describe('the public numbers', () => {
	test('begin with 119, whatever happened', () => {
		for (const type of [
			null,
			'a type of a newer release',
			...INCIDENT_TYPES.map(({ code }) => code)
		])
			expect(callsFor(type)[0]).toBe('119');
	});

	test.each([
		['ABUSE', ['119', '113', '110']],
		['NOANS', ['119', '110']],
		['FALL', ['119']]
	])('of %s are %s', (type, numbers) => {
		expect(callsFor(type)).toEqual(numbers);
	});
});
