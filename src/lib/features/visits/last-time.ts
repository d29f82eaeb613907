/** What stands in grey beside today's: of each field the newest earlier value, with the visit that it is of. Pure. */
import type { VisitRecordRow } from '#lib/domain/rows.ts';

/** The newest record that says something about it. Records come newest first, corrected ones left out. */
export function lastWith(
	earlier: readonly VisitRecordRow[],
	says: (record: VisitRecordRow) => boolean
): VisitRecordRow | null {
	return earlier.find(says) ?? null;
}

/** How often a service was done when it was last done. */
export function lastQuantity(
	earlier: readonly VisitRecordRow[],
	code: string
): { readonly quantity: number; readonly at: string | null } | null {
	for (const record of earlier) {
		const done = record.done_codes.find((one) => one.code === code);
		if (done) return { quantity: done.quantity, at: record.recorded_at };
	}
	return null;
}
