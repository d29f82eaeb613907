/** What the worker reads of the phone's store, made by the store's own code; and that it never makes one. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { emergencyFacts } from '#lib/db/emergency-facts.ts';
import { databaseName } from '#lib/db/local-db-name.ts';
import { LocalDb } from '#lib/db/local-db.ts';

const USER = 'user-1';
let indexedDB: IDBFactory;

beforeEach(() => {
	indexedDB = new IDBFactory();
});

/** The store of somebody who knows one report. */
async function knowing(row: object): Promise<void> {
	const db = new LocalDb(USER, { indexedDB, IDBKeyRange });
	// Only what is read; the rest of the row makes no difference.
	await db.table('cases').put({ id: 'case-1', name: '林阿嬤' });
	await db.table('emergencies').put({
		id: 'emergency-1',
		case_id: 'case-1',
		incident_type: 'FALL',
		severity: 'red',
		audience: 'circle',
		...row
	});
	db.close();
}

test('says of whom and what', async () => {
	await knowing({});
	expect(await emergencyFacts(USER, 'emergency-1', indexedDB)).toEqual({
		incidentType: 'FALL',
		severity: 'red',
		personName: '林阿嬤'
	});
});

test('says nothing of a suspected abuse', async () => {
	await knowing({ incident_type: 'ABUSE', audience: 'restricted' });
	expect(await emergencyFacts(USER, 'emergency-1', indexedDB)).toBeNull();
});

test('an emergency that has not arrived, or another person', async () => {
	await knowing({});
	expect(await emergencyFacts(USER, 'emergency-2', indexedDB)).toBeNull();
	expect(await emergencyFacts('user-2', 'emergency-1', indexedDB)).toBeNull();
});

test('makes no store where there is none', async () => {
	expect(await emergencyFacts(USER, 'emergency-1', indexedDB)).toBeNull();
	expect(await indexedDB.databases()).toEqual([]);
});

test('a person of whom no name is known', async () => {
	await knowing({ case_id: 'case-2' });
	expect(await emergencyFacts(USER, 'emergency-1', indexedDB)).toMatchObject({ personName: '' });
});

test('works while the app has the store open', async () => {
	await knowing({});
	const db = new LocalDb(USER, { indexedDB, IDBKeyRange });
	await db.open();
	expect(await emergencyFacts(USER, 'emergency-1', indexedDB)).not.toBeNull();
	expect(db.name).toBe(databaseName(USER));
	db.close();
});
