import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { orgPeople, workLeft } from '#lib/db/queries/org-people.ts';
import { endReasonText, isLastSupervisor } from '#lib/features/settings/end-access.ts';
import { anId, aRow, aVisit, NOW } from '../../fixtures/builders.ts';

const org = { orgId: anId(), orgName: '山城' };
let db: LocalDb;

beforeEach(() => {
	db = new LocalDb(anId(), { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => db.close());

test('people of the supervised organisation alone, former ones apart, and who came back is not a former one', async () => {
	const back = anId();
	const person = (name: string, part = {}) =>
		aRow('memberships', { org_id: org.orgId, user_id: anId(), display_name: name, ...part });
	await db.memberships.bulkAdd([
		person('王'),
		person('丁'),
		person('早走', { ended_at: '2026-10-01T00:00:00.000Z' }),
		person('剛走', { ended_at: '2026-11-01T00:00:00.000Z' }),
		person('回來', { user_id: back, ended_at: '2026-09-01T00:00:00.000Z' }),
		person('回來', { user_id: back }),
		person('別家', { org_id: anId() })
	]);
	const [people] = await orgPeople(db, [org]);
	expect(people?.orgName).toBe('山城');
	expect(people?.current.map(({ display_name }) => display_name)).toEqual(['丁', '王', '回來']);
	expect(people?.former.map(({ display_name }) => display_name)).toEqual(['剛走', '早走']);
});

test('what somebody who leaves was still to do: planned visits to come and tasks that are not finished', async () => {
	const worker_id = anId();
	await db.visits.bulkAdd([
		aVisit({ worker_id, starts_at: '2026-11-23T01:00:00.000Z' }),
		aVisit({ worker_id, starts_at: '2026-11-23T03:00:00.000Z', status: 'cancelled' }),
		aVisit({ worker_id, starts_at: '2026-11-20T01:00:00.000Z' }),
		aVisit({ worker_id: anId(), starts_at: '2026-11-23T01:00:00.000Z' })
	]);
	await db.tasks.bulkAdd([
		aRow('tasks', { assignee_id: worker_id, status: 'accepted' }),
		aRow('tasks', { assignee_id: worker_id, status: 'done' })
	]);
	expect(await workLeft(db, worker_id, NOW)).toEqual({ visits: 1, tasks: 1 });
});

test('a reason of one’s own needs words; the only supervisor cannot be ended', () => {
	expect(endReasonText(null, '')).toBeNull();
	expect(endReasonText('left', '')).toBe('離職');
	expect(endReasonText('other', '  ')).toBeNull();
	expect(endReasonText('other', ' 退休 ')).toBe('退休');
	const [chief, worker] = [{ role: 'supervisor' }, { role: 'worker' }] as const;
	expect(isLastSupervisor(chief, [chief, worker])).toBe(true);
	expect(isLastSupervisor(chief, [chief, chief])).toBe(false);
	expect(isLastSupervisor(worker, [chief, worker])).toBe(false);
});
