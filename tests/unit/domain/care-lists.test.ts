/** The medication list and the tubes: what somebody has not seen yet, which names are the same, and when a change is due. */
import { describe, expect, test } from 'vitest';
import {
	allergyNamed,
	daysUntilChange,
	listNews,
	sameIntervalDue
} from '#lib/domain/care-lists.ts';

const ME = 'me';
const NURSE = 'nurse';
const LAST_VISIT = '2026-11-20T02:00:00.000Z';
const BEFORE = '2026-11-19T02:00:00.000Z';
const AFTER = '2026-11-21T02:00:00+00:00';
const viewer = { since: LAST_VISIT, userId: ME };

const entry = (part: Partial<Parameters<typeof listNews>[0]> = {}) => ({
	id: 'row',
	created_by: NURSE,
	received_at: BEFORE,
	ended_at: null,
	...part
});
const change = (part: Partial<Parameters<typeof listNews>[1][number]> = {}) => ({
	row_id: 'row',
	kind: 'overwritten' as const,
	created_by: NURSE,
	received_at: AFTER,
	...part
});

describe('what is new since my last visit', () => {
	test('an entry that came after it; not one that I made, nor one that no server has', () => {
		expect(listNews(entry({ received_at: AFTER }), [], viewer)).toBe('added');
		expect(listNews(entry({ received_at: AFTER, created_by: ME }), [], viewer)).toBeNull();
		expect(listNews(entry({ received_at: null }), [], viewer)).toBeNull();
		expect(listNews(entry(), [], viewer)).toBeNull();
	});

	test('a change of it by somebody else that came after it', () => {
		expect(listNews(entry(), [change()], viewer)).toBe('changed');
		expect(listNews(entry(), [change({ received_at: BEFORE })], viewer)).toBeNull();
		expect(listNews(entry(), [change({ created_by: ME })], viewer)).toBeNull();
		expect(listNews(entry(), [change({ row_id: 'another' })], viewer)).toBeNull();
		expect(listNews(entry(), [change({ kind: 'proposal' })], viewer), 'not decided').toBeNull();
	});

	test('that it was stopped, whatever else happened to it', () => {
		expect(listNews(entry({ received_at: AFTER, ended_at: AFTER }), [], viewer)).toBe('ended');
		expect(listNews(entry({ ended_at: BEFORE }), [change()], viewer)).toBeNull();
	});

	test('nothing is marked for somebody who was never here: all of it is new', () => {
		const never = { since: null, userId: ME };
		expect(listNews(entry({ received_at: AFTER }), [change()], never)).toBeNull();
	});
});

describe('a medicine that has the name of an allergy', () => {
	test.each([
		['阿斯匹靈腸溶錠', ['海鮮', '阿斯匹靈'], '阿斯匹靈'],
		['Aspirin 100', ['aspirin'], 'aspirin'],
		['ＡＳＰＩＲＩＮ', ['Aspirin（皮疹）'], 'Aspirin（皮疹）'],
		['盤尼西林', ['盤尼西林類'], '盤尼西林類']
	])('%s is found among %j', (medicine, allergies, found) => {
		expect(allergyNamed(medicine, allergies)).toBe(found);
	});

	test.each([
		['脈優', ['阿斯匹靈', '海鮮']],
		['', ['阿斯匹靈']],
		['阿', ['阿斯匹靈']],
		['脈優', ['', '・']]
	])('%j is not found among %j', (medicine, allergies) => {
		expect(allergyNamed(medicine, allergies)).toBeNull();
	});
});

describe('the next change', () => {
	test('is counted in days from today, below zero when it is overdue', () => {
		expect(daysUntilChange({ change_due_on: '2026-11-30' }, '2026-11-22')).toBe(8);
		expect(daysUntilChange({ change_due_on: '2026-11-20' }, '2026-11-22')).toBe(-2);
		expect(daysUntilChange({ change_due_on: null }, '2026-11-22')).toBeNull();
	});

	test('is offered after the interval that somebody entered before', () => {
		const device = { placed_on: '2026-11-01', change_due_on: '2026-11-29' };
		expect(sameIntervalDue(device, '2026-11-28')).toEqual({ dueOn: '2026-12-26', days: 28 });
	});

	test('is not made up where no interval is known', () => {
		const none = { placed_on: null, change_due_on: '2026-11-29' };
		expect(sameIntervalDue(none, '2026-11-28')).toBeNull();
		expect(
			sameIntervalDue({ placed_on: '2026-11-01', change_due_on: null }, '2026-11-28')
		).toBeNull();
		const sameDay = { placed_on: '2026-11-01', change_due_on: '2026-11-01' };
		expect(sameIntervalDue(sameDay, '2026-11-28')).toBeNull();
	});
});
