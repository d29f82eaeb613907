/** Offers of visits: what steps they allow, and what a clock says of them. */
import { expect, test } from 'vitest';
import { afterOfferStep, answerTimes, offerState, type OfferStatus } from '#lib/domain/offers.ts';

const NOW = '2026-11-23T01:00:00.000Z'; // nine in Taipei
const inHours = (hours: number) => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();

test('only an open offer is answered or taken back', () => {
	expect(afterOfferStep('offered', 'accept')).toBe('accepted');
	expect(afterOfferStep('offered', 'decline')).toBe('declined');
	expect(afterOfferStep('offered', 'withdraw')).toBe('withdrawn');
	for (const status of ['accepted', 'declined', 'withdrawn'] satisfies OfferStatus[])
		for (const step of ['accept', 'decline', 'withdraw'] as const)
			expect(afterOfferStep(status, step), `${status} ${step}`).toBeNull();
});

test('an open offer expires at its instant; one that was answered does not', () => {
	const until = (at: string, status: OfferStatus = 'offered') =>
		offerState({ status, expires_at: at }, NOW);
	expect(until(inHours(0.001))).toBe('offered');
	expect(until(NOW)).toBe('expired');
	expect(until(inHours(-1), 'accepted')).toBe('accepted');
	expect(until(inHours(-1), 'withdrawn')).toBe('withdrawn');
});

test('an instant in another notation expires at the same moment', () => {
	expect(offerState({ status: 'offered', expires_at: '2026-11-23T09:00:00+08:00' }, NOW)).toBe(
		'expired'
	);
});

test('an answer is wanted before the visit begins, where there is time for it', () => {
	const times = (startsInHours: number) =>
		answerTimes(NOW, { starts_at: inHours(startsInHours), ends_at: inHours(startsInHours + 1) });
	expect(times(48)).toEqual([
		{ by: 'half_hour', at: inHours(0.5) },
		{ by: 'two_hours', at: inHours(2) },
		{ by: 'tomorrow', at: '2026-11-24T04:00:00.000Z' }
	]);
	expect(times(1).map(({ by }) => by)).toEqual(['half_hour']);
	expect(times(0.25)).toEqual([{ by: 'visit', at: inHours(1.25) }]);
});
