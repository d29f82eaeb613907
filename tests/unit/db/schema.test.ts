/** Indexes cost each pulled row a write, so each is there for a query; and a store of the first release becomes one of this one. */
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { databaseName } from '#lib/db/local-db-name.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { storeDeclarations } from '#lib/db/schema.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';

const SOURCES = join(import.meta.dirname, '../../../src/lib');

test('each index of a synced table is asked for by a query', () => {
	const code = globSync('{db,sync,features,app}/**/*.{ts,svelte}', { cwd: SOURCES })
		.map((file) => readFileSync(join(SOURCES, file), 'utf8'))
		.join('\n');
	// db.table.where('index') and whereAny(db.table, 'index', …)
	const asked = new Set(
		[...code.matchAll(/\.(\w+)(?:\s*\.where\(|,\s*)'([^']+)'/g)].map(
			([, table, index]) => `${table} ${index}`
		)
	);
	const declared = TABLE_NAMES.flatMap((table) => {
		const [, , ...indexes] = (storeDeclarations()[table] ?? '').split(', ');
		return indexes.map((index) => ({ table, index }));
	});
	expect(declared.length).toBeGreaterThan(20);
	const idle = declared.filter(({ table, index }) => {
		const [first = ''] = index.replaceAll(/[[\]]/g, '').split('+');
		return !asked.has(`${table} ${index}`) && !asked.has(`${table} ${first}`);
	});
	expect(idle).toEqual([]);
});

test('a store of version 1 keeps its rows and its outbox, and loses the indexes that nothing asks for', async () => {
	const options = { indexedDB: new IDBFactory(), IDBKeyRange };
	const old = new Dexie(databaseName('user'), options);
	old.version(1).stores({
		...storeDeclarations(),
		measurements:
			'id, [bucket_id+relevant_at+seq], [case_id+kind+measured_at], [case_id+measured_at], visit_id, corrects_id'
	});
	await old.table('measurements').add({ id: 'm1', case_id: 'c' });
	await old.table('outbox').add({ mid: 'mid', n: null, state: 'pending' });
	old.close();
	const db = new LocalDb('user', options);
	expect(await db.measurements.count()).toBe(1);
	expect(await db.outbox.toArray()).toMatchObject([{ mid: 'mid', state: 'pending' }]);
	const stored = db.backendDB().transaction('measurements').objectStore('measurements');
	expect([...stored.indexNames]).toEqual([
		'[bucket_id+relevant_at+seq]',
		'[case_id+measured_at]',
		'visit_id'
	]);
	db.close();
});
