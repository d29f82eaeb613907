/** The first pull of a bucket in which rows have come and gone. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { aRow, hoursFromNow, insertStatement, type Row } from '../fixtures/db-world.ts';
import { Phone, startDatabase, type Connection, type TestDatabase } from './harness.ts';

let database: TestDatabase;
let db: Connection;
beforeAll(async () => {
	database = await startDatabase();
	db = await database.connect();
});
afterAll(async () => {
	await database.stop();
});
beforeEach(async () => {
	await db.exec('begin');
});
afterEach(async () => {
	await db.exec('rollback');
});

async function write(table: string, row: Row): Promise<string> {
	const statement = insertStatement(table, row);
	await db.sql(statement.text, statement.params);
	return row.id;
}

test('what has left a bucket takes no room in the first pull of a phone that never had it', async () => {
	for (const name of ['鄰居', '里長', '房東']) {
		const doomed = await write('case_contacts', aRow.contact({ name }));
		await db.sql('delete from public.case_contacts where id = $1', [doomed]);
	}
	const last = await write(
		'messages',
		aRow.message({ author_name: '王照服', recorded_at: hoursFromNow(0) })
	);
	// Its own sums would stop this phone: it is asked for what it shows.
	const phone = new Phone(db, 'worker');
	phone.checksSums = false;
	const [answer] = await phone.pull({ inside: true });
	expect(phone.of('messages').map(({ id }) => id)).toEqual([last]);
	expect(answer?.gone).toEqual({});
});
