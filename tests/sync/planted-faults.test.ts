/** Invariant 11: clients with a fault in them, each caught by the check that is there for it. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { RemotePort } from '#lib/sync/remote-port.ts';
import { EmbeddedBackend } from './support/backend.ts';
import {
	Broken,
	checkConverged,
	checkDurable,
	checkScope,
	checkView
} from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { withSync } from './support/ports.ts';
import { servedWorld } from './support/served-world.ts';
import { joinCircle, leaveCircle } from './support/world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

async function aPhone(sabotage?: (port: RemotePort) => RemotePort): Promise<Phone> {
	const phone = await Phone.signedIn(backend, world.worker, sabotage ? { sabotage } : {});
	await phone.sync();
	return phone;
}

async function say(phone: Phone, body = '一句話'): Promise<void> {
	await phone.commit({
		name: 'message.send',
		args: { row: { id: phone.newId(), case_id: world.caseIds[0], audience: 'circle', body } }
	});
}

/** Somebody else writes meanwhile. */
async function somebodyWrites(): Promise<void> {
	await backend.sql(
		`insert into public.messages (id, case_id, body, author_name, audience, recorded_at) values (gen_random_uuid(), $1, '別人寫的', '護理師', 'circle', now())`,
		[world.caseIds[0]]
	);
}

/** All checks that hold for the sound client in each of these scenes. */
async function everyCheck(phone: Phone): Promise<void> {
	await checkView(phone);
	await checkDurable(backend, [phone]);
	await checkScope(backend, phone);
	await checkConverged(backend, phone);
}

test('a client that forgets its outbox when it has sent', async () => {
	const phone = await aPhone();
	await say(phone);
	phone.network.coming.push('drop_request');
	await phone.round();
	await phone.db.outbox.where('n').above(0).delete();
	await expect(checkDurable(backend, [phone])).rejects.toThrow(Broken);
});

test('a client that makes a new intent of each try', async () => {
	const phone = await aPhone((port) =>
		withSync(port, (request, signal) =>
			port.sync(
				{ ...request, push: request.push.map((each) => ({ ...each, mid: crypto.randomUUID() })) },
				signal
			)
		)
	);
	await say(phone);
	phone.network.coming.push('drop_answer');
	await phone.round();
	await expect(phone.sync().then(() => everyCheck(phone))).rejects.toThrow();
});

test('a client that writes pulled rows over work that waits', async () => {
	const phone = await aPhone();
	const [caseRow] = await phone.db.cases.toArray();
	await phone.commit({
		name: 'case.patch',
		args: { id: caseRow!.id, patch: { note: [caseRow!.note, '還沒送出'] } }
	});
	await phone.db.cases.put({ ...caseRow!, name: '伺服器的版本' });
	await expect(checkView(phone)).rejects.toThrow(Broken);
});

test('a client that moves its cursor past rows it has not stored is healed by the sums; without them it is caught', async () => {
	let dropRows = false;
	let hideSums = false;
	const phone = await aPhone((port) =>
		withSync(port, async (request, signal) => {
			const answer = await port.sync(request, signal);
			if (!answer.ok || !dropRows) return answer;
			dropRows = false;
			const buckets = Object.entries(answer.value.buckets).map(([id, state]) => [
				id,
				hideSums ? { ...state, live: undefined, sum: undefined } : state
			]);
			return {
				...answer,
				value: { ...answer.value, rows: {}, buckets: Object.fromEntries(buckets) }
			};
		})
	);
	await somebodyWrites();
	dropRows = true;
	await phone.sync();
	await everyCheck(phone);
	await somebodyWrites();
	dropRows = true;
	hideSums = true;
	await phone.sync();
	await expect(checkConverged(backend, phone)).rejects.toThrow(Broken);
});

test('a client that drops what was refused', async () => {
	const phone = await aPhone();
	await say(phone, '');
	await phone.sync();
	await checkDurable(backend, [phone]);
	await phone.db.outbox.where('state').equals('attention').delete();
	await expect(checkDurable(backend, [phone])).rejects.toThrow(Broken);
});

test('a client that keeps what it may no longer see', async () => {
	const phone = await aPhone((port) =>
		withSync(port, async (request, signal) => {
			const answer = await port.sync(request, signal);
			return answer.ok ? { ...answer, value: { ...answer.value, removed: [] } } : answer;
		})
	);
	await leaveCircle(backend, world.caseIds[1], world.worker);
	await phone.round();
	await expect(checkScope(backend, phone)).rejects.toThrow(Broken);
	await joinCircle(backend, world.caseIds[1], world.worker, 'worker');
});

test('a client that takes silence for a deletion', async () => {
	const phone = await aPhone((port) =>
		withSync(port, async (request, signal) => {
			const answer = await port.sync(request, signal);
			const silent = answer.ok && Object.keys(answer.value.rows).length === 0;
			if (!silent) return answer;
			const removed = Object.keys(request.cursors).map(Number);
			return { ...answer, value: { ...answer.value, removed } };
		})
	);
	await phone.round();
	await expect(checkConverged(backend, phone)).rejects.toThrow(Broken);
});

test('a client that takes a lost answer for a success', async () => {
	const phone = await aPhone((port) =>
		withSync(port, async (request, signal) => {
			const answer = await port.sync({ ...request, push: [] }, signal);
			if (!answer.ok) return answer;
			const results = request.push.map(({ n }) => ({ n, verdict: 'ok' }));
			return {
				...answer,
				value: { ...answer.value, results, last_n: request.push.at(-1)?.n ?? request.acked }
			};
		})
	);
	await say(phone);
	await phone.sync();
	await expect(checkDurable(backend, [phone])).rejects.toThrow(Broken);
});
