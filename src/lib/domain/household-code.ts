/**
 * The code on the sheet at a household's door: eleven random digits and a check digit (Luhn, ISO/IEC 7812-1), in three groups of four.
 * Digits, because a number pad needs no change of keyboard. The sheet says nothing else: no name, no address.
 */

const CODE_LENGTH = 12;
/** Tells our sheets from every other QR code in a home, such as that on a medicine bag. */
const PREFIX = 'C10';

/** What was read or typed. mistyped: meant as a code, but a digit is wrong or missing. foreign: no code of ours. */
export type ReadCode =
	{ readonly kind: 'code'; readonly digits: string } | { readonly kind: 'mistyped' | 'foreign' };

/**
 * A new code.
 * @param random at least 32 random bytes; each below 250 gives one even digit
 * @throws {RangeError} too few bytes could be used
 */
export function newCode(random: Uint8Array): string {
	const digits = [...random].filter((byte) => byte < 250).map((byte) => byte % 10);
	if (digits.length < CODE_LENGTH - 1) throw new RangeError('too few random bytes for a code');
	const body = digits.slice(0, CODE_LENGTH - 1).join('');
	return body + checkDigit(body);
}

/** Three groups of four, as they stand on the sheet. */
export function spacedCode(digits: string): string {
	return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** What the QR code and the NFC tag hold. */
export function sheetText(digits: string): string {
	return `${PREFIX} ${spacedCode(digits)}`;
}

/** What a camera or a tag gave. */
export function readSheet(text: string): ReadCode {
	return text.startsWith(`${PREFIX} `) ? readTyped(text.slice(PREFIX.length)) : { kind: 'foreign' };
}

/** What somebody typed: full-width digits, spaces and dashes are as good as digits alone. */
export function readTyped(text: string): ReadCode {
	const digits = text.normalize('NFKC').replace(/[\s-]/g, '');
	const isCode =
		/^\d+$/.test(digits) &&
		digits.length === CODE_LENGTH &&
		checkDigit(digits.slice(0, -1)) === digits.slice(-1);
	return isCode ? { kind: 'code', digits } : { kind: 'mistyped' };
}

function checkDigit(body: string): string {
	const sum = [...body].reverse().reduce((total, char, index) => {
		const weighed = Number(char) * (index % 2 === 0 ? 2 : 1);
		return total + (weighed > 9 ? weighed - 9 : weighed);
	}, 0);
	return String((10 - (sum % 10)) % 10);
}
