import { expect, test } from 'vitest';
import { draftPlace } from '#lib/care-ui/draft-place.ts';
import { mapHref, telHref } from '#lib/care-ui/links.ts';
import { roleName } from '#lib/care-ui/names.ts';
import { incidentName } from '#lib/care-ui/state-names.ts';
import { personLine } from '#lib/care-ui/person-words.ts';
import { nextVisit, visitState } from '#lib/care-ui/visit-state.ts';
import { usualRange, vitalText } from '#lib/care-ui/vitals.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { aCase, aVisit, NOW } from '../../fixtures/builders.ts';

overwriteGetLocale(() => 'zh-TW');

test('a planned visit is late a quarter of an hour after its start, and not before', () => {
	const at = (startsAt: string) => visitState(aVisit({ starts_at: startsAt }), NOW);
	expect(at('2026-11-22T00:45:00.000Z')).toBe('planned');
	expect(at('2026-11-22T00:44:59.000Z')).toBe('late');
	expect(visitState(aVisit({ starts_at: '2026-11-21T00:00:00.000Z', status: 'done' }), NOW)).toBe(
		'done'
	);
});

test('the visit under way comes before an earlier one that was not made', () => {
	const missed = aVisit({ starts_at: '2026-11-22T00:00:00.000Z' });
	const running = aVisit({ starts_at: '2026-11-22T02:00:00.000Z', status: 'checked_in' });
	const done = aVisit({ starts_at: '2026-11-21T23:00:00.000Z', status: 'done' });
	expect(nextVisit([done, missed, running])).toBe(running);
	expect(nextVisit([done, missed])).toBe(missed);
	expect(nextVisit([done])).toBeNull();
});

test('vital signs carry their unit and as many decimals as can be entered', () => {
	const text = (kind: 'blood_pressure' | 'temperature' | 'pulse' | 'glucose', value: number) =>
		vitalText({ kind, value, value2: kind === 'blood_pressure' ? 76 : null, context: null });
	expect(text('blood_pressure', 128)).toBe('128/76 mmHg');
	expect(text('temperature', 37)).toBe('37.0 °C');
	expect(text('pulse', 72)).toBe('72 次/分');
	expect(vitalText({ kind: 'glucose', value: 600, value2: null, context: 'above_range' })).toMatch(
		/^HI/
	);
});

test("the usual range ends one step below the person's own first alarm", () => {
	expect(usualRange('sbp', {})).toEqual({ from: 100, to: 139 });
	expect(usualRange('sbp', { sbp: { high: { yellow: 150 } } })).toEqual({ from: 100, to: 149 });
	expect(usualRange('spo2', { copd: true })).toEqual({ from: 88, to: null });
	expect(usualRange('weight', {})).toEqual({ from: null, to: null });
});

test('what is not known of a person is left out of the line', () => {
	const person = aCase({ sex: 'female', born_on: null, cms_level: 5, village: null });
	expect(personLine(person, '2026-11-22')).toBe('女・CMS\u00a05\u00a0級');
	expect(personLine({ ...person, status: 'closed' }, '2026-11-22')).toBe(
		'已結案・女・CMS\u00a05\u00a0級'
	);
});

test('a code that this release does not know is shown as it is', () => {
	expect(incidentName('METEOR')).toBe('METEOR');
	expect(roleName('toString')).toBe('toString');
});

test('numbers are dialled as digits, addresses open the map of the phone', () => {
	expect(telHref('0912-345-678')).toBe('tel:0912345678');
	expect(telHref('+1 (555) 0100')).toBe('tel:+15550100');
	expect(mapHref('松泉村 22 號', 'Mozilla/5.0 (Linux; Android 14)')).toBe(
		`geo:0,0?q=${encodeURIComponent('松泉村 22 號')}`
	);
	expect(mapHref('松泉村', 'iPhone')).toMatch(/^https:\/\//);
});

test('a draft leads back to its form; one without a place of its own is passed over', () => {
	expect(draftPlace('case-edit:c1')?.href).toBe('/cases/c1/edit');
	expect(draftPlace('visit-record:v1:r1')).toMatchObject({
		href: '/visits/v1',
		about: { table: 'visits', id: 'v1' }
	});
	expect(draftPlace('case-edit')).toBeNull();
	expect(draftPlace('message:c1')).toBeNull();
});
