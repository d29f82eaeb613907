/** A wound as it is entered: which one of its place it is, what is missing, and what is stored of it. */
import { describe, expect, test } from 'vitest';
import {
	ANOTHER,
	keyOf,
	newWound,
	woundProblems,
	woundState
} from '#lib/care-ui/photos/wound-form.ts';

const sacrum = { site: 'sacrum', label: null };
const upper = { site: 'leg_left', label: '上面' };
const lower = { site: 'leg_left', label: '下面' };
const known = [sacrum, upper, lower];
const at = (site: string) => ({ ...newWound(null), site });

describe('which wound it is', () => {
	test('must be said: a place first, and of several in one place which', () => {
		expect(woundProblems(newWound(null), known)).toEqual(['site']);
		expect(woundProblems(at('head'), known)).toEqual([]);
		expect(woundProblems(at('leg_left'), known)).toEqual(['which']);
		expect(woundProblems({ ...at('leg_left'), which: keyOf(lower) }, known)).toEqual([]);
	});

	test('needs a name of its own when there is another in its place', () => {
		const another = { ...at('leg_left'), which: ANOTHER };
		expect(woundProblems(another, known)).toEqual(['label']);
		expect(woundProblems({ ...another, label: ' 上 面' }, known)).toEqual(['label_taken']);
		expect(woundProblems({ ...another, label: '外側' }, known)).toEqual([]);
		expect(woundState({ ...another, label: ' 外側 ' }, known)).toEqual({ label: '外側' });
	});

	test('is known when somebody comes from its page, and keeps its name', () => {
		expect(woundProblems(newWound(lower), known)).toEqual([]);
		expect(woundState(newWound(lower), known)).toEqual({ label: '下面' });
		expect(woundState(newWound(sacrum), known)).toBeNull();
	});

	test('of a place that was chosen and left again says nothing of that', () => {
		const left = { ...at('head'), which: keyOf(upper), label: '外側' };
		expect(woundState(left, known)).toBeNull();
	});
});

describe('its size', () => {
	const typed = { ...at('head'), length: '3.2', width: '2', depth: '0,5' };

	test('is stored in millimetres beside what was seen', () => {
		expect(woundState({ ...typed, tissue: 'slough' }, known)).toEqual({
			length_mm: 32,
			width_mm: 20,
			depth_mm: 5,
			tissue: 'slough'
		});
	});

	test('is length and width, or neither; and no size is a slip of the keys', () => {
		expect(woundProblems({ ...typed, width: '' }, known)).toEqual(['both']);
		expect(woundProblems({ ...typed, length: '320' }, known)).toEqual(['length']);
		expect(woundProblems({ ...typed, depth: '深' }, known)).toEqual(['depth']);
		expect(woundProblems({ ...at('head'), depth: '1' }, known)).toEqual([]);
	});
});
