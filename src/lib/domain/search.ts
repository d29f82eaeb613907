/**
 * Words for the search index: Han text as pairs of characters, Latin text and numbers as words, Zhuyin as it is typed.
 * The index itself is made where it is used; these functions are its tokenizers.
 */

import { foldText } from './text.ts';

/** Runs of one script: Han, Zhuyin, or letters and digits of anything else. */
const RUNS =
	/\p{Script=Han}+|\p{Script=Bopomofo}+|(?:(?![\p{Script=Han}\p{Script=Bopomofo}])[\p{L}\p{N}\p{M}])+/gu;
const HAN = /\p{Script=Han}/u;

/**
 * Words of a text that goes into the index. A Han run gives its pairs and its last character, so that a query of one character
 * finds it wherever it stands (as the head of a pair or as the end), when the index searches by prefix.
 */
export function indexTokens(text: string): string[] {
	return runsOf(text).flatMap((run) => (HAN.test(run) ? [...pairs(run), lastOf(run)] : [run]));
}

/** Words of a query; all must be found (AND), each by prefix. */
export function queryTokens(query: string): string[] {
	return runsOf(query).flatMap((run) => {
		if (!HAN.test(run)) return [run];
		const found = pairs(run);
		return found.length > 0 ? found : [run];
	});
}

/**
 * For a second try when `queryTokens` finds nothing: the query cut into words, so that 追蹤血壓 also finds a text where the two
 * words stand apart. `segment` cuts Han text into words (Intl.Segmenter in the app).
 */
export function looseQueryTokens(
	query: string,
	segment: (text: string) => readonly string[]
): string[] {
	return runsOf(query).flatMap((run) =>
		HAN.test(run) ? segment(run).flatMap((word) => queryTokens(word)) : [run]
	);
}

function runsOf(text: string): string[] {
	return [...foldText(text).matchAll(RUNS)].map(([run]) => run);
}

function pairs(run: string): string[] {
	const characters = [...run];
	return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}

function lastOf(run: string): string {
	return [...run].at(-1) ?? '';
}
