/** How a visit record stands with its supervisor. */
import type { RecordReviewRow } from './record-rows.ts';
import { newestFirst } from './row-order.ts';
import type { VisitRecordRow } from './rows.ts';

/** corrected: it stands in for one that was returned, and waits to be looked at again. */
export type ReviewState = 'waiting' | 'corrected' | 'returned' | 'approved';

/** The one that stands. */
export function latestReview(reviews: readonly RecordReviewRow[]): RecordReviewRow | null {
	return newestFirst(reviews)[0] ?? null;
}

/**
 * @param own reviews of this record
 * @param ofCorrected reviews of the record that this one corrects
 */
export function reviewState(
	own: readonly RecordReviewRow[],
	ofCorrected: readonly RecordReviewRow[]
): ReviewState {
	const latest = latestReview(own);
	if (latest) return latest.verdict;
	return latestReview(ofCorrected)?.verdict === 'returned' ? 'corrected' : 'waiting';
}

/** Nobody reviews what they wrote themselves; the server holds it too. */
export function mayReview(
	record: Pick<VisitRecordRow, 'created_by'>,
	userId: string,
	role: string | null
): boolean {
	return role === 'supervisor' && record.created_by !== userId;
}
