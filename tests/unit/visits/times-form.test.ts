import { expect, test } from 'vitest';
import {
	draftOf,
	instantOf,
	startTimes,
	timesProblems,
	type TimesFields
} from '#lib/features/visits/times-form.ts';
import { aRow, aVisit } from '../../fixtures/builders.ts';

/** Nine to ten on 22 November in Taipei, checked in three minutes late. */
const done = aVisit({
	status: 'done',
	checked_in_at: '2026-11-22T01:03:00.000Z',
	checked_out_at: '2026-11-22T06:00:00.000Z'
});
const NOW = '2026-11-22T08:00:00.000Z';
const typed = (part: Partial<TimesFields> = {}): TimesFields => ({
	from: '2026-11-22T09:03',
	until: '2026-11-22T10:00',
	note: '忘了簽退',
	...part
});

test('begins with what counts now: what was tapped, or the last correction', () => {
	expect(startTimes(done, [])).toMatchObject({
		from: '2026-11-22T09:03',
		until: '2026-11-22T14:00'
	});
	const said = aRow('visit_remarks', {
		kind: 'times',
		checked_in_at: '2026-11-22T01:00:00.000Z',
		checked_out_at: '2026-11-22T02:00:00.000Z'
	});
	expect(startTimes(done, [said])).toMatchObject({
		from: '2026-11-22T09:00',
		until: '2026-11-22T10:00'
	});
});

test('wall clock is Taipei\u2019s', () => {
	expect(instantOf('2026-11-22T09:00')).toBe('2026-11-22T01:00:00.000Z');
	for (const text of ['', '2026-11-22', '2026-02-30T09:00', '2026-11-22T24:00']) {
		expect(instantOf(text)).toBeNull();
	}
});

test.each<[string, Partial<TimesFields>, string[]]>([
	['nothing wrong', {}, []],
	['no arrival', { from: '' }, ['in']],
	[
		'an arrival that is to come',
		{ from: '2026-11-22T16:01', until: '2026-11-22T17:00' },
		['future', 'out']
	],
	['another day', { from: '2026-11-20T09:00', until: '2026-11-20T10:00' }, ['far']],
	['leaving first', { until: '2026-11-22T09:03' }, ['out']],
	['no leaving', { until: '' }, ['out']],
	['no reason', { note: ' ' }, ['reason']]
])('%s', (_name, part, problems) => {
	expect(timesProblems(typed(part), done, NOW)).toEqual(problems);
});

test('who is still there has not left', () => {
	expect(timesProblems(typed({ until: '' }), { ...done, status: 'checked_in' }, NOW)).toEqual([]);
});

test('a draft of another shape is none', () => {
	expect(draftOf(typed())).toEqual(typed());
	for (const draft of [undefined, null, 'text', { from: 1, until: '', note: '' }]) {
		expect(draftOf(draft)).toBeNull();
	}
});
