/**
 * Invariant 2: replays, duplicates, reordering, two tabs and half-read answers leave the same server state as a perfect line.
 *
 * "The same" is measured as a function of the order in which the server took the intents in: when several phones meet it through
 * faults, that order is the one thing that faults may change, and what people tap next depends on what they saw. So the twin, a second
 * server on a copy of the data, is told what people tapped (as their phones had stored it when the screen said "saved", not what the
 * ledger says of it), each intent alone, once, over a perfect line, in the order of the first server's ledger; and then holds the same
 * to the last column, verdicts included. Besides, the ledger has of each phone what was tapped there, in the order of the taps.
 */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { attentionTray } from '#lib/sync/outbox.ts';
import { programTimeoutMs, propertyOptions } from '../fixtures/property.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { FAULTS, type Fault } from './support/faulty-fetch.ts';
import { checkDurable } from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { comeToRest, busyDays, playStep } from './support/program.ts';
import { servedWorld } from './support/served-world.ts';
import { checkSameState, inServerOrder, tell, type Received } from './support/twin.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());
let twin: EmbeddedBackend;

beforeAll(async () => {
	// The engine says on the console what the injected faults do.
	vi.spyOn(console, 'error').mockImplementation(() => undefined);
	twin = await backend.copy();
});
afterAll(() => twin.stop());

/** Two tabs each of the phones of those who edit most, one of the worker's; both tabs of a phone send when they like. */
async function phonesAndTabs(): Promise<Phone[]> {
	const twoTabs = [];
	for (const me of [world.nurse, world.manager]) {
		const phone = await Phone.signedIn(backend, me);
		twoTabs.push(phone, await Phone.signedIn(backend, me, { indexedDB: phone.indexedDB }));
	}
	const phones = [...twoTabs, await Phone.signedIn(backend, world.worker)];
	for (const phone of phones) await phone.sync();
	return phones;
}

/** All at once, each through a fault of its own. */
async function rush(phones: readonly Phone[], faults: readonly Fault[]): Promise<void> {
	phones.forEach(({ network }, index) => network.coming.push(faults[index] ?? 'none'));
	await Promise.all(phones.map((phone) => phone.round()));
}

/** @returns what the ledger has got since `before`, each entry being the next tap of its phone */
async function newInLedger(before: number, phones: readonly Phone[]): Promise<Received[]> {
	const received = (await inServerOrder(backend)).slice(before);
	const aside = new Set<string>();
	for (const phone of phones) for (const { mid } of await attentionTray(phone.db)) aside.add(mid);
	for (const device of new Set(phones.map(({ indexedDB }) => indexedDB))) {
		const pages = phones.filter(({ indexedDB }) => indexedDB === device);
		const taps = pages.flatMap(({ taps }) => taps).sort((a, b) => a.order - b.order);
		const made = new Set(taps.map(({ mid }) => mid));
		const took = received.flatMap(({ mid }) => (made.has(mid) ? [mid] : []));
		const due = taps.flatMap(({ mid }) => (took.includes(mid) || !aside.has(mid) ? [mid] : []));
		expect(took, 'the ledger has what was tapped, once, in the order of the taps').toEqual(due);
	}
	return received;
}

const rushes = fc.array(
	fc.array(fc.constantFrom<Fault>(...FAULTS, 'none'), { minLength: 5, maxLength: 5 }),
	{
		minLength: 3,
		maxLength: 6
	}
);

test(
	'whatever happens on the way, the server holds what it would hold had nothing happened',
	async () => {
		await fc.assert(
			fc.asyncProperty(busyDays, rushes, async (steps, crowds) => {
				const before = (await inServerOrder(backend)).length;
				const phones = await phonesAndTabs();
				const part = Math.ceil(steps.length / crowds.length);
				for (const [index, faults] of crowds.entries()) {
					for (const step of steps.slice(index * part, (index + 1) * part))
						await playStep(phones, step);
					await rush(phones, faults);
				}
				await comeToRest(phones);
				await checkDurable(backend, phones);

				const taps = new Map(phones.flatMap(({ taps }) => taps).map((tap) => [tap.mid, tap]));
				for (const received of await newInLedger(before, phones)) {
					const tap = taps.get(received.mid);
					expect(tap, `nobody tapped ${received.mid}`).toBeDefined();
					await tell(twin, received, tap!);
				}
				await checkSameState(backend, twin);
				for (const phone of phones) phone.db.close();
			}),
			propertyOptions(4)
		);
	},
	programTimeoutMs(4)
);
