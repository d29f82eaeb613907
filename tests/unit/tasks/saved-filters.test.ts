/** Filters of the tasks that somebody named: kept in order, each name once, taken out and put back, and never more than a few. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { saveTaskFilters } from '#lib/db/task-filters.ts';
import {
	dropFilter,
	isSameSight,
	keepFilter,
	LONGEST_FILTER_NAME,
	MOST_FILTERS,
	nameProblem,
	savedFilters
} from '#lib/features/tasks/saved-filters.ts';
import { anId } from '../../fixtures/builders.ts';

const URGENT = {
	shown: 'mine',
	caseId: '',
	onlyHigh: true,
	state: '',
	source: '',
	view: 'list'
} as const;
const OF_LIN = {
	shown: 'all',
	caseId: 'lin',
	onlyHigh: false,
	state: 'doing',
	source: 'rule',
	view: 'board'
} as const;
let db: LocalDb;

beforeEach(() => {
	db = new LocalDb(anId(), { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => {
	db.close();
});
const names = async () => (await savedFilters(db)).map(({ name }) => name);

test('what was kept is there again, in order; one of the same name takes the place of the other', async () => {
	await keepFilter(db, ' 我的急件 ', URGENT);
	await keepFilter(db, '林阿嬤', OF_LIN);
	expect(await savedFilters(db)).toEqual([
		{ ...URGENT, name: '我的急件' },
		{ ...OF_LIN, name: '林阿嬤' }
	]);
	await keepFilter(db, '我的急件', OF_LIN);
	expect(await names()).toEqual(['林阿嬤', '我的急件']);
	const [, again] = await savedFilters(db);
	expect(isSameSight(again!, OF_LIN)).toBe(true);
	expect(isSameSight(again!, URGENT)).toBe(false);
});

test('one that was removed is put back where it was', async () => {
	await keepFilter(db, '一', URGENT);
	await keepFilter(db, '二', OF_LIN);
	const putBack = await dropFilter(db, '一');
	expect(await names()).toEqual(['二']);
	await putBack();
	expect(await names()).toEqual(['一', '二']);
});

test('what another release wrote otherwise is left out', async () => {
	const odd = [
		{ ...URGENT, name: '好' },
		{ ...URGENT, name: 3 },
		{ ...OF_LIN, shown: 'later' },
		null
	];
	await saveTaskFilters(db, odd);
	expect(await names()).toEqual(['好']);
	await saveTaskFilters(db, 'none');
	expect(await names()).toEqual([]);
});

test('a name is needed, short, and of a new one there must be room', () => {
	const full = Array.from({ length: MOST_FILTERS }, (_, index) => ({
		...URGENT,
		name: `${index}`
	}));
	expect(nameProblem('  ', [])).toBe('empty');
	expect(nameProblem('字'.repeat(LONGEST_FILTER_NAME + 1), [])).toBe('long');
	expect(nameProblem('新的', full)).toBe('many');
	expect(nameProblem('0', full), 'one that is replaced takes no room').toBeNull();
	expect(nameProblem('新的', full.slice(1))).toBeNull();
});
