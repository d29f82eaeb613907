/** Plans are kept for as long as a connection lives, so they are made for tables that have grown since. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CASES } from '../fixtures/db-world.ts';
import { Phone, startDatabase, type Connection, type TestDatabase } from './harness.ts';

const BATCH = 50;
/** More than this is no longer a small table. */
const MANY_ROWS = 100;

let database: TestDatabase;
let db: Connection;
beforeAll(async () => {
	database = await startDatabase();
	db = await database.connect();
});
afterAll(() => database.stop());

test('a connection that learned its plans while the ledger was empty reads no large table from end to end', async () => {
	await db.exec('analyze');
	const phone = new Phone(db, 'worker');
	await pushMeasurements(phone);
	await db.exec('select pg_stat_reset()');
	for (let batch = 0; batch < 3; batch++) await pushMeasurements(phone);
	await db.exec('select pg_stat_force_next_flush()');
	const large = await db.sql<{ table: string; read: string }>(
		`select relname as table, seq_tup_read as read from pg_stat_user_tables where n_tup_ins > $1 order by 1`,
		[MANY_ROWS]
	);
	expect(large).toEqual(
		['audit_log', 'measurements', 'sync_mutations'].map((table) => ({ table, read: '0' }))
	);
});

async function pushMeasurements(phone: Phone): Promise<void> {
	const intents = Array.from({ length: BATCH }, () => ({
		name: 'measurement.add',
		args: {
			row: {
				id: randomUUID(),
				case_id: CASES.ayue,
				kind: 'pulse',
				value: 72,
				measured_at: new Date().toISOString()
			}
		}
	}));
	const { results } = await phone.sync({ push: phone.numbered(intents) });
	expect(results.map(({ verdict }) => verdict)).toEqual(intents.map(() => 'ok'));
}
