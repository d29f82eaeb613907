/** Refused work must be readable, correctable and never lost on the way. */
import { expect, test } from 'vitest';
import type { NamedEntry } from '#lib/db/queries/settings.ts';
import type { OutboxEntry } from '#lib/db/records.ts';
import type { Mutation } from '#lib/domain/mutations/catalogue.ts';
import { entryTitle } from '#lib/features/settings/entry-title.ts';
import { isAcceptable, typedFields, withFields } from '#lib/features/settings/intent-content.ts';
import { intentHref } from '#lib/features/settings/intent-link.ts';
import { intentName, refusalText } from '#lib/features/settings/intent-words.ts';

const at = '2026-11-22T01:00:00.000Z';

const bloodPressure: Mutation = {
	name: 'measurement.add',
	at,
	args: {
		row: {
			id: 'm1',
			case_id: 'c1',
			visit_id: 'v1',
			kind: 'blood_pressure',
			value: 400,
			value2: 80,
			note: '右手'
		}
	}
};

function anEntry(mutation: Mutation, part: Partial<OutboxEntry> = {}): OutboxEntry {
	return {
		order: 1,
		mid: 'mid-1',
		n: 7,
		mutation,
		base: 0,
		offsetMs: null,
		author: { userId: 'u1', name: '陳怡君', role: 'worker' },
		touches: [],
		state: 'attention',
		heldFromMs: 0,
		holdMs: 0,
		attempts: 1,
		verdict: 'rejected',
		code: 'invalid',
		data: null,
		...part
	};
}

const named = (mutation: Mutation, caseId: string | null = 'c1'): NamedEntry => ({
	entry: anEntry(mutation),
	caseId,
	caseName: caseId === null ? null : '林阿嬤'
});

test('what was typed is shown with names, not codes', () => {
	const shown = typedFields(bloodPressure).map(({ label, value }) => `${label}：${value}`);
	expect(shown).toEqual(['數值：400', '第二個數值：80', '備註：右手']);
	expect(entryTitle(named(bloodPressure))).toBe('量測數值（林阿嬤）');
});

test('changed fields go back to their places, and the original stays', () => {
	const [value] = typedFields(bloodPressure);
	expect(value).toBeDefined();
	const changed = withFields(bloodPressure.args, value ? [{ field: value, text: '140' }] : []);
	expect(changed).toMatchObject({ row: { id: 'm1', value: 140, value2: 80 } });
	expect(bloodPressure.args).toMatchObject({ row: { value: 400 } });
});

test('in a patch the wanted value is what was typed; what was seen stays', () => {
	const patch: Mutation = {
		name: 'case.patch',
		at,
		args: { id: 'c1', patch: { phone: ['08-1', '08-2'], cms_level: [4, 5] } }
	};
	const fields = typedFields(patch);
	expect(fields.map(({ value }) => value)).toEqual(['08-2']);
	const changed = withFields(
		patch.args,
		fields.map((field) => ({ field, text: ' 08-3 ' }))
	);
	expect(changed).toEqual({ id: 'c1', patch: { phone: ['08-1', '08-3'], cms_level: [4, 5] } });
});

test('a field that was filled in must stay filled in, and a number a number', () => {
	const [value, , note] = typedFields(bloodPressure);
	if (!value || !note) throw new Error('fields expected');
	expect(isAcceptable(value, '140')).toBe(true);
	expect(isAcceptable(value, 'a lot')).toBe(false);
	expect(isAcceptable(note, '  ')).toBe(false);
});

test('each refused intent leads to a record that exists', () => {
	expect(intentHref(named(bloodPressure))).toBe('/visits/v1');
	const message: Mutation = {
		name: 'message.send',
		at,
		args: { row: { id: 'x', case_id: 'c1', audience: 'staff', body: '您好' } }
	};
	expect(intentHref(named(message))).toBe('/messages/c1?thread=staff');
	expect(intentHref(named({ name: 'task.finish', at, args: { id: 't1', at } }))).toBe('/tasks/t1');
	const task: Mutation = {
		name: 'task.create',
		at,
		args: { row: { id: 't2', case_id: 'c1', title: 'x' } }
	};
	expect(intentHref(named(task))).toBe('/cases/c1');
	expect(
		intentHref(named({ name: 'profile.patch', at, args: { id: 'u1', patch: {} } }, null))
	).toBeNull();
});

test('words of a newer server are shown as such, not swallowed', () => {
	expect(intentName('visit.teleport')).toBe('其他資料');
	expect(refusalText('too_many_moons')).toContain('too_many_moons');
	expect(refusalText(null)).toContain('?');
	expect(refusalText('toString')).toContain('toString');
});

test('a refused absence leads to where absences are entered', () => {
	const end: Mutation = { name: 'absence.end', at, args: { id: 'a1', at } };
	expect(intentHref(named(end, null))).toBe('/schedule/leave');
	expect(entryTitle(named(end, null))).toBe('結束不在');
});
