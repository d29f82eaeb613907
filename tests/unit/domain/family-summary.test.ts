import { describe, expect, test } from 'vitest';
import { familySummary, type FamilySummaryInput } from '#lib/domain/family-summary.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { EmergencyRow, MeasurementRow, VisitRecordRow, VisitRow } from '#lib/domain/rows.ts';

/** Sunday 2026-11-22, 10:00 in Taipei. */
const NOW = '2026-11-22T02:00:00Z';

function aVisit(id: string, change: Partial<VisitRow>): VisitRow {
	return {
		...blankRow('visits'),
		id,
		worker_name: '王照服',
		starts_at: NOW,
		ends_at: NOW,
		...change
	};
}

function aRecord(id: string, change: Partial<VisitRecordRow>): VisitRecordRow {
	return { ...blankRow('visit_records'), id, relevant_at: NOW, ...change };
}

function aMeasurement(id: string, change: Partial<MeasurementRow>): MeasurementRow {
	return { ...blankRow('measurements'), id, measured_at: NOW, ...change };
}

function anEmergency(id: string, change: Partial<EmergencyRow>): EmergencyRow {
	return {
		...blankRow('emergencies'),
		id,
		incident_type: 'FALL',
		severity: 'orange',
		occurred_at: NOW,
		...change
	};
}

function codes(input: Partial<FamilySummaryInput>): string[] {
	return summary(input).map((fact) => fact.code);
}

function summary(input: Partial<FamilySummaryInput>) {
	return familySummary({
		now: NOW,
		days: 7,
		visits: [],
		records: [],
		measurements: [],
		emergencies: [],
		...input
	});
}

describe('visits', () => {
	test('nothing known yet is said, not passed over', () => {
		expect(codes({})).toEqual(['visit_none_yet', 'visit_none_planned', 'incident_none']);
	});

	test('the last and the next visit, with who and when', () => {
		const visits = [
			aVisit('old', { status: 'done', starts_at: '2026-11-19T01:00:00Z' }),
			aVisit('last', {
				status: 'done',
				starts_at: '2026-11-21T01:00:00Z',
				checked_in_at: '2026-11-21T01:04:00Z'
			}),
			aVisit('later', { status: 'planned', starts_at: '2026-11-25T01:00:00Z' }),
			aVisit('next', { status: 'planned', starts_at: '2026-11-23T01:00:00Z' }),
			aVisit('cancelled', { status: 'cancelled', starts_at: '2026-11-22T03:00:00Z' })
		];
		expect(summary({ visits })).toEqual([
			{ code: 'visit_last', visitId: 'last', by: '王照服', at: '2026-11-21T01:04:00Z' },
			{ code: 'visit_next', visitId: 'next', by: '王照服', at: '2026-11-23T01:00:00Z' },
			{ code: 'incident_none', days: 7 }
		]);
	});

	test('somebody is there now', () => {
		const visits = [aVisit('now', { status: 'checked_in', checked_in_at: '2026-11-22T01:30:00Z' })];
		expect(summary({ visits })[0]).toEqual({
			code: 'visit_now',
			visitId: 'now',
			by: '王照服',
			at: '2026-11-22T01:30:00Z'
		});
	});

	test('a missed visit is told until somebody has come again, and not for ever', () => {
		const missed = aVisit('missed', { status: 'missed', starts_at: '2026-11-21T01:00:00Z' });
		const noAnswer = aVisit('noAnswer', { status: 'no_answer', starts_at: '2026-11-21T01:00:00Z' });
		const came = aVisit('came', { status: 'done', starts_at: '2026-11-21T06:00:00Z' });
		const longAgo = aVisit('longAgo', { status: 'missed', starts_at: '2026-11-15T01:00:00Z' });
		expect(codes({ visits: [missed] })).toContain('visit_missed');
		expect(codes({ visits: [noAnswer] })).toContain('visit_no_answer');
		expect(codes({ visits: [missed, came] })).not.toContain('visit_missed');
		expect(codes({ visits: [longAgo] })).not.toContain('visit_missed');
	});
});

describe('how the person is', () => {
	test.each([
		['appetite', 'all', 'ate_well'],
		['appetite', 'most', 'ate_well'],
		['appetite', 'half', 'ate_some'],
		['appetite', 'little', 'ate_poorly'],
		['appetite', 'none', 'ate_poorly'],
		['sleep', 'good', 'slept_well'],
		['sleep', 'broken', 'slept_poorly'],
		['mood', 'calm', 'mood_good'],
		['mood', 'low', 'mood_low'],
		['medication', 'taken', 'medicine_taken'],
		['medication', 'refused', 'medicine_missed'],
		['skin', 'pressure_injury', 'needs_watching'],
		['bowel', 'none_3_days', 'needs_watching']
	])('%s "%s" is told as %s', (field, option, code) => {
		expect(codes({ records: [aRecord('one', { [field]: option })] })).toContain(code);
	});

	test.each([
		['appetite', 'unknown'],
		['appetite', 'an option of a newer release'],
		['medication', 'none_due'],
		['skin', 'intact']
	])('%s "%s" says nothing', (field, option) => {
		expect(codes({ records: [aRecord('one', { [field]: option })] })).toEqual(codes({}));
	});

	test('little drink is told from the amount', () => {
		expect(codes({ records: [aRecord('one', { fluids_ml: 799 })] })).toContain('drank_little');
		expect(codes({ records: [aRecord('one', { fluids_ml: 800 })] })).not.toContain('drank_little');
	});

	test('the newest record speaks, an older one where it is silent', () => {
		const records = [
			aRecord('older', { relevant_at: '2026-11-20T01:00:00Z', appetite: 'none', sleep: 'good' }),
			aRecord('newer', { relevant_at: '2026-11-21T01:00:00Z', appetite: 'all' })
		];
		expect(summary({ records })).toContainEqual({ code: 'ate_well', at: '2026-11-21T01:00:00Z' });
		expect(summary({ records })).toContainEqual({ code: 'slept_well', at: '2026-11-20T01:00:00Z' });
		expect(codes({ records })).not.toContain('ate_poorly');
	});

	test('records before the window say nothing: seven days begin at midnight in Taipei', () => {
		const inside = aRecord('inside', { relevant_at: '2026-11-15T16:00:00Z', appetite: 'all' });
		const outside = aRecord('outside', { relevant_at: '2026-11-15T15:59:59Z', appetite: 'all' });
		expect(codes({ records: [inside] })).toContain('ate_well');
		expect(codes({ records: [outside] })).not.toContain('ate_well');
	});

	test('a corrected record is not told', () => {
		const records = [
			aRecord('wrong', { appetite: 'none' }),
			aRecord('right', { appetite: 'all', corrects_id: 'wrong' })
		];
		expect(codes({ records })).toContain('ate_well');
		expect(codes({ records })).not.toContain('ate_poorly');
	});
});

describe('vital signs', () => {
	test('all fine is one fact, without a number', () => {
		const measurements = [aMeasurement('one', { value: 128, value2: 78 })];
		expect(summary({ measurements })).toContainEqual({ code: 'vitals_fine', at: NOW });
		expect(JSON.stringify(summary({ measurements }))).not.toContain('128');
	});

	test('what is to be watched is named with the worst severity', () => {
		const measurements = [
			aMeasurement('one', { severity: 'yellow' }),
			aMeasurement('two', { kind: 'glucose', severity: 'orange' }),
			aMeasurement('three', { kind: 'pulse' })
		];
		expect(summary({ measurements })).toContainEqual({
			code: 'vitals_watch',
			severity: 'orange',
			kinds: expect.arrayContaining(['blood_pressure', 'glucose']),
			at: NOW
		});
	});

	test('a value that was measured again and is well now is no worry', () => {
		const measurements = [
			aMeasurement('high', { severity: 'red', measured_at: '2026-11-22T01:00:00Z' }),
			aMeasurement('again', { severity: 'none', measured_at: '2026-11-22T01:10:00Z' })
		];
		expect(codes({ measurements })).toContain('vitals_fine');
	});
});

describe('incidents', () => {
	test('an open one stands first, however old; a closed one last and only within the window', () => {
		const emergencies = [
			anEmergency('open', { status: 'acting', occurred_at: '2026-10-01T01:00:00Z' }),
			anEmergency('closed', { status: 'closed', occurred_at: '2026-11-20T01:00:00Z' }),
			anEmergency('longAgo', { status: 'closed', occurred_at: '2026-10-20T01:00:00Z' })
		];
		expect(codes({ emergencies })).toEqual([
			'incident_open',
			'visit_none_yet',
			'visit_none_planned',
			'incident_closed'
		]);
	});
});

test('rows of staff and restricted rows are left out, whatever the caller passes in', () => {
	const input = {
		records: [aRecord('one', { audience: 'staff', appetite: 'none' })],
		measurements: [aMeasurement('two', { audience: 'staff', severity: 'red' })],
		emergencies: [
			anEmergency('three', { audience: 'restricted', incident_type: 'ABUSE', severity: 'red' }),
			anEmergency('four', { audience: 'staff' }),
			anEmergency('five', { deleted_at: NOW })
		]
	} as const;
	expect(codes(input)).toEqual(codes({}));
});
