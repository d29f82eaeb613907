/** The medication list and the tubes on a person's page: read from the phone, said in words, and changed field by field. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
	changeDueWords,
	deviceName,
	medicationSource,
	medicationUse
} from '#lib/care-ui/care-list-words.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { careLists } from '#lib/db/queries/care-lists.ts';
import {
	devicePatch,
	deviceToTyped,
	isBackwards,
	medicationPatch,
	medicationToTyped,
	typedToMedication
} from '#lib/features/cases/list-forms.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { anId, aRow, aVisit } from '../../fixtures/builders.ts';

const CASE = anId();
const ME = anId();
const NURSE = anId();
/** A Sunday. */
const TODAY = '2026-11-22';
overwriteGetLocale(() => 'zh-TW');

const aMedicine = (part: Parameters<typeof aRow<'case_medications'>>[1] = {}) =>
	aRow('case_medications', {
		case_id: CASE,
		name: '脈優',
		author_name: '倪護理',
		created_by: NURSE,
		...part
	});
const aDevice = (part: Parameters<typeof aRow<'case_devices'>>[1] = {}) =>
	aRow('case_devices', { case_id: CASE, kind: 'nasogastric_tube', created_by: NURSE, ...part });

describe('what the page reads', () => {
	let db: LocalDb;
	beforeEach(() => {
		db = new LocalDb(anId());
	});
	afterEach(() => db.delete());
	const read = () => careLists(db, { caseId: CASE, userId: ME });

	test('what is taken in the order of the list, what was stopped apart with the last one first; nobody else’s', async () => {
		await db.case_medications.bulkAdd([
			aMedicine({ id: 'b', recorded_at: '2026-11-02T00:00:00.000Z' }),
			aMedicine({ id: 'a', recorded_at: '2026-11-01T00:00:00.000Z' }),
			aMedicine({ id: 'old', ended_at: '2026-10-01T00:00:00.000Z' }),
			aMedicine({ id: 'older', ended_at: '2026-09-01T00:00:00.000Z' }),
			aMedicine({ id: 'gone', deleted_at: TODAY }),
			aMedicine({ id: 'other', case_id: anId() })
		]);
		const { medications, stopped } = await read();
		expect(medications.map(({ row }) => row.id)).toEqual(['a', 'b']);
		expect(stopped.map(({ row }) => row.id)).toEqual(['old', 'older']);
	});

	test('the device whose change is due first stands first; without a day, last', async () => {
		await db.case_devices.bulkAdd([
			aDevice({ id: 'bed' }),
			aDevice({ id: 'later', change_due_on: '2026-12-01' }),
			aDevice({ id: 'overdue', change_due_on: '2026-11-01' })
		]);
		expect((await read()).devices.map(({ row }) => row.id)).toEqual(['overdue', 'later', 'bed']);
	});

	test('what came since the end of my own last visit is marked, whoever else came meanwhile', async () => {
		const visit = { case_id: CASE, worker_id: ME, status: 'done' } as const;
		await db.visits.bulkAdd([
			aVisit({
				...visit,
				starts_at: '2026-11-20T01:00:00.000Z',
				checked_out_at: '2026-11-20T02:00:00.000Z'
			}),
			aVisit({ ...visit, worker_id: NURSE, starts_at: '2026-11-21T05:00:00.000Z' }),
			aVisit({ ...visit, status: 'checked_in', starts_at: '2026-11-22T05:00:00.000Z' })
		]);
		await db.case_medications.bulkAdd([
			aMedicine({ id: 'known', received_at: '2026-11-20T01:30:00.000Z' }),
			aMedicine({ id: 'new', received_at: '2026-11-20T02:30:00.000Z' }),
			aMedicine({ id: 'changed', received_at: '2026-11-01T02:30:00.000Z' })
		]);
		await db.record_history.add(
			aRow('record_history', {
				case_id: CASE,
				row_id: 'changed',
				kind: 'overwritten',
				created_by: NURSE,
				received_at: '2026-11-21T02:30:00.000Z'
			})
		);
		const { medications } = await read();
		expect(Object.fromEntries(medications.map(({ row, news }) => [row.id, news]))).toEqual({
			known: null,
			new: 'added',
			changed: 'changed'
		});
	});
});

describe('in words', () => {
	test('a medicine says when, how much, how, and from which bag it was copied', () => {
		const row = aMedicine({
			times: ['morning', 'bedtime'],
			dose: '1 顆',
			route: 'oral',
			directions: '飯後',
			prescriber: '竹山秀傳醫院',
			bag_on: '2026-11-03'
		});
		expect(medicationUse(row)).toBe('早上、睡前・1 顆・口服・飯後');
		expect(medicationSource(row, TODAY)).toBe('抄自竹山秀傳醫院藥袋（11月3日 週二）・倪護理登錄');
		expect(medicationSource({ ...row, bag_on: null }, TODAY)).toContain('沒有寫日期');
		expect(medicationSource({ ...row, prescriber: null }, TODAY)).toContain('沒有寫醫院');
		expect(medicationSource({ ...row, prescriber: null, bag_on: null }, TODAY)).toContain(
			'沒有寫是哪一包藥'
		);
	});

	test('a change says its weekday and how far off it is, or for how long it is overdue', () => {
		const due = (day: string) => changeDueWords({ change_due_on: day }, TODAY);
		expect(due('2026-11-30')).toEqual({
			text: '11月30日 週一更換（還有 8 天）',
			isOverdue: false
		});
		expect(due('2026-11-23')?.text).toBe('明天 週一更換');
		expect(due(TODAY)).toEqual({ text: '今天要更換', isOverdue: false });
		expect(due('2026-11-20')).toEqual({ text: '已過更換日 2 天', isOverdue: true });
		expect(changeDueWords({ change_due_on: null }, TODAY)).toBeNull();
	});

	test('a kind that this release does not know is shown as it is', () => {
		expect(deviceName({ kind: 'nasogastric_tube', size: '16 Fr' })).toBe('鼻胃管 16 Fr');
		expect(deviceName({ kind: 'new_pump', size: null })).toBe('new_pump');
	});
});

describe('the forms', () => {
	test('what is typed is stored clean, the times in the order of the day', () => {
		const typed = {
			...medicationToTyped(null),
			name: '　脈優 ',
			times: ['bedtime', 'morning', 'midnight'],
			route: 'by_ear',
			bagOn: '2026-11-3',
			dose: '１ 顆'
		};
		expect(typedToMedication(typed)).toMatchObject({
			name: '脈優',
			times: ['morning', 'bedtime'],
			route: null,
			bag_on: null,
			dose: '1 顆',
			strength: null
		});
	});

	test('a change names the fields that differ, each with what stood there', () => {
		const row = aMedicine({ times: ['morning'], dose: ' 1 顆', note: null });
		const typed = { ...medicationToTyped(row), times: ['morning', 'evening'], note: '飯前' };
		expect(medicationPatch(row, typed)).toEqual({
			times: [['morning'], ['morning', 'evening']],
			note: [null, '飯前']
		});
		expect(medicationPatch(row, medicationToTyped(row))).toEqual({});
		const device = aDevice({ placed_on: '2026-11-02' });
		expect(devicePatch(device, { ...deviceToTyped(device), placedOn: TODAY })).toEqual({
			placed_on: ['2026-11-02', TODAY]
		});
	});

	test('two days are the wrong way round only when both are days', () => {
		expect(isBackwards('2026-11-02', '2026-11-01')).toBe(true);
		expect(isBackwards('2026-11-01', '2026-11-01')).toBe(false);
		expect(isBackwards('', '2026-11-01')).toBe(false);
	});
});
