/** National ID and resident certificate numbers: shape and check digit. A failed check warns and never blocks: papers have typing errors. */

export type TaiwanIdKind = 'citizen' | 'resident' | 'resident_old';

export type TaiwanIdCheck =
	| {
			readonly ok: true;
			readonly id: string;
			readonly kind: TaiwanIdKind;
			readonly sex: 'male' | 'female';
	  }
	| { readonly ok: false; readonly id: string; readonly code: 'empty' | 'shape' | 'checksum' };

/** Position in this string + 10 is the number of the letter: A 10 … Z 33, I 34, O 35. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

/** Letter tens and units, then the nine digits. */
const WEIGHTS: readonly number[] = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1];

/** Second character: 1 and 2 citizens, 8 and 9 residents since 2021; A to D in the old resident form. */
const SHAPE = /^[A-Z](?:[1289]\d{8}|[A-D]\d{8})$/;

export function checkTaiwanId(text: string): TaiwanIdCheck {
	const id = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
	if (id === '') return { ok: false, id, code: 'empty' };
	if (!SHAPE.test(id)) return { ok: false, id, code: 'shape' };
	const sum = digitsOf(id).reduce(
		(total, digit, index) => total + digit * (WEIGHTS[index] ?? 0),
		0
	);
	if (sum % 10 !== 0) return { ok: false, id, code: 'checksum' };
	const second = id.charAt(1);
	return { ok: true, id, kind: kindOf(second), sex: '18AC'.includes(second) ? 'male' : 'female' };
}

function digitsOf(id: string): number[] {
	const first = letterNumber(id.charAt(0));
	const second = id.charAt(1);
	// The old resident form counts the second letter by its units digit.
	const secondDigit = /\d/.test(second) ? Number(second) : letterNumber(second) % 10;
	const rest = [...id.slice(2)].map(Number);
	return [Math.floor(first / 10), first % 10, secondDigit, ...rest];
}

function letterNumber(letter: string): number {
	return LETTERS.indexOf(letter) + 10;
}

function kindOf(second: string): TaiwanIdKind {
	if (second === '1' || second === '2') return 'citizen';
	return second === '8' || second === '9' ? 'resident' : 'resident_old';
}
