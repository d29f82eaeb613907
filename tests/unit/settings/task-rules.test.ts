/** Writing a rule: what can be followed and what cannot, what is kept, and how its facts are said. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { becauseWords } from '#lib/care-ui/because-words.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { RULE_DEFAULTS, RULE_KINDS, type TaskBecause } from '#lib/domain/task-rules.ts';
import { RuleForm } from '#lib/features/settings/task-rules/rule-form.svelte.ts';
import { ruleFor, ruleSentence } from '#lib/features/settings/task-rules/rule-words.ts';
import { anId, aRow } from '../../fixtures/builders.ts';

let db: LocalDb;
beforeEach(() => {
	db = new LocalDb(anId(), { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => {
	db.close();
});
const org = anId();
const newRule = () => new RuleForm(db, org, null);

test.each(RULE_KINDS)('%s starts out as a rule that can be followed', (kind) => {
	const form = newRule();
	form.choose(kind);
	expect(form.problems).toEqual([]);
	expect(form.values).toMatchObject({ kind, params: RULE_DEFAULTS[kind] });
});

describe('what cannot be followed is named', () => {
	test.each([
		['missed_visit', { hours: '0' }, 'hours'],
		['missed_visit', { hours: '1.5' }, 'hours'],
		['missed_visit', { hours: '' }, 'hours'],
		['measurement_overdue', { days: '61' }, 'days'],
		['measurement_overdue', { vitals: [] }, 'vitals'],
		['abnormal_values', { count: '1' }, 'count'],
		['plan_ends', { days: '九' }, 'days'],
		['discharge', { onDays: '2、91' }, 'onDays'],
		['discharge', { onDays: '1 2 3 4 5 6 7' }, 'onDays'],
		['plan_ends', { title: ' ' }, 'title']
	] as const)('%s, %o', (kind, typed, problem) => {
		const form = newRule();
		form.choose(kind);
		Object.assign(form.fields, typed);
		expect(form.problems).toEqual([problem]);
		expect(form.values).toBeNull();
	});
});

test('days after discharge are read however they are set apart, each once, in order', () => {
	const form = newRule();
	form.choose('discharge');
	form.fields.onDays = '30, 2 ,7、7天';
	expect(form.facts?.params).toEqual({ on_days: [2, 7, 30] });
});

test('another kind keeps the words that somebody has found, and no others', () => {
	const form = newRule();
	const proposed = form.fields.title;
	form.choose('plan_ends');
	expect(form.fields.title).not.toBe(proposed);
	form.fields.title = '請複評';
	form.choose('discharge');
	expect(form.fields.title).toBe('請複評');
});

test('what was begun is there again, and what is no rule of this release is left alone', async () => {
	const form = newRule();
	form.choose('abnormal_values');
	form.fields.count = '5';
	form.keep();
	await expect.poll(() => form.keeper.state).toBe('saved');
	const again = newRule();
	await again.restore();
	expect([again.kind, again.fields.count]).toEqual(['abnormal_values', '5']);
	again.keeper.keep({ kind: 'of_a_later_release', fields: { count: 4 } });
	await expect.poll(() => again.keeper.state).toBe('saved');
	const third = newRule();
	await third.restore();
	expect(third.kind).toBe('missed_visit');
});

test('a rule that is tuned says what it said', () => {
	const rule = aRow('task_rules', {
		kind: 'measurement_overdue',
		params: { vitals: ['weight'], days: 30 },
		title: '量體重',
		for_role: 'nurse',
		due_hours: 72,
		reply_minutes: 120,
		priority: 'high'
	});
	const { values } = new RuleForm(db, org, rule);
	expect(values).toMatchObject({
		params: { vitals: ['weight'], days: 30 },
		title: '量體重',
		for_role: 'nurse',
		due_hours: 72,
		reply_minutes: 120,
		priority: 'high'
	});
	expect(ruleSentence(values!)).toContain('體重');
	expect(ruleFor(rule)).toBe('請護理師處理・3 天內完成');
});

test.each<[TaskBecause, string]>([
	[
		{
			kind: 'missed_visit',
			visit_id: 'v',
			starts_at: '2026-11-20T01:00:00.000Z',
			status: 'no_answer',
			worker_name: '王照服'
		},
		'（王照服）沒有人應門'
	],
	[
		{
			kind: 'missed_visit',
			visit_id: 'v',
			starts_at: '2026-11-20T01:00:00.000Z',
			status: 'planned',
			worker_name: null
		},
		'（沒有指派人員）沒有簽到紀錄'
	],
	[
		{
			kind: 'abnormal_values',
			vital: 'blood_pressure',
			count: 3,
			days: 7,
			last_at: '2026-11-20T01:00:00.000Z',
			value: 182,
			value2: 110
		},
		'7 天內有 3 次血壓異常，最近一次 182/110 mmHg'
	],
	[{ kind: 'plan_ends', valid_until: '2026-12-31', days: 30 }, '12月31日'],
	[{ kind: 'discharge', discharged_on: '2026-11-20', days: 7 }, '滿 7 天']
])('%o is said in words', (because, words) => {
	expect(becauseWords(because, '2026-11-24')).toContain(words);
});
