/** A journey noted without signal: it arrives once, at the supervisor's phone too, and at no colleague's. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { attentionTray } from '#lib/sync/outbox.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { checkConverged, checkQuiet, checkView } from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

async function note(phone: Phone, minutes: number, corrects_id: string | null = null) {
	const id = phone.newId();
	await phone.commit({
		name: 'travel.add',
		args: {
			row: {
				id,
				org_id: world.orgId,
				user_id: phone.me.userId,
				user_name: phone.me.displayName,
				travelled_on: phone.now().slice(0, 10),
				means: 'scooter',
				minutes,
				km: 6.5,
				corrects_id
			}
		}
	});
	return id;
}
const held = async (phone: Phone) =>
	(await phone.db.travel_notes.toArray()).map(({ id }) => id).sort();

test('it and its correction reach the supervisor and the other phone of its author once, and no colleague', async () => {
	const worker = await Phone.signedIn(backend, world.worker);
	const others = await Promise.all(
		[world.worker, world.supervisor, world.nurse, world.manager, world.family, world.outsider].map(
			(me) => Phone.signedIn(backend, me)
		)
	);
	for (const phone of [worker, ...others]) await phone.sync();
	const first = await note(worker, 40);
	const ids = [first, await note(worker, 25, first)].sort();
	await checkView(worker);
	expect(await held(worker)).toEqual(ids);
	await worker.syncUntilQuiet();
	for (const phone of others) await phone.syncUntilQuiet();

	const seen = await Promise.all(others.map(held));
	expect(seen).toEqual([ids, ids, [], [], [], []]);
	expect(
		await backend.sql('select count(*)::int as n from public.travel_notes where user_id = $1', [
			world.worker.userId
		])
	).toEqual([{ n: 2 }]);
	expect(await attentionTray(worker.db)).toEqual([]);
	for (const phone of [worker, ...others]) {
		await checkQuiet(phone);
		await checkView(phone);
		await checkConverged(backend, phone);
	}
});

test('of a supervisor who steps down the phone forgets the journeys of others at the next contact', async () => {
	const worker = await Phone.signedIn(backend, world.worker);
	await worker.sync();
	await note(worker, 15);
	await worker.syncUntilQuiet();
	const supervisor = await Phone.signedIn(backend, world.supervisor);
	await supervisor.syncUntilQuiet();
	expect((await held(supervisor)).length).toBeGreaterThan(0);
	await backend.sql('update public.memberships set ended_at = now() where user_id = $1', [
		world.supervisor.userId
	]);
	await supervisor.syncUntilQuiet();
	expect(await held(supervisor)).toEqual([]);
	await checkConverged(backend, supervisor);
});
