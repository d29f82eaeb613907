import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { PostgrestBackend } from './support/backend.ts';
import { legitimateIntent } from './support/intents.ts';
import { checkConverged, checkDurable, checkNoRefetch, checkQuiet } from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { comeToRest } from './support/program.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(PostgrestBackend.start());

/** Writes like a dashboard or an import would: in transactions that stay open for a while, over both cases, some rolled back. */
async function slowWriter(writes: number): Promise<void> {
	for (let i = 0; i < writes; i++) {
		const [first, second] = i % 2 ? world.caseIds : [world.caseIds[1], world.caseIds[0]];
		const message = (caseId: string) =>
			`insert into public.messages (id, case_id, body, author_name, audience, recorded_at, relevant_at)
			 values ('${crypto.randomUUID()}', '${caseId}', '進位', '匯入', 'circle', now(), now());`;
		await backend
			.exec(
				`begin; ${message(first)} select pg_sleep(${(i % 5) * 0.01}); ${i % 3 ? message(first) : message(second)} ${i % 7 === 6 ? 'rollback' : 'commit'};`
			)
			.catch((failure: Error) => {
				// Two writers that take the two heads crosswise: one of them is told to try again.
				if (!failure.message.includes('deadlock')) throw failure;
			});
	}
}

async function busyPhone(phone: Phone, rounds: number): Promise<void> {
	for (let i = 0; i < rounds; i++) {
		const intent = await legitimateIntent(phone, { what: i * 7, which: i });
		if (intent) await phone.commit(intent);
		await phone.round();
	}
}

test('cursors skip no commit, however many connections write at once', async () => {
	const people = [world.worker, world.nurse, world.manager, world.supervisor];
	const phones = await Promise.all(people.map((me) => Phone.signedIn(backend, me)));
	await Promise.all(phones.map((phone) => phone.sync()));
	await Promise.all([
		...phones.map((phone) => busyPhone(phone, 25)),
		...[1, 2, 3].map(() => slowWriter(40))
	]);
	await comeToRest(phones);
	for (const phone of phones) {
		await checkQuiet(phone);
		await checkNoRefetch(phone);
		await checkConverged(backend, phone);
	}
	await checkDurable(backend, phones);
	const [messages] = await backend.sql<{ count: string }>('select count(*) from public.messages');
	expect(Number(messages?.count)).toBeGreaterThan(150);
});
