/** Arrow-key movement in a row of controls of which only one is in the tab order. */

/**
 * The index that `key` moves to, wrapping at both ends and skipping disabled ones.
 * Answers `null` when the key does not move or nothing is enabled.
 */
export function nextRovingIndex(
	key: string,
	current: number,
	disabled: readonly boolean[]
): number | null {
	const count = disabled.length;
	const enabled = (index: number) => disabled[index] === false;
	const search = (start: number, step: 1 | -1): number | null => {
		for (let tried = 0; tried < count; tried += 1) {
			const index = (((start + step * tried) % count) + count) % count;
			if (enabled(index)) return index;
		}
		return null;
	};
	switch (key) {
		case 'ArrowRight':
		case 'ArrowDown':
			return search(current + 1, 1);
		case 'ArrowLeft':
		case 'ArrowUp':
			return search(current - 1, -1);
		case 'Home':
			return search(0, 1);
		case 'End':
			return search(count - 1, -1);
		default:
			return null;
	}
}
