/** Random days on several phones: what people tap, when phones meet the server, and what goes wrong meanwhile. */
import fc from 'fast-check';
import type { Fault } from './faulty-fetch.ts';
import { FAULTS } from './faulty-fetch.ts';
import { legitimateIntent, REFUSED } from './intents.ts';
import { checkView } from './invariants.ts';
import type { Phone } from './phone.ts';
import type { StorageFault } from './storage-faults.ts';

export type Step =
	| { readonly kind: 'tap'; readonly phone: number; readonly what: number; readonly which: number }
	| {
			readonly kind: 'refused_tap';
			readonly phone: number;
			readonly what: number;
			readonly which: number;
	  }
	| { readonly kind: 'round'; readonly phone: number; readonly fault: Fault }
	| { readonly kind: 'sync'; readonly phone: number }
	| {
			readonly kind: 'storage';
			readonly phone: number;
			readonly fault: StorageFault;
			readonly writes: number;
			readonly during: 'tap' | 'round';
	  }
	| { readonly kind: 'clock'; readonly phone: number; readonly hours: number };

const phone = fc.nat(7);
const choice = { what: fc.nat(999), which: fc.nat(999) };
const tap = fc.record({ kind: fc.constant('tap' as const), phone, ...choice });
const round = fc.record({
	kind: fc.constant('round' as const),
	phone,
	fault: fc.constantFrom<Fault>(...FAULTS, 'none', 'none', 'none')
});
const sync = fc.record({ kind: fc.constant('sync' as const), phone });
const storage = fc.record({
	kind: fc.constant('storage' as const),
	phone,
	fault: fc.constantFrom<StorageFault>('page_killed', 'disk_full', 'connection_lost'),
	writes: fc.nat(12),
	during: fc.constantFrom('tap' as const, 'round' as const)
});
const clock = fc.record({
	kind: fc.constant('clock' as const),
	phone,
	hours: fc.constantFrom(-24, -1, 1, 24)
});

export const refusedTap = fc.record({
	kind: fc.constant('refused_tap' as const),
	phone,
	...choice
});

/** Legitimate work under every fault. */
export const faultyDays = fc.array(
	fc.oneof(
		{ weight: 5, arbitrary: tap },
		{ weight: 4, arbitrary: round },
		{ weight: 1, arbitrary: sync },
		{ weight: 1, arbitrary: storage },
		{ weight: 1, arbitrary: clock }
	),
	{ minLength: 20, maxLength: 45 }
);

/** The same, with much to do between the faults. */
export const busyDays = fc.array(
	fc.oneof(
		{ weight: 12, arbitrary: tap },
		{ weight: 5, arbitrary: round },
		{ weight: 1, arbitrary: sync },
		{ weight: 1, arbitrary: storage },
		{ weight: 1, arbitrary: clock }
	),
	{ minLength: 50, maxLength: 80, size: 'max' }
);

/** People work and phones meet the server, through faults or not; stores and clocks are well. */
export const meetings: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 5, arbitrary: tap },
	{ weight: 2, arbitrary: round },
	{ weight: 3, arbitrary: sync }
);

/** Plays the steps; after each, the phone concerned shows exactly what it should. */
export async function play(phones: readonly Phone[], steps: readonly Step[]): Promise<void> {
	for (const step of steps) await checkView(await playStep(phones, step));
}

/** @returns the phone concerned */
export async function playStep(phones: readonly Phone[], step: Step): Promise<Phone> {
	const at = phones[step.phone % phones.length];
	if (!at) throw new Error('A program needs phones');
	await playOn(at, step);
	return at;
}

/** No more faults; everybody sends what they have, and then everybody asks for what the others sent. */
export async function comeToRest(phones: readonly Phone[]): Promise<void> {
	for (const each of phones) {
		each.storage.heal();
		each.retryStorage();
		each.network.coming.length = 0;
		each.network.always = () => 'none';
		each.network.offline = false;
		await each.network.deliverLate();
	}
	for (const each of phones) await each.syncUntilQuiet();
	for (const each of phones) await each.syncUntilQuiet();
}

async function playOn(at: Phone, step: Step): Promise<void> {
	switch (step.kind) {
		case 'tap':
			return await tapOnce(at, step);
		case 'refused_tap': {
			const [first] = await at.db.cases.toArray();
			const intent = REFUSED[step.what % REFUSED.length];
			if (first && intent) await at.commit(intent(at, first.id));
			return;
		}
		case 'round':
			at.network.coming.push(step.fault);
			await at.round();
			return;
		case 'sync':
			await at.sync();
			return;
		case 'storage':
			return await withStorageFault(at, step);
		case 'clock':
			at.clockShiftMs += step.hours * 3_600_000;
	}
}

async function tapOnce(at: Phone, draw: { what: number; which: number }): Promise<void> {
	const intent = await legitimateIntent(at, draw);
	if (intent) await at.commit(intent);
}

async function withStorageFault(
	at: Phone,
	step: Extract<Step, { kind: 'storage' }>
): Promise<void> {
	const intent =
		step.during === 'tap'
			? await legitimateIntent(at, { what: step.writes, which: step.writes })
			: null;
	at.storage.failAfter(step.writes, step.fault);
	try {
		if (intent) await at.commit(intent);
		else await at.round();
	} catch {
		// The screen was told that nothing was saved.
	}
	if (step.fault === 'page_killed') at.reopen();
	at.storage.heal();
}
