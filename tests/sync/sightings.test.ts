/** Who has seen a record: told to its author once, and never a burden to who saw it. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { markOf, othersWhoSaw } from '#lib/db/queries/sightings.ts';
import { attentionTray } from '#lib/sync/outbox.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { checkConverged, checkQuiet, checkView } from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { servedWorld } from './support/served-world.ts';
import { leaveCircle } from './support/world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

async function aRecord(author: Phone): Promise<string> {
	const id = author.newId();
	const case_id = (await author.db.cases.toArray())[0]!.id;
	await author.commit({
		name: 'visit_record.add',
		args: { row: { id, case_id, note: '吃得很好' } }
	});
	await author.sync();
	return id;
}

async function see(phone: Phone, recordId: string): Promise<void> {
	const mark = await markOf(phone.db, 'visit_records', recordId, phone.me.userId);
	await phone.commit({ name: 'record.see', args: { row: { id: phone.newId(), ...mark! } } });
}

test('two phones of a person that both say so leave one sighting, which the author gets', async () => {
	const worker = await Phone.signedIn(backend, world.worker);
	const phones = await Promise.all([1, 2].map(() => Phone.signedIn(backend, world.nurse)));
	await worker.sync();
	const record = await aRecord(worker);
	for (const phone of phones) await phone.sync();
	for (const phone of phones) {
		await see(phone, record);
		expect(await markOf(phone.db, 'visit_records', record, world.nurse.userId), 'once').toBeNull();
	}
	for (const phone of [...phones, ...phones, worker]) await phone.sync();
	const row = (await worker.db.visit_records.get(record))!;
	const names = await othersWhoSaw(worker.db, row, world.worker.userId);
	expect(names.map(({ user_id }) => user_id)).toEqual([world.nurse.userId]);
	for (const phone of [...phones, worker]) {
		expect(await phone.db.sightings.where('subject_id').equals(record).count()).toBe(1);
		await checkQuiet(phone);
		await checkView(phone);
		await checkConverged(backend, phone);
	}
});

test('who has lost access, or whose word the server does not take, is not asked to look at a mark', async () => {
	const worker = await Phone.signedIn(backend, world.worker);
	const nurse = await Phone.signedIn(backend, world.nurse);
	await worker.sync();
	const record = await aRecord(worker);
	await nurse.sync();
	const { case_id } = (await nurse.db.visit_records.get(record))!;
	await nurse.commit({
		name: 'record.see',
		args: {
			row: {
				id: nurse.newId(),
				case_id,
				audience: 'circle',
				subject_table: 'visit_records',
				subject_id: nurse.newId()
			}
		}
	});
	await nurse.syncUntilQuiet();
	expect(await attentionTray(nurse.db), 'a record that nobody made').toEqual([]);
	await checkConverged(backend, nurse);

	await see(nurse, record);
	await leaveCircle(backend, case_id, world.nurse);
	await nurse.syncUntilQuiet();
	expect(await attentionTray(nurse.db)).toEqual([]);
	expect(await nurse.db.outbox.count()).toBe(0);
	expect(await nurse.db.sightings.count()).toBe(0);
});

test('a hand-over note written without signal reaches the next shift, whose reading its author is told of; the family gets neither', async () => {
	const [worker, manager, family] = await Promise.all(
		[world.worker, world.manager, world.family].map((me) => Phone.signedIn(backend, me))
	);
	for (const phone of [worker, manager, family]) await phone!.sync();
	const id = worker!.newId();
	await worker!.commit({
		name: 'handover_note.add',
		args: {
			row: {
				id,
				case_id: world.caseIds[0],
				situation: '昨晚咳嗽',
				covers_from: worker!.now(),
				covers_until: worker!.now()
			}
		}
	});
	await checkView(worker!);
	await worker!.sync();
	await manager!.sync();
	const note = (await manager!.db.handover_notes.get(id))!;
	expect(note).toMatchObject({ situation: '昨晚咳嗽', author_name: '居服員', audience: 'staff' });
	expect(await manager!.db.notices.where('subject_id').equals(id).toArray()).toMatchObject([
		{ kind: 'handover_note', case_id: world.caseIds[0] }
	]);
	const mark = await markOf(manager!.db, 'handover_notes', id, world.manager.userId);
	await manager!.commit({ name: 'record.see', args: { row: { id: manager!.newId(), ...mark! } } });
	for (const phone of [manager, worker, family]) await phone!.sync();
	const readers = await othersWhoSaw(worker!.db, note, world.worker.userId);
	expect(readers.map(({ user_id }) => user_id)).toEqual([world.manager.userId]);
	expect(await family!.db.handover_notes.count()).toBe(0);
	expect(await family!.db.sightings.where('subject_id').equals(id).count()).toBe(0);
	for (const phone of [worker, manager, family]) await checkConverged(backend, phone!);
});
