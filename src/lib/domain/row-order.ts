/** In which order rows happened. Instants are compared by code unit: a locale puts punctuation before digits. */

/** Earlier first, none last. */
export function compareInstants(a: string | null, b: string | null): number {
	if (a === b) return 0;
	if (a === null || b === null) return a === null ? 1 : -1;
	return a < b ? -1 : 1;
}

interface Recorded {
	readonly recorded_at: string | null;
}

/** As the phones say that it was: earlier first. */
export function compareRecorded(a: Recorded, b: Recorded): number {
	return compareInstants(a.recorded_at, b.recorded_at);
}

/** Newest first: what this phone has made and not sent yet is later than all that the server has, which are in its order. */
export function newestFirst<Row extends Recorded & { readonly seq: number }>(
	rows: readonly Row[]
): Row[] {
	const place = ({ seq }: Row) => (seq === 0 ? Number.MAX_SAFE_INTEGER : seq);
	return [...rows].sort((a, b) => place(b) - place(a) || compareRecorded(b, a));
}
