/** The database of a file of tests, in which the work of each test is undone. */
import { afterAll, afterEach, beforeEach } from 'vitest';
import { startDatabase, type Connection } from './harness.ts';

/** Call once, at the top of the file. */
export async function rolledBackDatabase(): Promise<Connection> {
	const database = await startDatabase();
	afterAll(() => database.stop());
	const db = await database.connect();
	beforeEach(() => db.exec('begin'));
	afterEach(() => db.exec('rollback'));
	return db;
}
