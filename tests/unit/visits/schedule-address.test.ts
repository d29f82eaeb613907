import { describe, expect, test } from 'vitest';
import {
	planHref,
	planPlaceOf,
	readScheduleAddress,
	scheduleHref,
	type ScheduleAddress
} from '#lib/features/visits/schedule-address.ts';

const ME = '0199aaaa-0000-7000-8000-000000000001';
const OTHER = '0199aaaa-0000-7000-8000-000000000002';
const CASE = '0199aaaa-0000-7000-8000-000000000003';
const TODAY = '2026-11-22';
const read = (query: string) =>
	readScheduleAddress(new URLSearchParams(query), {
		today: TODAY,
		userId: ME,
		ownDefault: { by: 'worker', workerId: ME }
	});

describe("the schedule's address", () => {
	test('an empty one is my own today', () => {
		expect(read('')).toEqual({
			day: TODAY,
			span: 'day',
			scope: { by: 'worker', workerId: ME }
		});
	});

	test('a day that does not exist falls back on today', () => {
		expect(read('day=2026-02-30').day).toBe(TODAY);
		expect(read('day=yesterday').day).toBe(TODAY);
	});

	test.each<ScheduleAddress>([
		{ day: TODAY, span: 'day', scope: { by: 'all' } },
		{ day: '2026-12-01', span: 'week', scope: { by: 'unassigned' } },
		{ day: '2026-12-01', span: 'day', scope: { by: 'worker', workerId: OTHER } },
		{ day: TODAY, span: 'week', scope: { by: 'case', caseId: CASE } }
	])('%o survives a reload', (address) => {
		const href = scheduleHref(address, TODAY);
		expect(read(href.slice(href.indexOf('?') + 1))).toEqual(address);
	});
});

test('a plan that begins in a cell of the board carries who goes and when, nobody too', () => {
	for (const place of [
		{ workerId: OTHER, startTime: '18:30' },
		{ workerId: '', startTime: '06:30' }
	]) {
		const href = planHref({ day: TODAY, scope: { by: 'case', caseId: CASE } }, true, place);
		const params = new URLSearchParams(href.split('?')[1]);
		expect(planPlaceOf(params)).toEqual(place);
		expect(Object.fromEntries(params)).toMatchObject({ day: TODAY, case: CASE, back: 'board' });
	}
	expect(planPlaceOf(new URLSearchParams(planHref({ day: TODAY }).split('?')[1]))).toBeNull();
	expect(planPlaceOf(new URLSearchParams('worker=x'))).toBeNull();
});
