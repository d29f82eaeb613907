import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { EmbeddedBackend } from './support/backend.ts';
import { legitimateIntent } from './support/intents.ts';
import {
	checkConverged,
	checkDurable,
	checkQuiet,
	checkView,
	ledgerOf
} from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { Backup } from './support/restored.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

async function work(phone: Phone, intents: number): Promise<void> {
	for (let made = 0, draw = 0; made < intents && draw < 100; draw++) {
		const intent = await legitimateIntent(phone, { what: draw, which: draw });
		if (!intent) continue;
		await phone.commit(intent);
		made++;
	}
}

async function checkNothingLost(phones: readonly Phone[]): Promise<void> {
	for (const phone of phones) {
		const known = await phone.db.cases.count();
		for (let rounds = 0; rounds < 50; rounds++) {
			const outcome = await phone.round();
			await checkView(phone);
			expect(await phone.db.cases.count(), 'screens never go empty').toBe(known);
			if (outcome.kind === 'done' && !outcome.again) break;
		}
	}
	for (const phone of phones) await phone.syncUntilQuiet();
	for (const phone of phones) {
		await checkQuiet(phone);
		await checkConverged(backend, phone);
		const ledger = await ledgerOf(
			backend,
			phone.saved.map(({ mid }) => mid)
		);
		expect(ledger).toHaveLength(phone.saved.length);
		expect(ledger.filter(({ verdict }) => verdict === 'rejected' || verdict === 'blocked')).toEqual(
			[]
		);
	}
	await checkDurable(backend, phones);
	for (const phone of phones) phone.db.close();
}

async function threePhones(): Promise<Phone[]> {
	const people = [world.worker, world.nurse, world.manager];
	const phones = await Promise.all(people.map((me) => Phone.signedIn(backend, me)));
	for (const phone of phones) await phone.sync();
	return phones;
}

test('a server killed between the work and the answer has each intent once', async () => {
	const phones = await threePhones();
	for (let round = 0; round < 2; round++) {
		for (const phone of phones) {
			await work(phone, 3);
			phone.network.coming.push('drop_answer');
		}
		const underWay = Promise.all(phones.map((phone) => phone.round()));
		await backend.killAndRestart();
		await underWay;
	}
	for (const phone of phones) await phone.syncUntilQuiet();
	await checkNothingLost(phones);
});

test('a phone that only reads notices that the server was set back, also when the same numbers were given to other rows since', async () => {
	const message = (phone: Phone, body: string) =>
		phone.commit({
			name: 'message.send',
			args: { row: { id: phone.newId(), case_id: world.caseIds[0], audience: 'circle', body } }
		});
	const phones = await threePhones();
	const [reader, writer, other] = phones as [Phone, Phone, Phone];
	const [drawn] = await backend.sql<{ last_value: string }>(
		'select last_value from private.sync_seq'
	);
	const backup = await Backup.take(backend);
	await message(writer, '設回去之前');
	await writer.sync();
	await reader.sync();
	await backup.restore(false);
	// A database that was stopped in good order draws the same numbers again; after a crash it skips some.
	await backend.sql(`select setval('private.sync_seq', $1)`, [drawn!.last_value]);
	await message(other, '設回去之後');
	for (const phone of [other, reader]) {
		await phone.sync();
		await checkConverged(backend, phone);
	}
	// What the server has lost comes back with the phone that wrote it.
	await checkNothingLost(phones);
});

test('an answer that is lost on the way leaves a phone in the dark for one round only', async () => {
	const phones = await threePhones();
	const reader = phones[0]!;
	const backup = await Backup.take(backend);
	for (let round = 0; round < 3; round++) await reader.sync();
	await backup.restore(false);
	for (let tries = 0; tries < 5; tries++) {
		reader.network.coming.push('drop_answer');
		await reader.round();
	}
	const before = await reader.db.cursors.toArray();
	await reader.sync();
	const after = await reader.db.cursors.toArray();
	expect(after.map(({ gen }) => gen)).toEqual(before.map(({ gen }) => gen + 1));
	await checkNothingLost(phones);
});

test('two phones that were one (a restored backup of the phone) part ways, and both get their work through', async () => {
	const original = await Phone.signedIn(backend, world.worker);
	await original.sync();
	await original.commit({
		name: 'message.send',
		args: {
			row: { id: original.newId(), case_id: world.caseIds[0], audience: 'circle', body: '一' }
		}
	});
	await original.sync();
	const twin = await Phone.signedIn(backend, world.worker);
	for (const table of original.db.tables)
		await twin.db.table(table.name).bulkAdd(await table.toArray());
	for (const phone of [original, twin])
		for (const body of ['二', '三'])
			await phone.commit({
				name: 'message.send',
				args: { row: { id: phone.newId(), case_id: world.caseIds[0], audience: 'circle', body } }
			});
	await original.syncUntilQuiet();
	await twin.syncUntilQuiet();
	await original.syncUntilQuiet();
	for (const phone of [original, twin]) {
		await checkQuiet(phone);
		await checkConverged(backend, phone);
		expect(
			await ledgerOf(
				backend,
				phone.saved.map(({ mid }) => mid)
			)
		).toHaveLength(phone.saved.length);
	}
	const clients = await Promise.all([original, twin].map(({ db }) => db.meta.get('client')));
	expect(new Set(clients.map((client) => client?.key === 'client' && client.id)).size).toBe(2);
});
