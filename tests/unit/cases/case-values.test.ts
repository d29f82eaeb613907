import { expect, test } from 'vitest';
import {
	bornOn,
	caseProblems,
	changedSince,
	columnPatch,
	columnsToValues,
	EMPTY_DETAILS,
	EMPTY_PERSON,
	valuesToDetails,
	valuesToPerson
} from '#lib/features/cases/case-values.ts';
import { contactPatch, contactToTyped } from '#lib/features/cases/contact-form.ts';
import { beginEdit, resumeEdit } from '#lib/features/cases/edit-draft.ts';
import {
	limitsToValues,
	unreadableLevels,
	valuesToLimits
} from '#lib/features/cases/limits-values.ts';
import { mergeDraft } from '#lib/features/cases/merge-draft.ts';
import { aCase, aRow } from '../../fixtures/builders.ts';

const TODAY = '2026-11-22';
const empty = columnsToValues(EMPTY_PERSON, EMPTY_DETAILS);

test('a form that was only opened changes nothing, whatever form the row is stored in', () => {
	const person = aCase({
		name: '林阿嬤',
		phone: '08-000-0300',
		born_on: '1942-06-29',
		conditions: ['高血壓'],
		note: '  先按鈴 '
	});
	const { values, seenPerson, seenDetails } = beginEdit(person, null);
	const before = columnsToValues(seenPerson, seenDetails);
	expect(columnPatch(seenPerson, valuesToPerson(before), valuesToPerson(values))).toEqual({});
	expect(columnPatch(seenDetails, valuesToDetails(before), valuesToDetails(values))).toEqual({});
});

test('a patch carries what was seen as it is stored, and what is wanted', () => {
	const { values, seenPerson, seenDetails } = beginEdit(aCase({ phone: '08-000-0300' }), null);
	const before = columnsToValues(seenPerson, seenDetails);
	const typed = { ...values, phone: '0912-345-678', allergies: ['盤尼西林'] };
	expect(columnPatch(seenPerson, valuesToPerson(before), valuesToPerson(typed))).toEqual({
		phone: ['08-000-0300', '0912345678'],
		allergies: [[], ['盤尼西林']]
	});
});

test('a draft that is taken up again still knows what was seen when it was begun', () => {
	const atFirst = aCase({ address: '舊址' });
	const begun = beginEdit(atFirst, null);
	const draft = structuredClone({ ...begun, values: { ...begun.values, note: '新' } });
	const later = beginEdit({ ...atFirst, address: '別人改的' }, null);
	const resumed = resumeEdit(later, draft);
	expect(resumed.seenPerson.address).toBe('舊址');
	expect(resumed.values.note).toBe('新');
	expect(changedSince(resumed.seenPerson, { ...atFirst, address: '別人改的' })).toEqual([
		'address'
	]);
});

test('a draft of another shape is not trusted', () => {
	const begun = beginEdit(aCase(), null);
	expect(resumeEdit(begun, { values: { name: 'x' } })).toBe(begun);
	expect(resumeEdit(begun, 'text')).toBe(begun);
	expect(mergeDraft(empty, { name: 7, allergies: [1], conditions: ['a'] })).toEqual({
		...empty,
		conditions: ['a']
	});
});

test('a birthday is read in years of the republic, or in western years of four digits', () => {
	const born = (bornYear: string, bornMonth: string, bornDay: string) =>
		bornOn({ bornYear, bornMonth, bornDay });
	expect(born('31', '6', '29')).toBe('1942-06-29');
	expect(born('1942', '6', '29')).toBe('1942-06-29');
	expect(born('３１', '６', '２９')).toBe('1942-06-29');
	expect(born('31', '2', '30')).toBeNull();
	expect(born('31', '', '29')).toBeNull();
});

test('a name is needed; a birthday must exist and lie behind us', () => {
	expect(caseProblems(empty, TODAY)).toEqual({ name: 'name_missing' });
	const named = { ...empty, name: '林' };
	expect(caseProblems(named, TODAY)).toEqual({});
	expect(caseProblems({ ...named, bornYear: '31' }, TODAY)).toEqual({ born: 'birth_incomplete' });
	const tomorrow = { ...named, bornYear: '115', bornMonth: '11', bornDay: '23' };
	expect(caseProblems(tomorrow, TODAY)).toEqual({ born: 'birth_in_future' });
});

test('a contact is patched field by field', () => {
	const contact = aRow('case_contacts', {
		name: '林秀華',
		relation: '女兒',
		phone: '0900-000-301'
	});
	const typed = contactToTyped(contact, false);
	expect(contactPatch(contact, typed)).toEqual({});
	expect(contactPatch(contact, { ...typed, relation: '媳婦', isStaffOnly: true })).toEqual({
		relation: ['女兒', '媳婦'],
		audience: ['circle', 'staff']
	});
});

test('personal limits survive the form, levels that are switched off included', () => {
	const limits = {
		sbp: { high: { yellow: 150, red: null } },
		temperature: { low: { yellow: 35.5 } },
		copd: true
	};
	expect(valuesToLimits(limitsToValues(limits))).toEqual(limits);
	expect(valuesToLimits(limitsToValues({}))).toEqual({});
});

test('a level that is no number, or that no reading could reach, is named', () => {
	const values = limitsToValues({});
	const levels = { 'sbp.high.red': 'abc', 'pulse.high.red': '900', 'sbp.high.yellow': '１５０' };
	expect(unreadableLevels({ ...values, levels })).toEqual(['sbp.high.red', 'pulse.high.red']);
	expect(unreadableLevels({ ...values, levels, off: ['sbp.high.red', 'pulse.high.red'] })).toEqual(
		[]
	);
});
