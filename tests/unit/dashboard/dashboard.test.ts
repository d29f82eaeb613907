import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saveDraft } from '#lib/db/drafts.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { activeCaseCount, dashboard, openDrafts } from '#lib/db/queries/dashboard.ts';
import { instantAt } from '#lib/domain/taiwan-dates.ts';
import {
	endOfList,
	knownCount,
	overdueTasks,
	severityFigures,
	visitFigures,
	visitsToLookAt
} from '#lib/features/dashboard/figures.ts';
import { aCase, anEmergency, anId, aTask, aVisit, NOW } from '../../fixtures/builders.ts';

const TODAY = '2026-11-22';
const me = anId();
let db: LocalDb;
beforeEach(() => {
	db = new LocalDb(me, { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => db.close());

const own = { userId: me, today: TODAY, visits: 'own', tasks: 'own' } as const;
const circle = { ...own, visits: 'circle', tasks: 'circle' } as const;

describe('what the dashboard reads', () => {
	test('own visits of the Taipei day, in order, without cancelled ones', async () => {
		const visit = (time: string, part: Parameters<typeof aVisit>[0] = {}) =>
			aVisit({ starts_at: instantAt(TODAY, time), worker_id: me, ...part });
		await db.visits.bulkAdd([
			visit('13:30'),
			visit('00:00'),
			visit('10:00', { status: 'cancelled' }),
			visit('09:00', { worker_id: anId() }),
			visit('08:00', { starts_at: instantAt('2026-11-23', '08:00') }),
			visit('08:00', { starts_at: instantAt('2026-11-21', '23:59') })
		]);
		const board = await dashboard(db, own);
		expect(board.visits.map((each) => each.starts_at)).toEqual([
			instantAt(TODAY, '00:00'),
			instantAt(TODAY, '13:30')
		]);
		expect(board.tomorrowVisits).toHaveLength(1);
		expect((await dashboard(db, circle)).visits).toHaveLength(3);
	});

	test('emergencies: worst first, then unheard ones, then the newest; closed ones are gone', async () => {
		const [heard, unheard, older, mild] = [
			anEmergency({ status: 'acknowledged', occurred_at: '2026-11-22T00:30:00.000Z' }),
			anEmergency({ occurred_at: '2026-11-20T00:30:00.000Z' }),
			anEmergency({ occurred_at: '2026-11-19T00:30:00.000Z' }),
			anEmergency({ severity: 'yellow' })
		];
		await db.emergencies.bulkAdd([mild, heard, older, unheard, anEmergency({ status: 'closed' })]);
		const { emergencies } = await dashboard(db, own);
		expect(emergencies.map(({ id }) => id)).toEqual([unheard.id, older.id, heard.id, mild.id]);
	});

	test('own tasks are mine and nobody’s, by due time, without finished ones', async () => {
		const [late, soon, someday] = [
			aTask({ assignee_id: me, due_at: '2026-11-21T01:00:00.000Z', status: 'doing' }),
			aTask({ due_at: '2026-11-23T01:00:00.000Z' }),
			aTask({ assignee_id: me })
		];
		await db.tasks.bulkAdd([
			someday,
			soon,
			late,
			aTask({ assignee_id: anId() }),
			aTask({ assignee_id: me, status: 'done' })
		]);
		expect((await dashboard(db, own)).tasks.map(({ id }) => id)).toEqual([
			late.id,
			soon.id,
			someday.id
		]);
		expect((await dashboard(db, circle)).tasks).toHaveLength(4);
	});

	test('everybody who is named is there by id', async () => {
		const person = aCase({ name: '林阿嬤' });
		await db.cases.add(person);
		await db.emergencies.bulkAdd([anEmergency({ case_id: person.id }), anEmergency()]);
		const { people } = await dashboard(db, own);
		expect([...people.values()].map(({ name }) => name)).toEqual(['林阿嬤']);
	});

	test('active cases are counted for the organisations asked for', async () => {
		const org = anId();
		await db.cases.bulkAdd([
			aCase({ org_id: org }),
			aCase({ org_id: org, status: 'closed' }),
			aCase({ org_id: org, deleted_at: NOW }),
			aCase()
		]);
		expect(await activeCaseCount(db, [org])).toBe(1);
	});

	test('drafts are named after the person whom they are about, newest first', async () => {
		const person = aCase({ name: '林阿嬤' });
		const visit = aVisit({ case_id: person.id });
		await db.cases.add(person);
		await db.visits.add(visit);
		await saveDraft(db, 'old', {}, '2026-11-20T00:00:00.000Z');
		await saveDraft(db, 'new', {}, '2026-11-21T00:00:00.000Z');
		const drafts = await openDrafts(db, (key) =>
			key === 'new' ? { table: 'visits', id: visit.id } : null
		);
		expect(drafts.map(({ key, personName }) => [key, personName])).toEqual([
			['new', '林阿嬤'],
			['old', null]
		]);
	});
});

describe('figures', () => {
	const visits = [
		aVisit({ starts_at: '2026-11-22T00:00:00.000Z', worker_id: me }),
		aVisit({ starts_at: '2026-11-22T05:00:00.000Z', worker_id: null }),
		aVisit({ status: 'done', worker_id: me }),
		aVisit({ status: 'checked_in', worker_id: me }),
		aVisit({ status: 'no_answer', worker_id: me })
	];

	test('visits are counted by how they stand', () => {
		expect(visitFigures(visits, NOW)).toEqual({
			total: 5,
			done: 1,
			underWay: 1,
			late: 1,
			unassigned: 1,
			failed: 1
		});
	});

	test('late, unassigned and unanswered visits are to be looked at', () => {
		expect(visitsToLookAt(visits, NOW)).toEqual([visits[0], visits[1], visits[4]]);
	});

	test('severities are counted worst first, without noughts', () => {
		expect(
			severityFigures([{ severity: 'yellow' }, { severity: 'red' }, { severity: 'yellow' }])
		).toEqual([
			{ severity: 'red', count: 1 },
			{ severity: 'yellow', count: 2 }
		]);
	});

	test('a task is overdue once its time has passed; one without a time never is', () => {
		const late = aTask({ due_at: '2026-11-22T00:59:59.000Z' });
		expect(overdueTasks([late, aTask({ due_at: NOW }), aTask()], NOW)).toEqual([late]);
	});
});

test('the day is called done only when every visit was made', () => {
	expect(endOfList([aVisit({ status: 'done' })])).toBe('all_done');
	expect(endOfList([aVisit({ status: 'done' }), aVisit({ status: 'missed' })])).toBe('elsewhere');
	expect(endOfList([aVisit()])).toBe('elsewhere');
});

test('none so far is not none while the first download is under way', () => {
	expect(knownCount(0, 'first')).toBeNull();
	expect(knownCount(7, 'first')).toBe(7);
	expect(knownCount(0, 'synced')).toBe(0);
});
