/** Which visits need somebody, and who is offered first. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import type { Stored } from '#lib/db/records.ts';
import { absenceLines, awayBetween, visitsOfWorkerBetween } from '#lib/db/queries/absences.ts';
import { visitsToCover } from '#lib/db/queries/cover.ts';
import type { Tables } from '#lib/domain/rows.ts';
import { aCase, aCaseMember, anId, aRow, aVisit, NOW } from '../../fixtures/builders.ts';

const org = anId();
const [me, wang, chen, nurse, gone] = [anId(), anId(), anId(), anId(), anId()];
const person = aCase({ org_id: org, name: '林阿嬤', village: '松泉村' });
const elsewhere = aCase({ org_id: org, name: '李爺爺', village: '雲嶺村' });
const supervisor = { userId: me, memberships: [{ orgId: org, role: 'supervisor' }] };

let db: LocalDb;
beforeEach(async () => {
	db = new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
	await db.cases.bulkAdd([person, elsewhere]);
	await db.case_members.bulkAdd([
		inCircle(wang, '王照服', 'worker'),
		inCircle(chen, '陳照服', 'worker'),
		inCircle(nurse, '倪護理', 'nurse'),
		inCircle(gone, '羅照服', 'worker', NOW),
		inCircle(anId(), '林小姐', 'family')
	]);
});
function inCircle(
	user_id: string,
	display_name: string,
	role: Tables['case_members']['role'],
	ended_at: string | null = null
) {
	return aCaseMember({ case_id: person.id, user_id, display_name, role, ended_at });
}
/** Tomorrow from nine to ten, of the worker 王照服. */
function tomorrow(part: Partial<Stored<Tables['visits']>> = {}) {
	return aVisit({
		case_id: person.id,
		worker_id: wang,
		worker_name: '王照服',
		starts_at: '2026-11-23T01:00:00.000Z',
		ends_at: '2026-11-23T02:00:00.000Z',
		planned_codes: ['BA02'],
		...part
	});
}
function away(user_id: string, part: Partial<Stored<Tables['staff_absences']>> = {}) {
	return aRow('staff_absences', {
		org_id: org,
		user_id,
		starts_at: '2026-11-22T16:00:00.000Z',
		ends_at: '2026-11-23T16:00:00.000Z',
		...part
	});
}
const cover = (who: Parameters<typeof visitsToCover>[1]['me'] = supervisor) =>
	visitsToCover(db, { me: who, now: NOW });

test('visits without a worker, of one who is away, and of one who has left the circle need somebody', async () => {
	const visits = [
		tomorrow({ worker_id: null, worker_name: null, starts_at: '2026-11-23T00:00:00.000Z' }),
		tomorrow(),
		tomorrow({
			worker_id: gone,
			starts_at: '2026-11-24T01:00:00.000Z',
			ends_at: '2026-11-24T02:00:00.000Z'
		}),
		// Held, done, taken back, over, too far ahead, and made by somebody who never stood in the circle (a supervisor).
		tomorrow({ worker_id: chen }),
		tomorrow({ worker_id: null, status: 'cancelled' }),
		tomorrow({ worker_id: null, status: 'checked_in' }),
		tomorrow({ worker_id: null, deleted_at: NOW }),
		tomorrow({ worker_id: null, starts_at: '2026-11-22T00:00:00.000Z', ends_at: NOW }),
		tomorrow({
			worker_id: null,
			starts_at: '2026-12-07T01:00:00.000Z',
			ends_at: '2026-12-07T02:00:00.000Z'
		}),
		tomorrow({ worker_id: me })
	];
	await db.visits.bulkAdd(visits);
	await db.staff_absences.add(away(wang));
	expect(
		(await cover()).map(({ visit, why }) => [
			visits.indexOf(visits.find(({ id }) => id === visit.id) ?? tomorrow()),
			why
		])
	).toEqual([
		[0, 'unassigned'],
		[1, 'away'],
		[2, 'left']
	]);
});

test('who can come goes before who cannot, the same role before others, then who has least to do; who is away comes last', async () => {
	await db.visits.bulkAdd([
		tomorrow(),
		tomorrow({
			case_id: elsewhere.id,
			worker_id: chen,
			starts_at: '2026-11-23T01:30:00.000Z',
			ends_at: '2026-11-23T02:30:00.000Z'
		})
	]);
	await db.staff_absences.bulkAdd([away(wang)]);
	const order = async () =>
		(await cover())[0]?.substitutes.map(({ name, clashes, visitsThatDay }) => [
			name,
			clashes.map(({ kind }) => kind).join(),
			visitsThatDay
		]);
	expect(await order()).toEqual([
		['倪護理', '', 0],
		['陳照服', 'same_worker', 1]
	]);
	await db.staff_absences.add(away(nurse));
	expect(await order()).toEqual([
		['陳照服', 'same_worker', 1],
		['倪護理', 'away', 0]
	]);
	await db.case_members.add(inCircle(anId(), '方照服', 'worker'));
	await db.staff_absences.clear();
	await db.staff_absences.add(away(wang));
	expect((await order())?.map(([name]) => name)).toEqual(['方照服', '倪護理', '陳照服']);
	expect((await cover())[0]?.substitutes.map(({ isSameRole }) => isSameRole)).toEqual([
		true,
		false,
		true
	]);
});

test('a visit that somebody asks about has its list too, as long as it is planned, also when its hour is over', async () => {
	const late = tomorrow({
		starts_at: '2026-11-21T23:00:00.000Z',
		ends_at: '2026-11-22T00:00:00.000Z'
	});
	const held = tomorrow({ worker_id: chen });
	const done = tomorrow({ worker_id: chen, status: 'done' });
	await db.visits.bulkAdd([late, held, done]);
	const asked = async (askedId: string) =>
		(await visitsToCover(db, { me: supervisor, now: NOW, askedId })).map(({ visit, why }) => [
			visit.id,
			why
		]);
	expect(await cover()).toEqual([]);
	expect(await asked(late.id)).toEqual([[late.id, 'asked']]);
	expect(await asked(held.id)).toEqual([[held.id, 'asked']]);
	expect(await asked(done.id)).toEqual([]);
	const [line] = await visitsToCover(db, { me: supervisor, now: NOW, askedId: late.id });
	expect(line?.substitutes.map(({ name }) => name)).toContain('陳照服');
	// Who is away is told as before.
	await db.staff_absences.add(away(chen));
	expect(await asked(held.id)).toEqual([[held.id, 'away']]);
});

test('only for whom one may plan', async () => {
	await db.visits.add(tomorrow({ worker_id: null }));
	expect(await cover()).toHaveLength(1);
	expect(await cover({ userId: nurse, memberships: [{ orgId: org, role: 'nurse' }] })).toHaveLength(
		1
	);
	expect(await cover({ userId: wang, memberships: [{ orgId: org, role: 'worker' }] })).toEqual([]);
	expect(
		await cover({ userId: anId(), memberships: [{ orgId: anId(), role: 'supervisor' }] })
	).toEqual([]);
});

test('absences that are over, or were taken back before they began, are not told of', async () => {
	await db.memberships.bulkAdd([
		aRow('memberships', { org_id: org, user_id: wang, display_name: '王照服', role: 'worker' })
	]);
	await db.staff_absences.bulkAdd([
		away(chen, { ends_at: NOW, starts_at: '2026-11-21T01:00:00.000Z' }),
		away(chen, { ended_at: NOW }),
		away(chen, { starts_at: '2026-11-21T16:00:00.000Z', ended_at: NOW }),
		away(chen, { deleted_at: NOW }),
		away(wang),
		away(chen, { starts_at: '2026-11-22T10:00:00.000Z' })
	]);
	expect((await absenceLines(db, NOW)).map(({ name, role }) => [name, role])).toEqual([
		[null, null],
		['王照服', 'worker']
	]);
	const on = await awayBetween(db, '2026-11-22T12:00:00.000Z', '2026-11-22T16:00:00.000Z');
	expect(on.map(({ absence }) => absence.user_id)).toEqual([chen]);
});

test('an absence leaves the visits that are still to be made in it', async () => {
	await db.visits.bulkAdd([
		tomorrow(),
		tomorrow({ status: 'done' }),
		tomorrow({ worker_id: chen }),
		tomorrow({ starts_at: '2026-11-22T15:30:00.000Z', ends_at: '2026-11-22T16:30:00.000Z' }),
		tomorrow({ starts_at: '2026-11-22T15:00:00.000Z', ends_at: '2026-11-22T16:00:00.000Z' })
	]);
	expect(
		await visitsOfWorkerBetween(db, wang, '2026-11-22T16:00:00.000Z', '2026-11-23T16:00:00.000Z')
	).toBe(2);
});

test('colleagues of the same work come after the circle’s and before its other professions; they are asked, not sent; supervisors and who has left are not', async () => {
	const [wu, boss, left] = [anId(), anId(), anId()];
	const works = (user_id: string, part: Partial<Stored<Tables['memberships']>> = {}) =>
		aRow('memberships', { org_id: org, user_id, role: 'worker', display_name: '同事', ...part });
	await db.memberships.bulkAdd([
		works(chen),
		works(wu, { display_name: '吳照服' }),
		works(boss, { role: 'supervisor' }),
		works(left, { ended_at: NOW }),
		works(me),
		works(anId(), { org_id: anId() })
	]);
	const visit = tomorrow({ worker_id: null, worker_name: null });
	await db.visits.add(visit);
	await db.visit_offers.add(aRow('visit_offers', { visit_id: visit.id, user_id: wu }));
	const [line] = await cover();
	expect(
		line?.substitutes.map(({ name, isInCircle, askOrgId }) => [name, isInCircle, askOrgId])
	).toEqual([
		['王照服', true, null],
		['陳照服', true, org],
		['吳照服', false, org],
		['倪護理', true, null]
	]);
	expect(line?.offers.map(({ user_id }) => user_id)).toEqual([wu]);
});
