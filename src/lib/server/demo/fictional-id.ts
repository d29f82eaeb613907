/** National ID numbers for invented people: they pass the checksum but use the letter Y (陽明山管理局), issued to nobody since 1975. */

const LETTER_Y = 31;
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 1];

export function fictionalNationalId(sex: 'female' | 'male', index: number): string {
	const digits = `${sex === 'male' ? 1 : 2}${String(index).padStart(7, '0')}`;
	const letterSum = Math.floor(LETTER_Y / 10) + (LETTER_Y % 10) * 9;
	const sum = WEIGHTS.reduce(
		(total, weight, place) => total + weight * Number(digits[place]),
		letterSum
	);
	return `Y${digits}${(10 - (sum % 10)) % 10}`;
}
