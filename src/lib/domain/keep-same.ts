/** Rows read again that say the same stay the very same objects, so that whoever compares by identity sees only what has changed. */

/** Compares fields by identity, lists in them item by item. */
export function keepSame<Row extends { readonly id: string }>(
	before: readonly Row[],
	after: readonly Row[]
): readonly Row[] {
	const known = new Map(before.map((row) => [row.id, row]));
	let isAllSame = before.length === after.length;
	const kept = after.map((row, index) => {
		const old = known.get(row.id);
		const same = old !== undefined && saysTheSame(old, row) ? old : row;
		if (same !== before[index]) isAllSame = false;
		return same;
	});
	return isAllSame ? before : kept;
}

export function sameItems<Item>(a: readonly Item[], b: readonly Item[]): boolean {
	return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** Thousands of rows at each change: no lists of their fields are made. */
function saysTheSame<Row extends object>(a: Row, b: Row): boolean {
	for (const key in b) {
		const [before, after]: [unknown, unknown] = [a[key], b[key]];
		if (before === after) continue;
		if (!Array.isArray(before) || !Array.isArray(after) || !sameItems(before, after)) return false;
	}
	for (const key in a) if (!(key in b)) return false;
	return true;
}
