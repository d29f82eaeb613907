/** Amounts of data in words. */

const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

/** `1.4 MB`; decimal units, as phones show them. */
export function sizeWords(bytes: number): string {
	let value = bytes;
	let unit = 0;
	while (value >= 1000 && unit < UNITS.length - 1) {
		value /= 1000;
		unit += 1;
	}
	const digits = unit === 0 || value >= 100 ? 0 : 1;
	return `${value.toFixed(digits)} ${UNITS[unit] ?? ''}`;
}
