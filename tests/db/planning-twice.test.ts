/** A visit that two planners make from the same week, each without signal, has one id and is one visit. */
import { expect, test } from 'vitest';
import { aRow, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

async function plan(person: Person, row: Record<string, unknown>): Promise<Result> {
	const [result] = await new Phone(db, person).push(
		[{ name: 'visit.plan', args: { row }, at: hoursFromNow(0) }],
		{ inside: true }
	);
	return result!;
}

test('who comes second has nothing to do: the visit stands as it was planned first and changed since', async () => {
	const row = aRow.visit({ worker_id: PEOPLE.worker, note: '先排的' });
	expect(await plan('manager', row)).toMatchObject({ verdict: 'ok' });
	expect(await plan('supervisor', { ...row, worker_id: null, note: '後排的' })).toMatchObject({
		verdict: 'ok'
	});
	const stored = await db.sql(
		'select created_by, worker_id, note from public.visits where id = $1',
		[row['id']]
	);
	expect(stored).toEqual([
		{ created_by: PEOPLE.manager, worker_id: PEOPLE.worker, note: '先排的' }
	]);
});

test('who may not plan is told nothing of a visit that stands there', async () => {
	const row = aRow.visit({ worker_id: PEOPLE.worker });
	await plan('manager', row);
	expect(await plan('worker', row)).toMatchObject({ verdict: 'rejected' });
	expect(await plan('outsider', row)).toMatchObject({ verdict: 'rejected' });
});
