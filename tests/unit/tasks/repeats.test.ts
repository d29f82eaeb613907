/** Tasks that come again, and tasks from a template, as a phone writes them down before the server has said anything. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { seriesList, seriesPage } from '#lib/db/queries/task-series.ts';
import { templatesInUse } from '#lib/db/queries/task-templates.ts';
import { nextDues, seriesDays, type SeriesDays } from '#lib/domain/task-series.ts';
import { RepeatForm } from '#lib/features/tasks/repeat-form.svelte.ts';
import { mayChangeSeries } from '#lib/features/tasks/series-actions.ts';
import { nextWords, patternWords } from '#lib/features/tasks/series-words.ts';
import { TaskForm } from '#lib/features/tasks/task-form.svelte.ts';
import { aCase, aCaseMember, anId, aPerson, aRow } from '../../fixtures/builders.ts';

const weekly: SeriesDays = {
	frequency: 'weekly',
	spacing: 1,
	weekdays: [4, 1],
	month_day: null,
	starts_on: '2026-11-24',
	until_on: null
};
const monthly: SeriesDays = { ...weekly, frequency: 'monthly', weekdays: [], month_day: 31 };
/** 10:00 in Taipei. */
const TEN = '2026-11-24T02:00:00.000Z';

describe('the days of a series', () => {
	test('of every second week count from the week in which it began', () => {
		expect(seriesDays({ ...weekly, spacing: 2 }, '2026-11-01', '2026-12-24')).toEqual([
			'2026-11-26',
			'2026-12-07',
			'2026-12-10',
			'2026-12-21',
			'2026-12-24'
		]);
	});
	test('of a month that is shorter is its last one', () => {
		expect(seriesDays(monthly, '2026-11-24', '2027-03-31')).toEqual([
			'2026-11-30',
			'2026-12-31',
			'2027-01-31',
			'2027-02-28',
			'2027-03-31'
		]);
	});
	test('what is due later today is the next; past its time it is not', () => {
		const tuesday = { ...weekly, weekdays: [2] };
		const of = (due_time: string) => nextDues({ ...tuesday, due_time }, TEN, '2026-11-24', 1);
		expect(of('10:01')).toEqual(['2026-11-24T02:01:00.000Z']);
		expect(of('10:00')).toEqual(['2026-12-01T02:00:00.000Z']);
	});
	test('a series that ends has no more, and one that begins later waits for its first', () => {
		const of = (part: Partial<SeriesDays>) =>
			nextDues({ ...weekly, ...part, due_time: '10:00' }, TEN, '2026-11-24', 3);
		expect(of({ until_on: '2026-11-27' })).toEqual(['2026-11-26T02:00:00.000Z']);
		expect(of({ starts_on: '2031-01-06', until_on: '2031-01-06' })).toEqual([
			'2031-01-06T02:00:00.000Z'
		]);
	});
});

describe('in words', () => {
	test.each([
		[weekly, '每週・週一、週四'],
		[{ ...weekly, spacing: 2, weekdays: [1, 2, 3, 4, 5] }, '每 2 週・週一到週五'],
		[{ ...monthly, spacing: 3, until_on: '2027-06-30' }, /^每 3 個月・31 日・到 .*6月30日/]
	])('%o', (days, words) => {
		expect(patternWords(days)).toMatch(words);
	});
	test('one that rests or has ended says so instead of a day', () => {
		const series = aRow('task_series', { ...weekly, due_time: '10:00' });
		const say = (part: object) => nextWords({ ...series, ...part }, TEN, '2026-11-24');
		expect(say({})).toMatch(/^下次：.*10:00$/);
		expect(say({ active: false })).toBe('暫停中');
		expect(say({ until_on: '2026-11-25' })).toBe('已經結束');
	});
});

describe('the form', () => {
	test('wants a first day, and an end that is not before it', () => {
		const form = new RepeatForm();
		expect(form.problem('')).toBeNull();
		form.choose('weekly');
		expect(form.problem('')).toBe('due');
		form.fields.until = '2026-11-23';
		expect(form.problem('2026-11-24T17:00')).toBe('until');
		expect(form.repetition('2026-11-24T17:00')).toBeNull();
		form.fields.until = '2026-11-24';
		expect(form.problem('2026-11-24T17:00')).toBeNull();
	});
	test('with no weekday chosen it is that of the first day', () => {
		const form = new RepeatForm();
		form.choose('weekly');
		expect(form.repetition('2026-11-24T17:00')).toEqual({
			...weekly,
			weekdays: [2],
			due_time: '17:00',
			lead_days: 0
		});
		form.fields.weekdays = ['4', '1'];
		expect(form.repetition('2026-11-24T17:00')?.weekdays).toEqual([1, 4]);
	});
	test('of months it is the day of the first; weekdays and spacing of weeks do not stay', () => {
		const form = new RepeatForm();
		form.choose('weekly');
		form.fields.weekdays = ['1'];
		form.fields.spacing = '4';
		form.choose('monthly');
		expect(form.repetition('2026-11-24T17:00')).toMatchObject({
			frequency: 'monthly',
			spacing: 1,
			weekdays: [],
			month_day: 24
		});
	});
	test('a task without a repetition is whole without a day, and one with it is not', () => {
		const form = new TaskForm(null);
		form.title = '量體重';
		expect([form.isWhole, form.repetition]).toEqual([true, null]);
		form.repeat.choose('weekly');
		expect(form.isWhole).toBe(false);
	});
	test('a series that is opened again says what it says', () => {
		const series = aRow('task_series', {
			...monthly,
			spacing: 3,
			due_time: '09:30',
			lead_days: 7,
			title: '量體重',
			steps: ['早', '晚'],
			priority: 'high'
		});
		const form = TaskForm.ofSeries(series);
		expect(form.repetition).toEqual({
			...monthly,
			spacing: 3,
			month_day: 24,
			due_time: '09:30',
			lead_days: 7
		});
		expect(form.content([])).toMatchObject({
			title: '量體重',
			steps: ['早', '晚'],
			priority: 'high'
		});
	});
});

describe('on the phone', () => {
	const me = aPerson();
	const person = aCase();
	const longer = aCaseMember({
		case_id: person.id,
		role: 'nurse',
		received_at: '2026-01-01T00:00:00.000Z'
	});
	const newer = aCaseMember({
		case_id: person.id,
		role: 'nurse',
		received_at: '2026-06-01T00:00:00.000Z'
	});
	const template = aRow('task_templates', {
		title: '跌倒後追蹤',
		steps: ['量血壓'],
		for_role: 'nurse',
		due_days: 1,
		reply_minutes: 120,
		priority: 'high'
	});
	let db: LocalDb;
	beforeEach(() => {
		db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
	});
	afterEach(() => {
		db.close();
	});

	test('a template fills the form, for whoever has been there longest; taken back, all is as it was', () => {
		const form = new TaskForm(null);
		form.title = '先打的字';
		form.due = '2026-12-01T08:00';
		const putBack = form.useTemplate(template, [newer, longer], '2026-11-24');
		expect(form.content([newer, longer])).toMatchObject({
			title: '跌倒後追蹤',
			steps: ['量血壓'],
			priority: 'high',
			replyMinutes: 120,
			dueAt: '2026-11-25T09:00:00.000Z',
			assignee: { id: longer.user_id }
		});
		expect(form.templateId).toBe(template.id);
		putBack();
		expect(form.title).toBe('先打的字');
		expect(form.due).toBe('2026-12-01T08:00');
		expect([form.templateId, form.assigneeId, form.steps]).toEqual([null, '', '']);
	});

	test('what was filled and how it repeats is there after a restart; a draft of another release does no harm', async () => {
		const place = { db, key: 'task-new:x' };
		const form = new TaskForm(place);
		form.useTemplate(template, [], '2026-11-24');
		form.repeat.choose('monthly');
		form.repeat.fields.spacing = '6';
		await form.keep();
		const again = new TaskForm(place);
		await again.restore();
		expect([again.templateId, again.repetition]).toEqual([template.id, form.repetition]);
		expect(again.repetition?.spacing).toBe(6);

		form.repeat.fields = { ...form.repeat.fields, spacing: '5', leadDays: '0' };
		await form.keep();
		const odd = new TaskForm(place);
		await odd.restore();
		expect(odd.repetition?.spacing).toBe(1);
	});

	test('only templates that are in use are offered', async () => {
		await db.task_templates.bulkAdd([
			template,
			aRow('task_templates', { title: '舊的', active: false }),
			aRow('task_templates', { title: '拿掉的', deleted_at: TEN })
		]);
		expect((await templatesInUse(db)).map(({ title }) => title)).toEqual(['跌倒後追蹤']);
	});

	test('what comes again stands before what rests, and each page has the tasks that it made', async () => {
		await db.cases.add(person);
		await db.case_members.add(
			aCaseMember({ case_id: person.id, user_id: me.userId, role: 'nurse' })
		);
		const of = (title: string, part: object = {}) =>
			aRow('task_series', { ...weekly, case_id: person.id, title, due_time: '10:00', ...part });
		const series = of('乙');
		await db.task_series.bulkAdd([
			of('甲', { active: false }),
			series,
			of('別人', { case_id: anId() })
		]);
		expect((await seriesList(db, '')).map(({ series: { title } }) => title)).toEqual(['乙', '甲']);
		expect(await seriesList(db, anId())).toEqual([]);

		const task = (source_id: string, due_at: string) =>
			aRow('tasks', { case_id: person.id, source: 'recurrence', source_id, due_at });
		const [first, second] = [
			task(series.id, '2026-11-26T02:00:00.000Z'),
			task(series.id, '2026-11-30T02:00:00.000Z')
		];
		await db.tasks.bulkAdd([first, second, task(anId(), '2026-11-30T02:00:00.000Z')]);
		const page = await seriesPage(db, me, series.id);
		expect(page?.role).toBe('nurse');
		expect(page?.made.map(({ id }) => id)).toEqual([second.id, first.id]);
	});

	test('who wrote it changes it, and managers; nobody else', () => {
		const own = { created_by: me.userId };
		const others = { created_by: anId() };
		expect(mayChangeSeries(own, me.userId, 'nurse')).toBe(true);
		expect(mayChangeSeries(others, me.userId, 'nurse')).toBe(false);
		expect(mayChangeSeries(others, me.userId, 'supervisor')).toBe(true);
		expect(mayChangeSeries(own, me.userId, null)).toBe(false);
	});
});
