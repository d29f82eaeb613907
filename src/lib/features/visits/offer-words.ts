/** Offers of visits in words. */
import { instantWords, midSentence } from '#lib/care-ui/dates.ts';
import type { AnswerBy, DeclineReason } from '#lib/domain/offers.ts';
import { offerState } from '#lib/domain/offers.ts';
import type { VisitOfferRow } from '#lib/domain/rows.ts';
import { taipeiDay, taipeiTime } from '#lib/domain/taiwan-dates.ts';
import { m } from '#lib/paraglide/messages.js';

export const ANSWER_BY: Readonly<Record<AnswerBy, () => string>> = {
	half_hour: m.schedule_offer_by_half_hour,
	two_hours: m.schedule_offer_by_two_hours,
	tomorrow: m.schedule_offer_by_tomorrow,
	visit: m.schedule_offer_by_visit
};

const REASONS: Readonly<Record<DeclineReason, () => string>> = {
	time: m.schedule_offer_no_time,
	distance: m.schedule_offer_no_distance,
	skills: m.schedule_offer_no_skills,
	other: m.schedule_offer_no_other
};

/**
 * `王照服：等回覆到 14:30`.
 * @param now instant
 */
export function offerText(offer: VisitOfferRow, now: string): string {
	const name = offer.user_name;
	switch (offerState(offer, now)) {
		case 'offered':
			return m.schedule_offer_waits({ name, until: untilWords(offer.expires_at, now) });
		case 'accepted':
			return m.schedule_offer_accepted({ name });
		case 'declined':
			return m.schedule_offer_declined({
				name,
				reason: REASONS[offer.decline_reason ?? 'other']()
			});
		case 'expired':
			return m.schedule_offer_expired({ name });
		case 'withdrawn':
			return m.schedule_offer_withdrawn({ name });
	}
}

/** Of today the time alone. */
function untilWords(instant: string, now: string): string {
	return taipeiDay(instant) === taipeiDay(now)
		? taipeiTime(instant)
		: midSentence(instantWords(instant, taipeiDay(now)));
}
