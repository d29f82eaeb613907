/** Text as people in Taiwan type it: full-width forms, 臺 and 台, accents, numbers; one folding for comparing and searching. */

/**
 * For storing: full-width letters, digits and blanks made ordinary, harmful characters taken out, line ends unified, runs of blanks
 * made one, ends trimmed. Chinese punctuation stays as it was written.
 */
export function cleanText(text: string): string {
	return text
		.normalize('NFC')
		.replace(/[０-９Ａ-Ｚａ-ｚ\u3000]/g, (character) => character.normalize('NFKC'))
		.replace(CONTROL_CHARACTERS, '')
		.replace(/\r\n?/g, '\n')
		.replace(/[^\S\n]+/g, ' ')
		.replace(/ ?\n ?/g, '\n')
		.trim();
}

/** `cleanText` on one line. */
export function cleanLine(text: string): string {
	return cleanText(text).replace(/\n+/g, ' ');
}

/**
 * For comparing and searching only, never for storing: lower case, 臺 as 台, Latin without its marks (Nguyễn as nguyen, đ as d).
 */
export function foldText(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.normalize('NFD')
		.replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
		.normalize('NFC')
		.replace(/[臺đð]/g, (letter) => SPELLED[letter] ?? letter);
}

/** For a message that others may read: 林○○. */
export function veiledName(name: string): string {
	const [first = ''] = cleanLine(name);
	return `${first}○○`;
}

/** A number as typed, full-width digits and 。 as the point included; null for anything else, an empty text too. */
export function parseNumber(text: string): number | null {
	const plain = text.normalize('NFKC').trim().replace('。', '.');
	return /^[+-]?\d{1,9}(\.\d{1,6})?$/.test(plain) ? Number(plain) : null;
}

/**
 * Characters that no name or note needs and that do harm: NUL (Postgres refuses it), other controls, and the marks that turn the
 * direction of writing around (a file name or a name that reads differently from what it is).
 */
const CONTROL_CHARACTERS =
	/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

const SPELLED: Readonly<Record<string, string>> = { 臺: '台', đ: 'd', ð: 'd' };
