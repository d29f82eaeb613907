import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { draftPlace } from '#lib/care-ui/draft-place.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { hasDrafts, hasToWatch } from '#lib/db/queries/dashboard.ts';
import { watchGround } from '#lib/db/queries/watch.ts';
import { instantAt } from '#lib/domain/taiwan-dates.ts';
import { aCase, aCaseMember, anId, aRow, aVisit, NOW } from '../../fixtures/builders.ts';

const TODAY = '2026-11-22';
const me = anId();
let db: LocalDb;
beforeEach(() => {
	db = new LocalDb(me, { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => db.close());

const on = (day: string, time: string, part: Parameters<typeof aVisit>[0] = {}) =>
	aVisit({ starts_at: instantAt(day, time), worker_id: me, ...part });

describe('what the list of visits to look at is made of', () => {
	test('visits of today and yesterday, of one worker or of all, with people, numbers and what was said', async () => {
		const person = aCase();
		const [lastNight, mine, theirs] = [
			on('2026-11-21', '20:00'),
			on(TODAY, '08:00', { case_id: person.id }),
			on(TODAY, '09:00', { worker_id: anId() })
		];
		await db.cases.add(person);
		await db.visits.bulkAdd([
			on('2026-11-20', '23:59'),
			lastNight,
			mine,
			theirs,
			on(TODAY, '10:00', { deleted_at: NOW }),
			on('2026-11-23', '00:00')
		]);
		const remark = aRow('visit_remarks', { visit_id: mine.id, reason: 'traffic' });
		await db.visit_remarks.bulkAdd([remark, aRow('visit_remarks', { visit_id: anId() })]);
		await db.case_members.bulkAdd([
			aCaseMember({ user_id: me, phone: '0911000111' }),
			aCaseMember({ user_id: theirs.worker_id!, phone: '0922000222', ended_at: NOW })
		]);
		const all = await watchGround(db, { today: TODAY, workerId: null });
		expect(all.visits.map(({ id }) => id)).toEqual([lastNight.id, mine.id, theirs.id]);
		expect(all.remarks).toEqual(new Map([[mine.id, [remark]]]));
		expect(all.people.get(person.id)?.name).toBe(person.name);
		expect([...all.phones]).toEqual([[me, '0911000111']]);
		expect(all.offsetMs).toBe(0);
		const own = await watchGround(db, { today: TODAY, workerId: me });
		expect(own.visits.map(({ id }) => id)).toEqual([lastNight.id, mine.id]);
	});
});

test('Today asks for it only once a visit of mine should have begun', async () => {
	const late = instantAt(TODAY, '09:00');
	await db.visits.bulkAdd([
		on(TODAY, '09:30'),
		on(TODAY, '08:00', { status: 'cancelled' }),
		on(TODAY, '08:00', { worker_id: anId() })
	]);
	expect(await hasToWatch(db, me, late)).toBe(false);
	await db.visits.add(on('2026-11-21', '22:00', { status: 'checked_in' }));
	expect(await hasToWatch(db, me, late)).toBe(true);
});

test('drafts of planned visits, of their times and of absences lead back to their forms', async () => {
	expect(await hasDrafts(db)).toBe(false);
	await db.drafts.add({ key: 'absence', value: {}, savedAt: NOW });
	expect(await hasDrafts(db)).toBe(true);
	expect(draftPlace('absence')).toMatchObject({ href: '/schedule/leave', about: null });
	const about = { table: 'visits', id: 'v' };
	expect(draftPlace('visit-change:v')).toMatchObject({ href: '/visits/v?ask=change', about });
	expect(draftPlace('visit-times:v')).toMatchObject({ href: '/visits/v?ask=times', about });
	expect(draftPlace('visit-change:')).toBeNull();
});
