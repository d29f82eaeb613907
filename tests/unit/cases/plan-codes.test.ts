/** The approved plan on a person's page: read from the phone, said in words, and what the form takes. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { approvedWords, unitsWords } from '#lib/care-ui/plan-words.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { careLists } from '#lib/db/queries/care-lists.ts';
import {
	planCodePatch,
	planCodeProblems,
	planCodeToTyped,
	typedToPlanCode,
	type TypedPlanCode
} from '#lib/features/cases/plan-code-form.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { anId, aRow } from '../../fixtures/builders.ts';

const CASE = anId();
const TODAY = '2026-11-23';
overwriteGetLocale(() => 'zh-TW');

const aLine = (part: Parameters<typeof aRow<'case_plan_codes'>>[1] = {}) =>
	aRow('case_plan_codes', {
		case_id: CASE,
		code: 'BA07',
		times_week: 3,
		valid_from: '2026-11-01',
		...part
	});

test('entries stand in the order of their codes, also those that have run out; ended ones apart, the last one first', async () => {
	const db = new LocalDb(anId());
	await db.case_plan_codes.bulkAdd([
		aLine({ id: 'c', code: 'BA13' }),
		aLine({ id: 'b', code: 'BA02', valid_from: '2026-12-01' }),
		aLine({ id: 'a', code: 'BA02', valid_until: '2026-11-02' }),
		aLine({ id: 'old', ended_at: '2026-10-01T00:00:00.000Z' }),
		aLine({ id: 'older', ended_at: '2026-09-01T00:00:00.000Z' }),
		aLine({ id: 'other', case_id: anId() })
	]);
	const { planCodes, endedPlanCodes } = await careLists(db, { caseId: CASE, userId: anId() });
	expect(planCodes.map(({ row }) => row.id)).toEqual(['a', 'b', 'c']);
	expect(endedPlanCodes.map(({ row }) => row.id)).toEqual(['old', 'older']);
	await db.delete();
});

test('what was approved is said in the units of the code', () => {
	expect(approvedWords(aLine({ units_month: 13 }))).toBe('每週 3 次・每月 13 次');
	expect(approvedWords(aLine({ code: 'BA02', times_week: null, units_month: 44 }))).toBe(
		'每月 44 單位（30 分鐘）'
	);
	expect(unitsWords('BA04', 3)).toBe('3 餐');
	expect(unitsWords('CA07', 3)).toBe('3 次');
	expect(unitsWords('ZZ99', 1200)).toBe('1,200 次');
});

test('what is missing or wrong is said before it is stored', () => {
	const problems = (part: Partial<TypedPlanCode>) =>
		planCodeProblems({ ...planCodeToTyped(aLine(), TODAY), ...part });
	expect(problems({})).toEqual([]);
	expect(problems({ code: '' })).toEqual(['code']);
	expect(problems({ times: '0' })).toEqual(['times']);
	expect(problems({ times: '2.5' })).toEqual(['times']);
	expect(problems({ times: '', units: '999' })).toEqual([]);
	expect(problems({ units: '1000' })).toEqual(['units']);
	expect(problems({ times: ' ' })).toEqual(['amount']);
	expect(problems({ validFrom: '' })).toEqual(['from']);
	expect(problems({ validUntil: '2026-10-31' })).toEqual(['backwards']);
	expect(planCodeProblems(planCodeToTyped(null, TODAY))).toEqual(['code', 'amount']);
});

test('what is typed is stored clean, and a change names the fields that differ', () => {
	const typed = {
		...planCodeToTyped(null, TODAY),
		code: 'BA07',
		times: ' 3 ',
		provider: '　山城 '
	};
	expect(typedToPlanCode(typed)).toEqual({
		code: 'BA07',
		times_week: 3,
		units_month: null,
		valid_from: TODAY,
		valid_until: null,
		provider: '山城',
		note: null
	});
	const row = aLine({ note: ' 早上 ' });
	const seen = planCodeToTyped(row, TODAY);
	expect(planCodePatch(row, seen)).toEqual({});
	expect(planCodePatch(row, { ...seen, times: '', units: '9', validUntil: '2026-12-31' })).toEqual({
		times_week: [3, null],
		units_month: [null, 9],
		valid_until: [null, '2026-12-31']
	});
});
