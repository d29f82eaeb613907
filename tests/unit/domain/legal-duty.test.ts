import { describe, expect, test } from 'vitest';
import { legalDuty, timeLeft } from '#lib/domain/legal-duty.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';

const LEARNT = '2026-11-23T01:00:00.000Z';
const report = (incident_type: string, part: object = {}) => ({
	incident_type,
	recorded_at: LEARNT,
	received_at: '2026-11-23T03:00:00.000Z',
	...part
});
const step = (action: 'note' | 'notify', id: string) => ({
	...blankRow('emergency_actions'),
	id,
	action
});

describe('a report that the law wants', () => {
	test.each(['ABUSE', 'SUIC'])('of %s is due a day after somebody knew', (type) => {
		expect(legalDuty(report(type), [])).toEqual({
			hours: 24,
			dueAt: '2026-11-24T01:00:00.000Z',
			told: null
		});
	});

	test('a phone whose clock is ahead, or that says no time, gives nobody more', () => {
		for (const recorded_at of ['2026-11-25T00:00:00.000Z', null])
			expect(legalDuty(report('ABUSE', { recorded_at }), [])?.dueAt).toBe(
				'2026-11-24T03:00:00.000Z'
			);
		// Not at the server yet.
		expect(legalDuty(report('ABUSE', { received_at: null }), [])?.dueAt).toBe(
			'2026-11-24T01:00:00.000Z'
		);
	});

	test('is done by the first step that says so, and by no other', () => {
		const steps = [step('note', 'a'), step('notify', 'b'), step('notify', 'c')];
		expect(legalDuty(report('ABUSE'), steps.slice(0, 1))?.told).toBeNull();
		expect(legalDuty(report('ABUSE'), steps)?.told?.id).toBe('b');
	});

	test('is not wanted of a fall', () => {
		expect(legalDuty(report('FALL'), [])).toBeNull();
	});
});

test.each([
	['2026-11-23T01:00:30.000Z', { hours: 23, minutes: 59 }],
	['2026-11-24T00:58:00.000Z', { hours: 0, minutes: 2 }],
	['2026-11-24T01:00:00.000Z', null]
])('at %s there is %o left', (now, left) => {
	expect(timeLeft('2026-11-24T01:00:00.000Z', now)).toEqual(left);
});
