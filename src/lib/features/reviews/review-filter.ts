/** Which records a reviewer looks at: by how they stand, by who wrote them, and those that something speaks against. */
import type { ReviewedRecord } from '#lib/db/queries/record-reviews.ts';

export type ReviewShow = 'open' | 'returned' | 'approved';

export interface ReviewFilter {
	readonly show: ReviewShow;
	/** Null: everybody's. */
	readonly authorId: string | null;
	readonly onlyFlagged: boolean;
}

/** A severe value, a broken rule of the payment system, corrected times, or no signature and no reason for it. */
export function isFlagged({ red, warnings, times, isUnsigned }: ReviewedRecord): boolean {
	return red.length > 0 || warnings.length > 0 || times !== null || isUnsigned;
}

function showOf({ state }: ReviewedRecord): ReviewShow {
	return state === 'waiting' || state === 'corrected' ? 'open' : state;
}

export function filterRecords(
	records: readonly ReviewedRecord[],
	{ show, authorId, onlyFlagged }: ReviewFilter
): ReviewedRecord[] {
	return records.filter(
		(one) =>
			showOf(one) === show &&
			(authorId === null || one.record.created_by === authorId) &&
			(!onlyFlagged || isFlagged(one))
	);
}

/** How many stand so, whatever else is filtered. */
export function countsOf(records: readonly ReviewedRecord[]): Readonly<Record<ReviewShow, number>> {
	const counts = { open: 0, returned: 0, approved: 0 };
	for (const one of records) counts[showOf(one)] += 1;
	return counts;
}

/** Who wrote them, each once, in the order of the list. */
export function authorsOf(
	records: readonly ReviewedRecord[]
): readonly { readonly id: string; readonly name: string }[] {
	const names = new Map(
		records.map(({ record }) => [record.created_by ?? '', record.author_name] as const)
	);
	return [...names].map(([id, name]) => ({ id, name }));
}
