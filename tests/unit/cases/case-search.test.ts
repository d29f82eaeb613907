import { describe, expect, test } from 'vitest';
import type { CaseListItem } from '#lib/db/queries/cases.ts';
import {
	filterCases,
	filterToParams,
	hiddenFilterCount,
	NO_FILTER,
	paramsToFilter,
	usesZhuyin
} from '#lib/features/cases/case-search.ts';
import { loadNameSpeller } from '#lib/features/cases/name-speller.ts';
import { aCase } from '../../fixtures/builders.ts';

function item(part: Parameters<typeof aCase>[0], rest: Partial<CaseListItem> = {}): CaseListItem {
	return {
		person: aCase(part),
		openSeverity: 'none',
		isMine: false,
		nextVisitAt: null,
		...rest
	};
}

const people = [
	item({ name: '林阿嬤', village: '松泉村', cms_level: 5, phone: '080000300' }, { isMine: true }),
	item({ name: '王叔叔', village: '雲頂村', cms_level: 4 }, { openSeverity: 'orange' }),
	item({ name: 'Kacaw Fotól', village: '臺地村', cms_level: 2 }),
	item({ name: '施阿公', village: '松泉村', cms_level: 5, status: 'closed' })
];

function names(
	change: Partial<typeof NO_FILTER>,
	spell = null as Parameters<typeof filterCases>[2]
) {
	return filterCases(people, { ...NO_FILTER, ...change }, spell).map(({ person }) => person.name);
}

describe('search', () => {
	test('finds a piece of the name, the village or the phone number', () => {
		expect(names({ text: '阿嬤' })).toEqual(['林阿嬤']);
		expect(names({ text: '雲頂' })).toEqual(['王叔叔']);
		expect(names({ text: '0300' })).toEqual(['林阿嬤']);
	});

	test('folds case, accents and 臺', () => {
		expect(names({ text: 'FOTOL' })).toEqual(['Kacaw Fotól']);
		expect(names({ text: '台地' })).toEqual(['Kacaw Fotól']);
	});

	test('needs every word', () => {
		expect(names({ text: '林 松泉' })).toEqual(['林阿嬤']);
		expect(names({ text: '林 雲頂' })).toEqual([]);
	});

	test('two digits are too few to search phone numbers by', () => {
		expect(names({ text: '00' })).toEqual([]);
	});

	test('finds a name by its Zhuyin initials once the table is there', async () => {
		const spell = await loadNameSpeller();
		expect(usesZhuyin('ㄌㄚ')).toBe(true);
		expect(names({ text: 'ㄌㄚㄇ' }, null)).toEqual([]);
		expect(names({ text: 'ㄌㄚㄇ' }, spell)).toEqual(['林阿嬤']);
		expect(names({ text: 'ㄨㄕ' }, spell)).toEqual(['王叔叔']);
	});

	test('600 people are searched in less than 50 ms', async () => {
		const spell = await loadNameSpeller();
		const many = Array.from({ length: 600 }, (_, index) =>
			item({ name: `林阿${index % 2 === 0 ? '嬤' : '公'}${index}`, village: '松泉村' })
		);
		filterCases(many, { ...NO_FILTER, text: 'ㄌㄚ' }, spell);
		const startedAt = performance.now();
		const found = filterCases(many, { ...NO_FILTER, text: '嬤 松泉' }, spell);
		expect(performance.now() - startedAt).toBeLessThan(50);
		expect(found).toHaveLength(300);
	});
});

describe('filters', () => {
	test('closed cases are hidden until somebody asks for them', () => {
		expect(names({})).not.toContain('施阿公');
		expect(names({ status: 'closed' })).toEqual(['施阿公']);
		expect(names({ status: '' })).toHaveLength(4);
	});

	test('own circle, open emergency, village and level narrow the list together', () => {
		expect(names({ mine: true })).toEqual(['林阿嬤']);
		expect(names({ emergency: true })).toEqual(['王叔叔']);
		expect(names({ village: '松泉村', cmsLevel: 5 })).toEqual(['林阿嬤']);
		expect(names({ village: '松泉村', cmsLevel: 4 })).toEqual([]);
	});

	test('the address keeps every filter', () => {
		const filter = {
			text: '林',
			mine: true,
			emergency: true,
			village: '松泉村',
			cmsLevel: 5,
			status: '' as const
		};
		expect(paramsToFilter(filterToParams(filter))).toEqual(filter);
		expect(filterToParams(NO_FILTER).toString()).toBe('');
		expect(hiddenFilterCount(filter)).toBe(3);
	});

	test('a spoilt address is as if unset', () => {
		expect(paramsToFilter(new URLSearchParams('cms=99&status=x&mine=yes'))).toEqual(NO_FILTER);
	});
});
