/** Writing a template of tasks: what is missing, what is kept, and what is said of it. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { taskTemplates } from '#lib/db/queries/task-templates.ts';
import { TemplateForm } from '#lib/features/settings/task-templates/template-form.svelte.ts';
import { anId, aRow } from '../../fixtures/builders.ts';

let db: LocalDb;
beforeEach(() => {
	db = new LocalDb(anId(), { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => {
	db.close();
});
const org = anId();
const written = aRow('task_templates', {
	org_id: org,
	title: '跌倒後追蹤',
	body: '先看傷口',
	steps: ['量血壓', '看傷口'],
	for_role: 'nurse',
	due_days: 0,
	reply_minutes: 120,
	priority: 'high'
});

test.each([
	[{ title: ' ' }, 'title'],
	[{ title: '長'.repeat(121) }, 'title_long'],
	[{ steps: Array.from({ length: 21 }, (_, at) => `${at}`).join('\n') }, 'steps_many'],
	[{ steps: '長'.repeat(121) }, 'steps_long'],
	[{ due: '366' }, 'due'],
	[{ due: '兩天' }, 'due'],
	[{ due: '-1' }, 'due']
] as const)('%o is named and not kept', (typed, problem) => {
	const form = new TemplateForm(db, org, written);
	Object.assign(form.fields, typed);
	expect(form.problems).toEqual([problem]);
	expect(form.values).toBeNull();
});

test('a template that is opened again says what it says', () => {
	const { title, body, steps, for_role, due_days, reply_minutes, priority } = written;
	const says = { title, body, steps, for_role, due_days, reply_minutes, priority };
	expect(new TemplateForm(db, org, written).values).toEqual(says);
});

test('the least that can be said: a title', () => {
	const form = new TemplateForm(db, org, null);
	form.fields.title = ' 量體重 ';
	expect(form.values).toEqual({
		title: '量體重',
		body: null,
		steps: [],
		for_role: null,
		due_days: null,
		reply_minutes: null,
		priority: 'normal'
	});
});

test('what was typed is there after a restart', async () => {
	const form = new TemplateForm(db, org, null);
	form.fields.title = '打到一半';
	form.keep();
	await expect.poll(() => form.keeper.state).toBe('saved');
	const again = new TemplateForm(db, org, null);
	await again.restore();
	expect(again.fields.title).toBe('打到一半');
});

test('those in use stand first', async () => {
	await db.task_templates.bulkAdd([
		aRow('task_templates', { org_id: org, title: '甲', active: false }),
		written,
		aRow('task_templates', { org_id: anId(), title: '別的機構' })
	]);
	expect((await taskTemplates(db, org)).map(({ title }) => title)).toEqual(['跌倒後追蹤', '甲']);
});
