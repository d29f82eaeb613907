/** The piece of a text in which something was found, as it was written, with what was found marked. */
import { foldText } from './text.ts';

export interface Excerpt {
	readonly before: string;
	readonly hit: string;
	readonly after: string;
}

/** Characters before what was found, and after it. */
const BEFORE = 12;
const AFTER = 40;

/**
 * Compared as everywhere in search (`foldText`: full-width forms, 臺 and 台, capitals); the first place counts.
 * @param folded what is looked for, folded already
 * @returns null when the text does not have it
 */
export function excerptOf(text: string, folded: string): Excerpt | null {
	if (folded === '' || !foldText(text).includes(folded)) return null;
	const letters = [...text.normalize('NFC')];
	let line = '';
	/** Of each unit of `line`: which letter it came from. */
	const from: number[] = [];
	for (const [index, letter] of letters.entries()) {
		const part = foldText(letter);
		line += part;
		for (let unit = 0; unit < part.length; unit += 1) from.push(index);
	}
	const at = line.indexOf(folded);
	// Found only across letters that fold as one: shown from its beginning.
	if (at < 0) return cut(letters, 0, 0);
	return cut(letters, from[at] ?? 0, (from[at + folded.length - 1] ?? 0) + 1);
}

function cut(letters: readonly string[], start: number, end: number): Excerpt {
	const oneLine = (part: readonly string[]) => part.join('').replace(/\s+/g, ' ');
	const first = Math.max(0, start - BEFORE);
	const last = Math.min(letters.length, end + AFTER);
	return {
		before: (first > 0 ? '…' : '') + oneLine(letters.slice(first, start)),
		hit: oneLine(letters.slice(start, end)),
		after: oneLine(letters.slice(end, last)) + (last < letters.length ? '…' : '')
	};
}
