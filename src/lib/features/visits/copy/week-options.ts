/** How far ahead visits are planned at once: a plan that is older than two months is rarely still true. */
const MOST_WEEKS = 8;

/** `1` to `8`, as values of a choice. */
export function weekOptions(): string[] {
	return Array.from({ length: MOST_WEEKS }, (_, index) => String(index + 1));
}
