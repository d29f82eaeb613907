/** What is looked at before visits are repeated: who cannot go, for whom I do not plan, and which series run out. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { boardDirectory } from '#lib/db/queries/board.ts';
import { mySeries } from '#lib/db/queries/series.ts';
import {
	matchesFind,
	repeatPlan,
	settled,
	type RepeatGround
} from '#lib/features/visits/copy/repeat-plan.ts';
import { aCase, aCaseMember, anId, aPerson, aRow, aVisit } from '../../fixtures/builders.ts';

const TODAY = '2026-11-22';
const org = anId();
const me = aPerson({ memberships: [{ orgId: org, orgName: '山線居服', role: 'supervisor' }] });
const [wang, gone] = [anId(), anId()];
const lin = aCase({ org_id: org, name: '林阿嬤', village: '松泉村' });
const paused = aCase({ org_id: org, name: '王叔叔', status: 'suspended' });
const foreign = aCase({ org_id: anId(), name: '李爺爺' });

let db: LocalDb;
beforeEach(async () => {
	db = new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
	await db.cases.bulkAdd([lin, paused, foreign]);
	await db.case_members.bulkAdd([
		aCaseMember({ case_id: lin.id, user_id: wang, display_name: '王照服' }),
		aCaseMember({ case_id: lin.id, user_id: gone, ended_at: '2026-11-01T00:00:00.000Z' })
	]);
});

const visit = (part = {}) =>
	aVisit({
		case_id: lin.id,
		worker_id: wang,
		worker_name: '王照服',
		starts_at: '2026-11-30T01:00:00.000Z',
		ends_at: '2026-11-30T02:00:00.000Z',
		...part
	});

async function looked(wanted: ReturnType<typeof visit>[], part: Partial<RepeatGround> = {}) {
	const directory = await boardDirectory(db, [org]);
	return repeatPlan(
		{ visits: wanted },
		{ me, visits: [], absences: [], directory, calendar: new Map(), ...part }
	);
}

test('a worker who is away, elsewhere, or has left is told; the choice says what becomes of the visit', async () => {
	const [free, away, left] = [
		visit(),
		visit({ starts_at: '2026-12-01T01:00:00.000Z', ends_at: '2026-12-01T02:00:00.000Z' }),
		visit({ worker_id: gone, worker_name: '羅照服' })
	];
	const { lines } = await looked([free, away, left], {
		absences: [
			aRow('staff_absences', {
				user_id: wang,
				starts_at: '2026-11-30T16:00:00.000Z',
				ends_at: '2026-12-01T16:00:00.000Z'
			})
		]
	});
	const workers = (trouble: 'open' | 'anyway' | 'skip') =>
		settled(lines, { trouble, holidays: 'plan' }).map(({ worker_name }) => worker_name);
	expect(workers('open')).toEqual(['王照服', null, null]);
	// Nobody is sent who does not stand in the circle: the server would refuse it.
	expect(workers('anyway')).toEqual(['王照服', '王照服', null]);
	expect(workers('skip')).toEqual(['王照服']);
});

test('a holiday is told, and left out only when somebody says so', async () => {
	const { lines } = await looked([visit(), visit({ starts_at: '2026-12-25T01:00:00.000Z' })], {
		calendar: new Map([
			['2026-12-25', { kind: 'holiday', name: '行憲紀念日' }],
			['2026-11-30', { kind: 'workday', name: null }]
		])
	});
	expect(lines.map(({ isHoliday }) => isHoliday)).toEqual([false, true]);
	expect(settled(lines, { trouble: 'open', holidays: 'plan' })).toHaveLength(2);
	expect(settled(lines, { trouble: 'open', holidays: 'skip' })).toHaveLength(1);
});

test('a journey that does not fit is told, and its worker stays', async () => {
	const there = aCase({ org_id: org, village: '雲嶺村' });
	await db.cases.add(there);
	const { lines } = await looked([visit()], {
		visits: [
			visit({
				case_id: there.id,
				starts_at: '2026-11-30T02:05:00.000Z',
				ends_at: '2026-11-30T03:00:00.000Z'
			})
		]
	});
	expect(lines[0]?.clashes.map(({ kind }) => kind)).toEqual(['travel']);
	expect(settled(lines, { trouble: 'open', holidays: 'plan' })[0]?.worker_id).toBe(wang);
});

test('nothing is planned for who is not cared for at present, or for whom I do not plan', async () => {
	const found = await looked([
		visit(),
		visit({ case_id: paused.id }),
		visit({ case_id: foreign.id })
	]);
	expect(found.lines.map(({ visit: { case_id } }) => case_id)).toEqual([lin.id]);
	expect(found.notPlanned).toBe(2);
});

test('is looked through by worker, person and village, as the board is', () => {
	const line = { visit: visit(), person: lin };
	expect(['', '王', '林阿', '松泉'].map((find) => matchesFind(line, find))).not.toContain(false);
	expect(matchesFind(line, '雲嶺')).toBe(false);
});

test('series that run out are told in time; one that is meant to end only until it has', async () => {
	const series = (name: string, lastDay: string, until_on: string | null = null) => {
		const row = aRow('visit_series', {
			case_id: lin.id,
			weekdays: [1],
			starts_on: '2026-10-05',
			until_on,
			start_time: '09:00',
			duration_minutes: 60,
			note: name
		});
		const last = visit({
			series_id: row.id,
			starts_at: `${lastDay}T01:00:00.000Z`,
			ends_at: `${lastDay}T02:00:00.000Z`
		});
		return { row, last };
	};
	const all = [
		series('soon', '2026-11-30'),
		series('later', '2026-12-28'),
		series('ran out', '2026-11-16'),
		series('long over', '2026-11-02'),
		series('meant to end', '2026-12-03', '2026-12-03'),
		series('has ended', '2026-11-16', '2026-11-20'),
		// Wanted for longer than its dated visits reach.
		series('cut short', '2026-11-09', '2027-01-31')
	];
	await db.visit_series.bulkAdd(all.map(({ row }) => row));
	await db.visits.bulkAdd(all.map(({ last }) => last));
	const lines = await mySeries(db, { me, today: TODAY });
	expect(
		lines.map(({ series: { note }, isMeantToEnd, endsSoon }) => [note, isMeantToEnd, endsSoon])
	).toEqual([
		['cut short', false, true],
		['ran out', false, true],
		['soon', false, true],
		['meant to end', true, true],
		['later', false, false]
	]);
	const nobody = await mySeries(db, { me: aPerson(), today: TODAY });
	expect(nobody).toEqual([]);
});
