/** What is there only with a connection: hints over Realtime, and older rows on demand. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { RpcPort } from '#lib/remote/rpc-port.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import { loadOlderRows } from '#lib/sync/history.ts';
import { pokeTopics } from '#lib/sync/poke-topics.ts';
import type { Me } from '#lib/sync/workspace.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { checkConverged } from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

async function aPort(me: Me): Promise<RpcPort> {
	const sessions = new SessionStore(await backend.signIn(me.userId));
	return new RpcPort({ config: backend.config, sessions }, me.userId);
}

/** Resolves at the next poke. */
function nextPoke(port: RpcPort): Promise<void> {
	return new Promise((resolve) => {
		const stop = port.pokes.onPoke(() => {
			stop();
			resolve();
		});
	});
}

test('a phone listens to what concerns its person, and hears when something moved', async () => {
	const nurse = await Phone.signedIn(backend, world.nurse);
	const worker = await Phone.signedIn(backend, world.worker);
	await nurse.sync();
	await worker.sync();
	const topics = await pokeTopics(nurse.db, world.nurse);
	expect(topics).toEqual(
		[
			`org:${world.orgId}`,
			...world.caseIds.map((id) => `staff:${id}`),
			`user:${world.nurse.userId}`
		].sort()
	);
	const port = await aPort(world.nurse);
	const joined = nextPoke(port);
	port.pokes.follow([`staff:${world.caseIds[0]}`]);
	await joined;
	expect(port.pokes.live()).toBe(true);
	const heard = nextPoke(port);
	await worker.commit({
		name: 'message.send',
		args: {
			row: { id: worker.newId(), case_id: world.caseIds[0], audience: 'circle', body: '到了' }
		}
	});
	await worker.sync();
	await heard;
	port.pokes.stop();
});

test('a supervisor listens to the organisation, a family to its relative', async () => {
	const supervisor = await Phone.signedIn(backend, world.supervisor);
	const family = await Phone.signedIn(backend, world.family);
	await supervisor.sync();
	await family.sync();
	expect(await pokeTopics(supervisor.db, world.supervisor)).toContain(`supervise:${world.orgId}`);
	expect(await pokeTopics(family.db, world.family)).toEqual(
		[`case:${world.caseIds[0]}`, `user:${world.family.userId}`].sort()
	);
});

test('rows older than the window come on demand, page by page, and do not disturb what sync holds', async () => {
	const [caseId] = world.caseIds;
	await backend.sql(
		`insert into public.messages (id, case_id, body, author_name, audience, recorded_at)
		 select gen_random_uuid(), $1, '去年的第 ' || i || ' 則', '護理師', 'circle', now() - interval '1 year' - i * interval '1 hour' from generate_series(1, 250) i`,
		[caseId]
	);
	const phone = await Phone.signedIn(backend, world.family);
	await phone.sync();
	const inWindow = await phone.db.messages.count();
	const port = await aPort(world.family);
	const first = await loadOlderRows(phone.db, port, caseId, phone.now());
	expect(first.more).toBe(true);
	const [oldest] = await phone.db.messages.toCollection().sortBy('recorded_at');
	expect(await loadOlderRows(phone.db, port, caseId, oldest?.relevant_at ?? '')).toEqual({
		more: false
	});
	expect(await phone.db.messages.count()).toBe(inWindow + 250);
	await phone.sync();
	await checkConverged(backend, phone);
});

test('older rows of a case that is not theirs, or without a connection, are refused with a reason', async () => {
	const outsider = await Phone.signedIn(backend, world.outsider);
	await outsider.sync();
	const port = await aPort(world.outsider);
	await expect(
		loadOlderRows(outsider.db, port, world.caseIds[0], outsider.now())
	).rejects.toMatchObject({ name: 'HistoryError', kind: 'server' });
	const offline = new RpcPort(
		{
			config: backend.config,
			sessions: new SessionStore(await backend.signIn(world.family.userId)),
			fetch: () => Promise.reject(new TypeError('no network'))
		},
		world.family.userId
	);
	await expect(
		loadOlderRows(outsider.db, offline, world.caseIds[0], outsider.now())
	).rejects.toMatchObject({ name: 'HistoryError', kind: 'offline' });
	expect(await outsider.db.messages.count()).toBe(0);
});
