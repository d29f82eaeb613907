/** Invariant 10: an outbox as the first release wrote it, byte for byte, opens and is sent by the present one. */
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { databaseName } from '#lib/db/local-db.ts';
import { attentionTray } from '#lib/sync/outbox.ts';
import fixture from '../fixtures/outbox-v1.json' with { type: 'json' };
import { EmbeddedBackend } from './support/backend.ts';
import { checkConverged, checkView, ledgerOf } from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

test('every kind of intent that release 1 could record still goes through; what this server does not know waits in the tray', async () => {
	const phone = await Phone.signedIn(backend, world.supervisor);
	phone.db.close();
	const text = JSON.stringify(fixture.entries)
		.replaceAll('{{org}}', world.orgId)
		.replaceAll('{{case}}', world.caseIds[0])
		.replaceAll('{{me}}', world.supervisor.userId)
		.replaceAll('{{worker}}', world.worker.userId)
		.replaceAll('{{family}}', world.family.userId);
	const entries = JSON.parse(text) as { mid: string; mutation: { name: string } }[];

	const old = new Dexie(databaseName(world.supervisor.userId), {
		indexedDB: phone.indexedDB,
		IDBKeyRange
	});
	old.version(fixture.schemaVersion).stores(fixture.stores);
	await old.table('outbox').bulkAdd(entries);
	await old
		.table('shadow')
		.bulkAdd(JSON.parse(JSON.stringify(fixture.shadows).replaceAll('{{case}}', world.caseIds[0])));
	old.close();

	phone.reopen();
	await phone.syncUntilQuiet();
	const names = new Map(entries.map(({ mid, mutation }) => [mid, mutation.name]));
	const ledger = await ledgerOf(backend, [...names.keys()]);
	const refused = ledger
		.filter(({ verdict }) => verdict !== 'ok')
		.map(({ mid, code }) => [names.get(mid), code]);
	expect(ledger).toHaveLength(entries.length);
	expect(refused.sort()).toEqual(fixture.refused);
	expect((await attentionTray(phone.db)).map(({ mutation }) => mutation.name).sort()).toEqual(
		fixture.refused.map(([name]) => name)
	);
	await checkView(phone);
	await checkConverged(backend, phone);
});
