/** Cutting a long list into runs. */

export interface Chunk<T> {
	/** Index of the first item in the whole list. */
	readonly start: number;
	readonly items: readonly T[];
}

/** Runs of `size` items, the last one shorter. `size` must be at least 1. */
export function chunksOf<T>(items: readonly T[], size: number): Chunk<T>[] {
	const chunks: Chunk<T>[] = [];
	for (let start = 0; start < items.length; start += size) {
		chunks.push({ start, items: items.slice(start, start + size) });
	}
	return chunks;
}
