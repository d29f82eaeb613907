import { beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { planGround } from '#lib/db/queries/clashes.ts';
import { occurrencesBetween } from '#lib/domain/recurrence.ts';
import { planClashText, substituteClashText } from '#lib/features/visits/clash-words.ts';
import { planClashes } from '#lib/features/visits/plan-clashes.ts';
import { aCase, anId, aRow, aVisit } from '../../fixtures/builders.ts';

/** Mondays from nine to ten, four weeks from 23 November. */
const MONDAYS = occurrencesBetween(
	{
		frequency: 'weekly',
		interval: 1,
		weekdays: [1],
		startsOn: '2026-11-23',
		untilOn: null,
		exceptOn: [],
		startTime: '09:00',
		durationMinutes: 60
	},
	'2026-11-23',
	'2026-12-14'
);
const TODAY = '2026-11-22';
const [wang, lin] = [anId(), anId()];
const here = aCase({ name: '林阿嬤', village: '松泉村' });
const there = aCase({ name: '李爺爺', village: '雲嶺村' });
const plan = { caseId: here.id, workerId: wang, codes: ['BA02'] };

let db: LocalDb;
beforeEach(async () => {
	db = new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
	await db.cases.bulkAdd([here, there]);
});

async function found(given = plan) {
	const ground = await planGround(db, {
		workerId: given.workerId,
		caseId: given.caseId,
		fromAt: MONDAYS[0]?.startsAt ?? '',
		untilAt: MONDAYS.at(-1)?.endsAt ?? ''
	});
	return planClashes(MONDAYS, given, ground).map(({ clash, startsAt }) => ({
		day: startsAt.slice(0, 10),
		kind: clash.kind,
		plan: planClashText(clash, '王照服', { people: ground.people, today: TODAY }),
		substitute: substituteClashText(clash, { people: ground.people, today: TODAY })
	}));
}

test('each dated visit of a series is held against what the phone knows, and nothing else is told', async () => {
	await db.visits.bulkAdd([
		aVisit({
			case_id: there.id,
			worker_id: wang,
			starts_at: '2026-11-30T01:30:00.000Z',
			ends_at: '2026-11-30T02:30:00.000Z'
		}),
		// The journey to the last one, and the day after it.
		aVisit({
			case_id: there.id,
			worker_id: wang,
			starts_at: '2026-12-14T02:05:00.000Z',
			ends_at: '2026-12-14T03:00:00.000Z'
		}),
		aVisit({
			case_id: there.id,
			worker_id: lin,
			starts_at: '2026-11-23T01:00:00.000Z',
			ends_at: '2026-11-23T02:00:00.000Z'
		})
	]);
	await db.staff_absences.add(
		aRow('staff_absences', {
			user_id: wang,
			starts_at: '2026-12-06T16:00:00.000Z',
			ends_at: '2026-12-08T16:00:00.000Z'
		})
	);
	expect(await found()).toEqual([
		{
			day: '2026-11-30',
			kind: 'same_worker',
			plan: '王照服 這時要去 李爺爺 家（09:30–10:30）',
			substitute: '09:30–10:30 要去 李爺爺 家'
		},
		{
			day: '2026-12-07',
			kind: 'away',
			plan: '王照服 不在（12月7日 週一 到 12月8日 週二）',
			substitute: '不在（12月7日 週一 到 12月8日 週二）'
		},
		{
			day: '2026-12-14',
			kind: 'travel',
			plan: '離 李爺爺 家那次訪視（10:05–11:00）只隔 5 分鐘；到另一個村以 20 分鐘計',
			substitute: '從 李爺爺 家過來只有 5 分鐘'
		}
	]);
});

test('a second worker with the same person is told of, also while nobody is chosen', async () => {
	await db.visits.add(
		aVisit({
			case_id: here.id,
			worker_id: lin,
			worker_name: '林照服',
			planned_codes: ['BA01'],
			starts_at: '2026-11-23T01:00:00.000Z',
			ends_at: '2026-11-23T02:00:00.000Z'
		})
	);
	const told = [
		expect.objectContaining({
			kind: 'two_workers',
			plan: '林照服 這時也在 林阿嬤 家（09:00–10:00）；這些服務不能兩人同時做（E5012）'
		})
	];
	expect(await found()).toEqual(told);
	expect(await found({ ...plan, workerId: '' })).toEqual(told);
});

test('what began the evening before and reaches into the first visit counts', async () => {
	await db.visits.add(
		aVisit({
			case_id: there.id,
			worker_id: wang,
			starts_at: '2026-11-22T14:00:00.000Z',
			ends_at: '2026-11-23T01:15:00.000Z'
		})
	);
	expect((await found()).map(({ kind }) => kind)).toEqual(['same_worker']);
});
