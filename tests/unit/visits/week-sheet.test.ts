/** The week on the wall: seven days, whose it is, whom to call; who does not come stands nowhere. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { weekSheet } from '#lib/db/queries/week-sheet.ts';
import { addDays } from '#lib/domain/taiwan-dates.ts';
import { aCase, anId, aRow, aVisit } from '../../fixtures/builders.ts';

const DAYS = Array.from({ length: 7 }, (_, index) => addDays('2026-11-23', index));
const wang = anId();
const org = aRow('organizations', { name: '山線居服', duty_phone: '0900-000-000' });
const lin = aCase({ org_id: org.id, name: '林阿嬤' });
const li = aCase({ org_id: org.id, name: '李爺爺' });
const visit = (case_id: string, starts_at: string, part = {}) =>
	aVisit({ case_id, worker_id: wang, worker_name: '王照服', starts_at, ...part });

let db: LocalDb;
beforeEach(async () => {
	db = new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
	await db.organizations.add(org);
	await db.cases.bulkAdd([lin, li]);
	await db.visits.bulkAdd([
		visit(lin.id, '2026-11-23T05:00:00.000Z'),
		visit(li.id, '2026-11-23T01:00:00.000Z'),
		visit(lin.id, '2026-11-24T01:00:00.000Z', { status: 'cancelled' }),
		// 00:30 of Sunday in Taipei, and of the Monday after.
		visit(lin.id, '2026-11-28T16:30:00.000Z', { worker_id: null, worker_name: null }),
		visit(lin.id, '2026-11-29T16:30:00.000Z')
	]);
});
const names = (sheet: Awaited<ReturnType<typeof weekSheet>>) =>
	sheet.days.map(({ lines }) => lines.map(({ person }) => person?.name));

test('of a worker: all whom they visit, in order of time', async () => {
	const sheet = await weekSheet(db, { by: 'worker', workerId: wang }, DAYS);
	expect(sheet).toMatchObject({ name: '王照服', organization: null });
	expect(names(sheet)).toEqual([['李爺爺', '林阿嬤'], [], [], [], [], [], []]);
});

test('of a worker without visits: their name as the organisation has it', async () => {
	const idle = anId();
	const week = () => weekSheet(db, { by: 'worker', workerId: idle }, DAYS);
	expect((await week()).name).toBe('');
	await db.memberships.add(aRow('memberships', { user_id: idle, display_name: '李照服' }));
	expect((await week()).name).toBe('李照服');
	await db.memberships.add(aRow('memberships', { user_id: wang, display_name: '王小照' }));
	expect((await weekSheet(db, { by: 'worker', workerId: wang }, DAYS)).name).toBe('王小照');
});

test('of a person: their visits whoever comes, and whom to call', async () => {
	const sheet = await weekSheet(db, { by: 'case', caseId: lin.id }, DAYS);
	expect(sheet.name).toBe('林阿嬤');
	expect(sheet.organization?.duty_phone).toBe('0900-000-000');
	expect(names(sheet).map((day) => day.length)).toEqual([1, 0, 0, 0, 0, 0, 1]);
});
