/**
 * Invariant 9, amnesia: whenever a backup is taken and whenever the server is set back to it, with a new epoch or without a word,
 * whichever of several phones had heard what by then, and with faults on the line before and after, nothing that was acknowledged is
 * lost, screens do not go empty, and all phones come to show the same. The kill between the work and the answer, and the phone that is
 * copied, are in amnesia.test.ts.
 */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { attentionTray } from '#lib/sync/outbox.ts';
import { programTimeoutMs, propertyOptions } from '../fixtures/property.ts';
import { checkEffects } from './lab/effects.ts';
import { EmbeddedBackend } from './support/backend.ts';
import {
	Broken,
	checkConverged,
	checkDurable,
	checkQuiet,
	checkView,
	ledgerOf
} from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { comeToRest, meetings, playStep, type Step } from './support/program.ts';
import { Backup } from './support/restored.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());
let backup: Backup | null = null;

beforeAll(() => {
	// The engine says on the console what the injected faults do.
	vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(async () => {
	await backup?.discard();
});

async function threePhones(): Promise<Phone[]> {
	const people = [world.worker, world.nurse, world.manager];
	const phones = await Promise.all(people.map((me) => Phone.signedIn(backend, me)));
	for (const phone of phones) await phone.sync();
	return phones;
}

/** What this phone has heard is done. */
async function acknowledgedOn({ db }: Phone): Promise<string[]> {
	const heard = await db.outbox.where('state').equals('acked').toArray();
	const closed = (await db.journal.toArray()).filter(({ outcome }) => outcome === 'acked');
	return [...heard, ...closed].map(({ mid }) => mid);
}

async function play(phones: readonly Phone[], steps: readonly Step[]): Promise<void> {
	for (const step of steps) {
		const phone = phones[step.phone % phones.length]!;
		const cases = await phone.db.cases.count();
		await playStep(phones, step);
		await checkView(phone);
		expect(await phone.db.cases.count(), 'screens never go empty').toBe(cases);
	}
}

/** Work that rests on what another phone still has to send again waits for that phone: a round more for each link of the chain. */
async function comeBack(phones: readonly Phone[]): Promise<void> {
	for (let rounds = 0; rounds < phones.length; rounds++) {
		await comeToRest(phones);
		for (const phone of phones) phone.clockShiftMs += 10_000;
	}
	await comeToRest(phones);
}

async function checkNothingLost(
	phones: readonly Phone[],
	acknowledged: readonly string[]
): Promise<void> {
	const trays = await Promise.all(phones.map(({ db }) => attentionTray(db)));
	const tray = new Map(trays.flat().map((entry) => [entry.mid, entry]));
	const ledger = new Map((await ledgerOf(backend, acknowledged)).map((row) => [row.mid, row]));
	const lost = acknowledged.filter((mid) => {
		const { verdict = '', code = '' } = ledger.get(mid) ?? {};
		// Steps that several people took on one thing may come in another order this time: a person sees the one that came too late.
		const cameTooLate = code === 'wrong_state' && tray.has(mid);
		return !['ok', 'conflict'].includes(verdict) && !cameTooLate;
	});
	if (lost.length > 0)
		throw new Broken(
			'what was acknowledged is done',
			lost.map((mid) => ({ mid, ledger: ledger.get(mid), tray: tray.get(mid) }))
		);
	await checkEffects(backend, acknowledged);
	await checkDurable(backend, phones);
	for (const phone of phones) {
		await checkQuiet(phone);
		await checkConverged(backend, phone);
	}
}

const stretch = (minLength: number, maxLength: number) =>
	fc.array(meetings, { minLength, maxLength, size: 'max' });
const RUNS = 4;

test(
	'a server that is set back loses nothing that it had acknowledged',
	async () => {
		await fc.assert(
			fc.asyncProperty(
				stretch(0, 8),
				stretch(10, 20),
				stretch(0, 8),
				fc.boolean(),
				async (before, since, after, told) => {
					const phones = await threePhones();
					await play(phones, before);
					backup = await Backup.take(backend);
					await play(phones, since);
					const acknowledged = (await Promise.all(phones.map(acknowledgedOn))).flat();
					await backup.restore(told);
					await play(phones, after);
					await comeBack(phones);
					await checkNothingLost(phones, acknowledged);
					for (const phone of phones) phone.db.close();
				}
			),
			propertyOptions(RUNS)
		);
	},
	programTimeoutMs(RUNS)
);
