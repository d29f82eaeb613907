import { afterEach, describe, expect, test } from 'vitest';
import {
	agoWords,
	dayPartWords,
	dayWords,
	dueWords,
	fullDayWords,
	instantWords,
	midSentence
} from '#lib/care-ui/dates.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';

/** A Sunday. */
const TODAY = '2026-11-22';
const NOW = '2026-11-22T01:00:00.000Z';

function inEnglish() {
	overwriteGetLocale(() => 'en');
}
overwriteGetLocale(() => 'zh-TW');
afterEach(() => overwriteGetLocale(() => 'zh-TW'));

describe('days', () => {
	test('near days are relative and carry the weekday', () => {
		expect(dayWords('2026-11-22', TODAY)).toBe('今天 週日');
		expect(dayWords('2026-11-23', TODAY)).toBe('明天 週一');
		expect(dayWords('2026-11-21', TODAY)).toBe('昨天 週六');
		expect(dayWords('2026-11-09', TODAY)).toBe('11月9日 週一');
	});

	test('an English day begins a line, and does not shout inside a sentence', () => {
		inEnglish();
		expect(dayWords('2026-11-22', TODAY)).toBe('Today, Sun');
		expect(midSentence(instantWords('2026-11-22T17:30:00.000Z', TODAY))).toBe(
			'tomorrow, Mon 01:30'
		);
		expect(midSentence(dayWords('2026-11-09', TODAY))).toBe('Mon 9 Nov');
		expect(dueWords('2026-11-23T01:00:00.000Z', NOW).text).toBe('Due tomorrow, Mon 09:00');
		expect(agoWords('2026-11-21T11:00:00.000Z', NOW)).toBe('yesterday, Sat 19:00');
	});

	test('a day of another year says its year of the republic', () => {
		expect(dayWords('2024-11-09', TODAY)).toBe('民國113年11月9日 週六');
		inEnglish();
		expect(dayWords('2024-11-09', TODAY)).toBe('Sat 9 Nov 2024');
	});

	test('a year before the republic is counted back from it', () => {
		expect(fullDayWords('1911-05-06')).toBe('民國前1年5月6日 週六');
	});

	test('an instant falls on its Taipei day, not on that of UTC', () => {
		expect(instantWords('2026-11-22T17:30:00.000Z', TODAY)).toBe('明天 週一 01:30');
		expect(dayPartWords('2024-11-09T06:30:00.000Z', TODAY)).toBe('民國113年11月9日 週六 下午');
	});
});

describe('how long ago', () => {
	test('the unit grows, and after twelve hours the time is said', () => {
		expect(agoWords('2026-11-22T00:59:30.000Z', NOW)).toBe('剛剛');
		expect(agoWords('2026-11-22T00:55:00.000Z', NOW)).toBe('5 分鐘前');
		expect(agoWords('2026-11-21T22:00:00.000Z', NOW)).toBe('3 小時前');
		expect(agoWords('2026-11-21T11:00:00.000Z', NOW)).toBe('昨天 週六 19:00');
	});

	test('a claim from a clock that is ahead is just now', () => {
		expect(agoWords('2026-11-22T03:00:00.000Z', NOW)).toBe('剛剛');
	});
});

describe('due', () => {
	test('overdue begins when the instant has passed, in the largest unit', () => {
		expect(dueWords('2026-11-22T01:00:00.000Z', NOW).isOverdue).toBe(false);
		expect(dueWords('2026-11-22T00:59:59.000Z', NOW)).toEqual({
			text: '逾期 1 分鐘',
			isOverdue: true
		});
		expect(dueWords('2026-11-21T22:00:00.000Z', NOW).text).toBe('逾期 3 小時');
		expect(dueWords('2026-11-20T01:00:00.000Z', NOW).text).toBe('逾期 2 天');
	});

	test('what is done, or has no due time, is never overdue', () => {
		expect(dueWords('2026-11-20T01:00:00.000Z', NOW, true).isOverdue).toBe(false);
		expect(dueWords(null, NOW)).toEqual({ text: '沒有期限', isOverdue: false });
	});

	test('English counts one and many', () => {
		inEnglish();
		expect(dueWords('2026-11-21T01:00:00.000Z', NOW).text).toBe('1 day overdue');
		expect(dueWords('2026-11-20T01:00:00.000Z', NOW).text).toBe('2 days overdue');
	});
});
