/** Two organisations: a case is handed over while a care worker with a day's work on the phone has no signal. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { Calls } from '#lib/remote/calls.ts';
import {
	acceptHandover,
	createHandover,
	previewHandover,
	refusedWork,
	settleRefused
} from '#lib/remote/moving.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import { attentionTray } from '#lib/sync/outbox.ts';
import type { Me } from '#lib/sync/workspace.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { checkConverged, checkDurable, checkScope, checkView } from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

async function callsOf(me: Me): Promise<Calls> {
	const sessions = new SessionStore(await backend.signIn(me.userId));
	return new Calls({ config: backend.config, sessions }, me.userId);
}
function valueOf<Value>(answer: RemoteAnswer<Value>): Value {
	if (!answer.ok) throw new Error(`${answer.kind} ${answer.code}`);
	return answer.value;
}

test('the records of the morning arrive after the move, edits wait for the new supervisor, who takes them over', async () => {
	const [caseId] = world.caseIds;
	const people = [world.worker, world.family, world.supervisor, world.outsider];
	const phones = await Promise.all(people.map((me) => Phone.signedIn(backend, me)));
	const [worker, family, left, received] = phones as [Phone, Phone, Phone, Phone];
	const visit = left.newId();
	await left.commit({
		name: 'visit.plan',
		args: {
			row: {
				id: visit,
				case_id: caseId,
				worker_id: world.worker.userId,
				starts_at: left.now(),
				ends_at: new Date(left.clock.nowMs() + 3_600_000).toISOString()
			}
		}
	});
	for (const phone of [left, worker, family, received]) await phone.sync();

	// No signal: more than one request carries.
	await worker.commit({ name: 'visit.check_in', args: { id: visit, at: worker.now() } });
	for (let nr = 1; nr <= 60; nr++)
		await worker.commit({
			name: 'message.send',
			args: {
				row: { id: worker.newId(), case_id: caseId, audience: 'circle', body: `第 ${nr} 則` }
			}
		});
	await worker.commit(
		{
			name: 'visit_record.add',
			args: { row: { id: worker.newId(), case_id: caseId, visit_id: visit, note: '精神好' } }
		},
		{
			name: 'case_contact.add',
			args: { row: { id: worker.newId(), case_id: caseId, name: '里長', phone: '0900-000-000' } }
		}
	);

	const [giving, taking] = [await callsOf(world.supervisor), await callsOf(world.outsider)];
	const { token } = valueOf(await createHandover(giving, caseId));
	const offer = valueOf(await previewHandover(taking, token));
	expect(offer).toMatchObject({
		case_name: '長者1',
		from_org_name: '山城長照',
		author_name: '督導'
	});
	const receivingOrg = world.outsider.memberships[0]!.orgId;
	expect(valueOf(await acceptHandover(taking, token, receivingOrg))).toEqual({ case_id: caseId });
	expect(await acceptHandover(taking, token, receivingOrg)).toMatchObject({
		ok: false,
		code: 'handover_used'
	});

	for (const phone of phones) await phone.sync();
	expect(await worker.db.cases.get(caseId)).toBeUndefined();
	expect(await left.db.cases.get(caseId)).toBeUndefined();
	expect(await family.db.cases.get(caseId)).toBeDefined();
	const tray = await attentionTray(worker.db);
	expect(tray.map(({ mutation, code }) => [mutation.name, code])).toEqual([
		['visit.check_in', 'access_ended'],
		['case_contact.add', 'access_ended']
	]);
	// Counts on the phone and on the server agree.
	const refused = valueOf(await refusedWork(taking));
	expect(refused.map(({ mid }) => mid).sort()).toEqual(tray.map(({ mid }) => mid).sort());
	expect(valueOf(await refusedWork(giving))).toEqual([]);

	await received.sync();
	expect(await received.db.messages.filter((row) => row.case_id === caseId).count()).toBe(60);
	const ofCase = (row: { case_id: string }) => row.case_id === caseId;
	expect(await received.db.visit_records.filter(ofCase).toArray()).toMatchObject([
		{ note: '精神好', author_name: '居服員', created_by: world.worker.userId }
	]);
	for (const { mid } of refused) valueOf(await settleRefused(taking, mid, true));
	await received.sync();
	expect(await received.db.visits.get(visit)).toMatchObject({ status: 'checked_in' });
	expect(await received.db.case_contacts.filter(ofCase).toArray()).toMatchObject([
		{ name: '里長' }
	]);

	for (const phone of phones) {
		await phone.sync();
		await checkView(phone);
		await checkScope(backend, phone);
		await checkConverged(backend, phone);
	}
	await checkDurable(backend, phones);
});
