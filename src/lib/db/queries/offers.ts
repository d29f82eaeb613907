/** Offers of visits: those that wait for my answer, and those that others were made. */
import { groupBy } from '#lib/domain/group-by.ts';
import type { OfferedVisitRow, VisitOfferRow, VisitRow } from '#lib/domain/rows.ts';
import { offerState } from '#lib/domain/offers.ts';
import { compareRecorded } from '#lib/domain/row-order.ts';
import type { LocalDb } from '#lib/db/local-db.ts';

export interface OfferToMe {
	readonly offer: OfferedVisitRow;
	/** I have said yes, and the server has not heard it: nobody knows yet whether the visit is mine. */
	readonly isPromised: boolean;
	/** What I go to at that time already. */
	readonly clashes: readonly VisitRow[];
}

const DAY_MS = 86_400_000;

/**
 * What I may still answer, and what I have agreed to while the server has not heard it; in order of time.
 * @param now instant
 */
export async function offersToMe(
	db: LocalDb,
	{ userId, now }: { readonly userId: string; readonly now: string }
): Promise<OfferToMe[]> {
	const all = await db.offered_visits.toArray();
	const mine = all.filter((offer) => offer.user_id === userId && offer.deleted_at === null);
	const lines = await Promise.all(
		mine.map(async (offer): Promise<OfferToMe | null> => {
			const isPromised = offer.status === 'accepted' && (await isWaiting(db, offer.id));
			if (!isPromised && offerState(offer, now) !== 'offered') return null;
			return { offer, isPromised, clashes: await visitsAt(db, userId, offer) };
		})
	);
	return lines
		.filter((line) => line !== null)
		.sort((a, b) => a.offer.starts_at.localeCompare(b.offer.starts_at));
}

async function isWaiting(db: LocalDb, offerId: string): Promise<boolean> {
	const waiting = await db.outbox.where('state').notEqual('attention').toArray();
	return waiting.some(({ touches }) => touches.some(({ id }) => id === offerId));
}

async function visitsAt(
	db: LocalDb,
	userId: string,
	{ visit_id, starts_at, ends_at }: OfferedVisitRow
): Promise<VisitRow[]> {
	// A visit that began within the day before may still last.
	const since = new Date(Date.parse(starts_at) - DAY_MS).toISOString();
	const around = await db.visits
		.where('[worker_id+starts_at]')
		.between([userId, since], [userId, ends_at])
		.toArray();
	return around.filter(
		(visit) =>
			visit.id !== visit_id &&
			visit.deleted_at === null &&
			(visit.status === 'planned' || visit.status === 'checked_in') &&
			visit.ends_at > starts_at
	);
}

/** By visit id, the latest first. */
export async function offersByVisit(
	db: LocalDb
): Promise<ReadonlyMap<string, readonly VisitOfferRow[]>> {
	const rows = await db.visit_offers.toArray();
	const kept = rows
		.filter(({ deleted_at }) => deleted_at === null)
		.sort((a, b) => compareRecorded(b, a));
	return groupBy(kept, ({ visit_id }) => visit_id);
}
