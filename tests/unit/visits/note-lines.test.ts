/** One tap writes a line into the note, and a second one takes it out again. */
import { expect, test } from 'vitest';
import { hasLine, toggledLine } from '#lib/features/visits/note-lines.ts';

const LINE = '有吃：脈優 5 mg';

test('a line stands at the end of what was typed', () => {
	expect(toggledLine('', LINE)).toBe(LINE);
	expect(toggledLine('早餐吃完\n', LINE)).toBe(`早餐吃完\n${LINE}`);
});

test('a second tap takes that line away, and nothing else', () => {
	const note = `早餐吃完\n${LINE} \n散步`;
	expect(hasLine(note, LINE)).toBe(true);
	expect(toggledLine(note, LINE)).toBe('早餐吃完\n散步');
});

test('a line that goes on is another one: 5 mg is not 50 mg', () => {
	const note = `${LINE}，吐了一半`;
	expect(hasLine(note, LINE)).toBe(false);
	expect(toggledLine(note, LINE)).toBe(`${note}\n${LINE}`);
});
