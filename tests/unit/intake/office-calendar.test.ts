/** The government's office calendar from its table: what is kept of a year, and that no damaged file is believed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarChanges } from '#lib/features/intake/calendar/calendar-changes.ts';
import { readOfficeCalendar } from '#lib/intake/office-calendar.ts';
import { isWeekend, officeDayId } from '#lib/domain/office-days.ts';
import { addDays, weekdayOf } from '#lib/domain/taiwan-dates.ts';
import { anyText } from '../../fixtures/arbitraries.ts';
import { aRow, anId } from '../../fixtures/builders.ts';
import { propertyOptions } from '../../fixtures/property.ts';

const HEAD = '西元日期,星期,是否放假,備註';
const LETTERS = ['一', '二', '三', '四', '五', '六', '日'];

/** A year of common weeks, with these days otherwise: [off, remark]. */
function year(otherwise: Readonly<Record<string, readonly [string, string]>> = {}): string[] {
	return Array.from({ length: 365 }, (_, index) => {
		const day = addDays('2027-01-01', index);
		const [off, name] = otherwise[day] ?? [isWeekend(day) ? '2' : '0', ''];
		return `${day.replaceAll('-', '')},${LETTERS[weekdayOf(day) - 1] ?? ''},${off},${name}`;
	});
}
const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (lines: readonly string[], head = HEAD) =>
	readOfficeCalendar(utf8(`\ufeff${[head, ...lines].join('\r\n')}\r\n`));

describe('a year', () => {
	test('keeps holidays in the week, worked weekends, and weekends with a name; not the common ones', () => {
		const found = read(
			year({
				'2027-01-01': ['2', '開國紀念日'],
				'2027-02-06': ['2', '小年夜'],
				'2027-02-20': ['0', '補行上班'],
				'2027-03-02': ['2', '']
			})
		);
		expect(found).toEqual({
			ok: true,
			fromDay: '2027-01-01',
			toDay: '2027-12-31',
			problems: [],
			days: [
				{ day: '2027-01-01', kind: 'holiday', name: '開國紀念日' },
				{ day: '2027-02-06', kind: 'holiday', name: '小年夜' },
				{ day: '2027-02-20', kind: 'workday', name: '補行上班' },
				{ day: '2027-03-02', kind: 'holiday', name: null }
			]
		});
	});

	test('is read from Big5, as older tables are', () => {
		// 西元日期,星期,是否放假,備註 / 20270101,五,2,元旦
		const big5 = Uint8Array.from(
			Buffer.from(
				'a6e8a4b8a4e9b4c12cac50b4c12cac4fa75fa9f1b0b22cb3c6b5f90d0a32303237303130312ca4ad2c322ca4b8a5b90d0a',
				'hex'
			)
		);
		expect(readOfficeCalendar(big5)).toMatchObject({
			ok: true,
			days: [{ day: '2027-01-01', kind: 'holiday', name: '元旦' }]
		});
	});

	test('also with dates of the republic and without weekdays', () => {
		expect(read(['116/01/01,2,元旦'], '西元日期,是否放假,備註')).toMatchObject({
			days: [{ day: '2027-01-01', name: '元旦' }]
		});
	});
});

test.each([
	['20270230,二,0,', 'not_a_date'],
	['20270101,六,2,', 'wrong_weekday'],
	['20270101,五,1,', 'unknown_value'],
	['20270101,五,,', 'unknown_value'],
	[`20270101,五,2,${'長'.repeat(61)}`, 'name_too_long']
])('a line that says what cannot be is told with its number: %s', (line, code) => {
	expect(read([line])).toMatchObject({ ok: true, days: [], problems: [{ line: 2, code }] });
});

test('a day that stands there twice is told', () => {
	expect(read(['20270101,五,2,元旦', '20270101,五,0,'])).toMatchObject({
		problems: [{ line: 3, code: 'duplicate_day', got: '2027-01-01' }]
	});
});

test('another file is no calendar', () => {
	expect(read(['林阿嬤,0912345678'], '姓名,電話')).toMatchObject({ ok: false, code: 'no_header' });
	expect(read([])).toMatchObject({ ok: false, code: 'no_rows' });
});

test('whatever stands in a file, it is read without falling over, and no day is kept twice', () => {
	fc.assert(
		fc.property(fc.array(anyText, { maxLength: 8 }), fc.boolean(), (cells, withHead) => {
			const text = (withHead ? `${HEAD}\n` : '') + cells.join('\n');
			const found = readOfficeCalendar(utf8(text));
			if (!found.ok) return;
			expect(new Set(found.days.map(({ day }) => day)).size).toBe(found.days.length);
		}),
		propertyOptions(300)
	);
});

test('only what is otherwise than it stands is stored; what somebody entered by hand stays', () => {
	const org_id = anId();
	const row = (day: string, kind: 'holiday' | 'workday' | 'none', name: string | null) =>
		aRow('office_days', { id: officeDayId(org_id, day), org_id, day, kind, name });
	const found = calendarChanges(
		{
			fromDay: '2027-01-01',
			toDay: '2027-12-31',
			days: [
				{ day: '2027-01-01', kind: 'holiday', name: '元旦' },
				{ day: '2027-02-05', kind: 'holiday', name: '除夕' },
				{ day: '2027-02-20', kind: 'workday', name: null },
				{ day: '2027-03-01', kind: 'holiday', name: null }
			]
		},
		[
			row('2027-01-01', 'holiday', '元旦'),
			row('2027-02-05', 'holiday', '小年夜'),
			row('2027-02-20', 'none', null),
			row('2027-07-01', 'holiday', '機構公休'),
			row('2027-08-01', 'none', null),
			row('2026-12-25', 'holiday', '行憲紀念日')
		]
	);
	expect(found.changed.map(({ day }) => day)).toEqual(['2027-02-05', '2027-02-20', '2027-03-01']);
	expect(found.same).toBe(1);
	expect(found.own.map(({ day }) => day)).toEqual(['2027-07-01']);
});
