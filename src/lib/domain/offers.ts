/** Offers of a visit to a colleague: their states, and what of them a clock decides. */
import { addDays, instantAt, taipeiDay } from './taiwan-dates.ts';

/*
 * offered ─ accept ──► accepted     the asked person, in time by the server's clock; all others who were asked are withdrawn
 *    ├───── decline ─► declined     the asked person, with one of four words
 *    ├───── withdraw ► withdrawn    who plans; and by itself when the visit is moved, given away, begun or called off
 *    └─ (expires_at)   expired      no step: nobody writes it down, every clock sees it
 */

export type OfferStatus = 'offered' | 'accepted' | 'declined' | 'withdrawn';
export type OfferStep = 'accept' | 'decline' | 'withdraw';
export type OfferState = OfferStatus | 'expired';

/** A no is one of these: what somebody would add could be about their health. */
export const DECLINE_REASONS = ['time', 'distance', 'skills', 'other'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

const REACHED: Readonly<Record<OfferStep, OfferStatus>> = {
	accept: 'accepted',
	decline: 'declined',
	withdraw: 'withdrawn'
};

/** The state after a step, null where the state does not allow it. Whether an acceptance is in time the server says, by its own clock. */
export function afterOfferStep(from: OfferStatus, step: OfferStep): OfferStatus | null {
	return from === 'offered' ? REACHED[step] : null;
}

/** @param now instant */
export function offerState(
	{ status, expires_at }: { readonly status: OfferStatus; readonly expires_at: string },
	now: string
): OfferState {
	return status === 'offered' && Date.parse(expires_at) <= Date.parse(now) ? 'expired' : status;
}

export type AnswerBy = 'half_hour' | 'two_hours' | 'tomorrow' | 'visit';

const HOUR_MS = 3_600_000;

/**
 * Until when somebody may answer: half an hour, two hours, tomorrow noon; only those before the visit begins. Where none is, until it ends,
 * for a visit can also be made late.
 * @param now instant
 */
export function answerTimes(
	now: string,
	visit: { readonly starts_at: string; readonly ends_at: string }
): readonly { readonly by: AnswerBy; readonly at: string }[] {
	const after = (ms: number) => new Date(Date.parse(now) + ms).toISOString();
	const times = [
		{ by: 'half_hour', at: after(HOUR_MS / 2) },
		{ by: 'two_hours', at: after(2 * HOUR_MS) },
		{ by: 'tomorrow', at: instantAt(addDays(taipeiDay(now), 1), '12:00') }
	] as const;
	const before = times.filter(({ at }) => Date.parse(at) < Date.parse(visit.starts_at));
	return before.length > 0 ? before : [{ by: 'visit', at: visit.ends_at }];
}
