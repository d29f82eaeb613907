/** Two first journeys of one person at the same moment, on connections of their own: one bucket, and neither is refused. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aRow, hoursFromNow, insertStatement, PEOPLE } from '../fixtures/db-world.ts';
import { startDatabase, type TestDatabase } from './harness.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await startDatabase();
});
afterAll(async () => {
	await database.stop();
});

test('who writes the second waits for the first, and uses its bucket', async () => {
	const [first, second, watch] = await Promise.all([1, 2, 3].map(() => database.connect()));
	if (!first || !second || !watch) throw new Error('three connections');
	const { text, params } = insertStatement(
		'travel_notes',
		aRow.journey({ recorded_at: hoursFromNow(0) })
	);
	const other = insertStatement('travel_notes', aRow.journey({ recorded_at: hoursFromNow(0) }));
	const [{ pid } = { pid: 0 }] = await second.sql<{ pid: number }>(
		'select pg_backend_pid() as pid'
	);

	await first.exec('begin');
	await first.sql(text, params);
	const waiting = second.sql(other.text, other.params).then(
		() => 'stored',
		(error: unknown) => error
	);
	await expect.poll(() => watch.value('select cardinality(pg_blocking_pids($1))', [pid])).toBe(1);
	await first.exec('commit');
	expect(await waiting).toBe('stored');
	expect(
		await watch.sql(
			`select b.kind, count(distinct b.id)::int as buckets, count(*)::int as journeys
			from public.travel_notes t join private.buckets b on b.id = t.bucket_id where b.owner_id = $1 group by 1`,
			[PEOPLE.worker]
		)
	).toEqual([{ kind: 'org_own', buckets: 1, journeys: 2 }]);
});
