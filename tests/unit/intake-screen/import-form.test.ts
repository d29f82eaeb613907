/** The steps of an import: nothing is sent by accident, and what the server knows already is told row by row. */
import { beforeEach, expect, test, vi } from 'vitest';
import { ImportForm } from '#lib/features/intake/import-form.svelte.ts';
import type { CaseList, ImportAnswer } from '#lib/features/intake/port.ts';
import { readCases } from '#lib/features/intake/read-cases.ts';
import type { Me } from '#lib/sync/workspace.ts';

const TODAY = '2026-11-22';
const ME: Me = {
	userId: 'u1',
	email: 'chief@example.org',
	displayName: '王督導',
	memberships: [
		{ orgId: 'o1', orgName: '甲', role: 'worker' },
		{ orgId: 'o2', orgName: '乙', role: 'supervisor' },
		{ orgId: 'o3', orgName: '丙', role: 'care_manager' }
	]
};

const importCases = vi.fn<(list: CaseList) => Promise<ImportAnswer>>();
const syncNow = vi.fn();
let form: ImportForm;

beforeEach(() => {
	importCases.mockReset();
	syncNow.mockReset();
	const port = { online: true, importCases, syncNow };
	form = new ImportForm(port, async ({ bytes, today }) => readCases(bytes, today), ME);
});

const choose = (text: string) => form.choose(new File([text], 'cases.csv'), TODAY);

test('a person imports only where they are supervisor or care manager', () => {
	expect(form.orgs.map(({ orgId }) => orgId)).toEqual(['o2', 'o3']);
	expect(form.orgId).toBe('o2');
});

test('a file that is no list goes back to choosing and says why', async () => {
	await choose('\n\n');
	expect(form.step).toBe('choose');
	expect(form.fileProblem?.code).toBe('empty');
});

test('a row with a problem keeps the whole list here until it is left out on purpose', async () => {
	importCases.mockResolvedValue({
		ok: true,
		value: { imported: 1, rows: [{ row: 0, result: 'imported', column: null }] }
	});
	await choose('姓名,生日\n王小明,40/5/6\n李大同,40/13/6\n');
	await form.import();
	expect(importCases).not.toHaveBeenCalled();

	form.leavesOut = true;
	await form.import();
	expect(importCases).toHaveBeenCalledOnce();
	expect(importCases.mock.calls[0]?.[0]).toMatchObject({
		orgId: 'o2',
		skipKnown: false,
		cases: [{ name: '王小明' }]
	});
	expect(form.step).toBe('done');
	expect(syncNow).toHaveBeenCalledOnce();
	expect(form.report()).toContain('李大同');
});

test('known people are named by their row, and only a second press brings in the others', async () => {
	importCases.mockResolvedValueOnce({
		ok: true,
		value: {
			imported: 0,
			rows: [
				{ row: 0, result: 'not_imported', column: null },
				{ row: 1, result: 'known', column: null }
			]
		}
	});
	await choose('姓名,生日\n壞列,40/13/6\n王小明,40/5/6\n李大同,40/5/7\n');
	form.leavesOut = true;
	await form.import();
	expect(form.step).toBe('known');
	expect(form.readyCount).toBe(1);
	expect(form.rows.map((row) => row.problems.map(({ code }) => code))).toEqual([
		['no_such_day'],
		[],
		['already_stored']
	]);
	expect(syncNow).not.toHaveBeenCalled();

	importCases.mockResolvedValueOnce({
		ok: true,
		value: {
			imported: 1,
			rows: [
				{ row: 0, result: 'imported', column: null },
				{ row: 1, result: 'known', column: null }
			]
		}
	});
	await form.import();
	expect(importCases.mock.calls[1]?.[0].skipKnown).toBe(true);
	expect(form).toMatchObject({ step: 'done', imported: 1 });
});

test('after a failure the list is still there to be sent again', async () => {
	importCases.mockResolvedValue({ ok: false, problem: 'unreachable' });
	await choose('姓名\n王小明\n');
	await form.import();
	expect(form).toMatchObject({ step: 'preview', problem: 'unreachable', readyCount: 1 });
});

test('a row that the database cannot store is told by its row and column, and left out only on purpose', async () => {
	importCases.mockResolvedValueOnce({
		ok: true,
		value: {
			imported: 0,
			rows: [
				{ row: 0, result: 'not_imported', column: null },
				{ row: 1, result: 'refused', column: 'living_situation' }
			]
		}
	});
	await choose('姓名,生日\n王小明,40/5/6\n李大同,40/3/6\n');
	await form.import();
	expect(form.step).toBe('preview');
	expect(form.rows[1]).toMatchObject({
		ok: false,
		problems: [{ code: 'not_storable', column: 'livingSituation' }]
	});
	await form.import();
	expect(importCases).toHaveBeenCalledOnce();
	form.leavesOut = true;
	importCases.mockResolvedValueOnce({
		ok: true,
		value: { imported: 1, rows: [{ row: 0, result: 'imported', column: null }] }
	});
	await form.import();
	expect(importCases.mock.lastCall?.[0].cases).toMatchObject([{ name: '王小明' }]);
	expect(form.step).toBe('done');
});

test('somebody who seems to be there is told as such, and counts as known', async () => {
	importCases.mockResolvedValueOnce({
		ok: true,
		value: { imported: 0, rows: [{ row: 0, result: 'alike', column: null }] }
	});
	await choose('姓名,電話\n王小明,08-1234567\n');
	await form.import();
	expect(form.step).toBe('known');
	expect(form.knownCount).toBe(1);
	expect(form.rows[0]).toMatchObject({ problems: [{ code: 'seems_stored' }] });
});
