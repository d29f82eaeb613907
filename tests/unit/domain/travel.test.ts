import { describe, expect, test } from 'vitest';
import {
	isTakenBack,
	journeysOf,
	legsOf,
	LONGEST_GAP,
	propose,
	travelTotal,
	type PastJourney,
	type Stop
} from '#lib/domain/travel.ts';
import type { TravelNoteRow } from '#lib/domain/travel-rows.ts';
import { aRow, aVisit } from '../../fixtures/builders.ts';

const note = (part: Partial<TravelNoteRow> = {}) =>
	aRow('travel_notes', { travelled_on: '2026-11-22', means: 'scooter', minutes: 20, ...part });
const at = (time: string) => `2026-11-22T${time}:00.000Z`;
const stop = (caseId: string, from: string, until: string | null): Stop => ({
	visit: aVisit({ case_id: caseId }),
	times: { from: at(from), until: until === null ? null : at(until) }
});

describe('what a month comes to', () => {
	test('a correction counts instead of what it corrects, the newest of several, also before it was sent', () => {
		const first = note({ minutes: 40, km: 10 });
		const later = note({ minutes: 30, km: 9.1, corrects_id: first.id });
		const unsent = note({ minutes: 25, km: 8.2, corrects_id: first.id, seq: 0 });
		const [journey, ...others] = journeysOf([unsent, first, later]);
		expect(others).toEqual([]);
		expect(journey).toEqual({ id: first.id, now: unsent, before: [later, first] });
		expect(travelTotal(journeysOf([later, first, note({ minutes: 5, km: 0.1 })]))).toEqual({
			journeys: 2,
			minutes: 35,
			km: 9.2,
			withoutKm: 0
		});
	});

	test('what was taken back counts nothing, and what says no kilometres says so', () => {
		const gone = note({ km: 3 });
		const journeys = journeysOf([gone, note({ corrects_id: gone.id, minutes: 0, km: 3 }), note()]);
		expect(journeys.map(isTakenBack)).toEqual([true, false]);
		expect(travelTotal(journeys)).toEqual({ journeys: 1, minutes: 20, km: 0, withoutKm: 1 });
	});

	test('a correction whose first row has left this phone stands alone', () => {
		const journeys = journeysOf([note({ corrects_id: 'gone' }), note({ corrects_id: 'gone' })]);
		expect(journeys).toMatchObject([{ id: 'gone', before: [{ corrects_id: 'gone' }] }]);
	});
});

describe('ways of a day', () => {
	test('lead from a check-out to the next check-in, at another person’s', () => {
		const [a, again, b, c] = [
			stop('a', '01:00', '02:00'),
			stop('a', '02:10', '02:30'),
			stop('b', '03:00', null),
			stop('c', '05:00', '06:00')
		];
		expect(legsOf([c, b, again, a])).toEqual([{ from: again, to: b }]);
	});
});

describe('what is proposed', () => {
	const leg = (out: string, into: string) => ({
		from: stop('a', '00:10', out),
		to: stop('b', into, null)
	});
	const past = (fromCase: string, toCase: string, row: TravelNoteRow): PastJourney[] =>
		journeysOf([row]).map((journey) => ({ journey, fromCase, toCase }));

	test('the time between the two, and nothing that nobody has said', () => {
		expect(propose(leg('02:00', '02:25'), [])).toEqual({ minutes: 25, km: null, means: null });
	});

	test('the means of last time; kilometres only of the same two people, there or back', () => {
		const other = past('a', 'c', note({ means: 'bus', km: 30 }));
		expect(propose(leg('02:00', '02:25'), other)).toEqual({ minutes: 25, km: null, means: 'bus' });
		const back = past('b', 'a', note({ means: 'car', km: 7.5 }));
		expect(propose(leg('02:00', '02:25'), [...back, ...other])).toEqual({
			minutes: 25,
			km: 7.5,
			means: 'car'
		});
	});

	test('a time that holds a meal, or that clocks have turned round, is no measure: then last time’s, or none', () => {
		const known = past('a', 'b', note({ minutes: 18 }));
		const hours = Math.ceil(LONGEST_GAP / 60) + 1;
		const late = leg('01:00', `0${1 + hours}:00`);
		expect(propose(late, known).minutes).toBe(18);
		expect(propose(late, []).minutes).toBeNull();
		expect(propose(leg('03:00', '02:00'), []).minutes).toBeNull();
	});

	test('nothing of a journey that was taken back', () => {
		const gone = past('a', 'b', note({ minutes: 0, km: 7, corrects_id: 'x' }));
		expect(propose(leg('02:00', '02:25'), gone)).toEqual({ minutes: 25, km: null, means: null });
	});
});
