import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import { programTimeoutMs, propertyOptions } from '../fixtures/property.ts';
import { EmbeddedBackend } from './support/backend.ts';
import {
	checkConverged,
	checkDurable,
	checkNoRefetch,
	checkQuiet,
	ledgerOf
} from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { comeToRest, faultyDays, play, refusedTap } from './support/program.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());
beforeAll(() => {
	// The engine says on the console what the injected faults do.
	vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

async function everybodysPhones(): Promise<Phone[]> {
	const people = [world.worker, world.nurse, world.manager, world.family, world.supervisor];
	const phones = await Promise.all(people.map((me) => Phone.signedIn(backend, me)));
	for (const phone of phones) await phone.sync();
	return phones;
}

test(
	'legitimate work under every fault of network and storage is saved once, seen by all, and the view is always the replay',
	async () => {
		await fc.assert(
			fc.asyncProperty(faultyDays, async (steps) => {
				const phones = await everybodysPhones();
				await play(phones, steps);
				await comeToRest(phones);
				for (const phone of phones) {
					await checkQuiet(phone);
					await checkNoRefetch(phone);
					await checkConverged(backend, phone);
				}
				await checkDurable(backend, phones);
				for (const phone of phones) phone.db.close();
			}),
			propertyOptions(4)
		);
	},
	programTimeoutMs(4)
);

test(
	'refused work and what rests on it steps aside with a reason, and all other work goes through',
	async () => {
		await fc.assert(
			fc.asyncProperty(
				faultyDays,
				fc.array(refusedTap, { minLength: 3, maxLength: 8 }),
				async (days, refused) => {
					const phones = await everybodysPhones();
					await play(
						phones,
						days.flatMap((step, index) =>
							index < refused.length ? [step, refused[index]!] : [step]
						)
					);
					await comeToRest(phones);
					await checkDurable(backend, phones);
					for (const phone of phones) {
						await checkQuiet(phone);
						await checkConverged(backend, phone);
						const verdicts = await ledgerOf(
							backend,
							phone.saved.map(({ mid }) => mid)
						);
						expect(verdicts.length).toBe(phone.saved.length);
						phone.db.close();
					}
				}
			),
			propertyOptions(2)
		);
	},
	programTimeoutMs(2)
);
