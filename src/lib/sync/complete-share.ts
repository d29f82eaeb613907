import type { CursorRecord } from '#lib/db/records.ts';

/** How much of the first download is here, 0..1, counted in buckets. */
export function completeShare(cursors: readonly Pick<CursorRecord, 'complete'>[]): number {
	if (cursors.length === 0) return 1;
	return cursors.filter(({ complete }) => complete).length / cursors.length;
}
