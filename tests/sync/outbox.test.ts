/**
 * Invariant 10: an outbox as an earlier release wrote it, byte for byte, opens and is sent by the present one. Whatever it holds, in
 * whatever state it was left and with faults on the line, every entry ends in the ledger once or in the tray with a reason; and what
 * a person sends again from there does, too.
 */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import type { OutboxEntry } from '#lib/db/records.ts';
import { isMark } from '#lib/domain/mutations/catalogue.ts';
import { attentionTray, resendIntent } from '#lib/sync/outbox.ts';
import { programTimeoutMs, propertyOptions } from '../fixtures/property.ts';
import { EmbeddedBackend } from './support/backend.ts';
import {
	EARLIER_RELEASES,
	FATES,
	intentsOf,
	phoneOf,
	type Fate
} from './support/earlier-release.ts';
import { FAULTS, type Fault } from './support/faulty-fetch.ts';
import { checkConverged, checkQuiet, checkView, ledgerOf } from './support/invariants.ts';
import type { Phone } from './support/phone.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());
const RUNS = 6;
// Printed before the console is quiet.
const options = propertyOptions(RUNS);

beforeAll(() => {
	// The engine says on the console what the injected faults do, and which intents it cannot show.
	vi.spyOn(console, 'error').mockImplementation(() => undefined);
	vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});

test.for(EARLIER_RELEASES)(
	'every kind of intent of $file still goes through; what this server does not know waits in the tray',
	async (release) => {
		const entries = intentsOf(release, world);
		const phone = await phoneOf(
			release,
			backend,
			world,
			entries.map((entry) => [entry, 'never sent'])
		);
		await phone.syncUntilQuiet();
		const names = new Map(entries.map(({ mid, mutation }) => [mid, mutation.name]));
		const ledger = await ledgerOf(backend, [...names.keys()]);
		const refused = ledger
			.filter(({ verdict }) => verdict !== 'ok')
			.map(({ mid, code }) => [names.get(mid), code]);
		expect(ledger).toHaveLength(entries.length);
		expect(refused.sort()).toEqual(release.refused);
		expect((await attentionTray(phone.db)).map(({ mutation }) => mutation.name).sort()).toEqual(
			release.refused.flatMap(([name]) => (isMark(name) ? [] : [name]))
		);
		await checkView(phone);
		await checkConverged(backend, phone);
	}
);

/** How each of these intents stands: in the server's ledger (by its verdict) or in this phone's tray. */
async function accountFor(
	phone: Phone,
	intents: readonly Pick<OutboxEntry, 'mid' | 'mutation'>[]
): Promise<string[]> {
	const mids = intents.map(({ mid }) => mid);
	const ledger = await ledgerOf(backend, mids);
	const tray = new Map((await attentionTray(phone.db)).map((entry) => [entry.mid, entry]));
	return intents.map(({ mid, mutation }) => {
		const rows = ledger.filter((row) => row.mid === mid);
		const waiting = tray.get(mid);
		if (rows.length > 1) return 'in the ledger twice';
		if (waiting) return waiting.code ? 'in the tray' : 'in the tray without a reason';
		if (isMark(mutation.name)) return 'a mark, which is nobody’s work';
		if (!rows[0]) return 'nowhere';
		return ['ok', 'conflict'].includes(rows[0].verdict) ? 'done' : 'refused, and not in the tray';
	});
}

const GOOD = ['done', 'in the tray', 'a mark, which is nobody’s work'];
const fatesOf = (count: number) =>
	fc.array(fc.option(fc.constantFrom<Fate>('never sent', ...FATES)), {
		minLength: count,
		maxLength: count
	});
const faults = fc.array(fc.constantFrom<Fault>(...FAULTS), { maxLength: 6 });

test.for(EARLIER_RELEASES)(
	'whatever $file left in the outbox, every entry ends in the ledger once or in the tray; and from there, sent again, in the ledger',
	{ timeout: programTimeoutMs(RUNS) },
	async (release) => {
		const fates = fatesOf(release.entries.length);
		await fc.assert(
			fc.asyncProperty(fates, faults, faults, async (left, onTheWay, onTheSecondWay) => {
				const entries = intentsOf(release, world).flatMap((entry, index) => {
					const fate = left[index];
					return fate ? [[entry, fate] as const] : [];
				});
				const phone = await phoneOf(release, backend, world, entries);
				phone.network.coming.push(...onTheWay);
				await phone.syncUntilQuiet();
				await checkQuiet(phone);
				await checkView(phone);
				for (const [index, account] of (
					await accountFor(
						phone,
						entries.map(([entry]) => entry)
					)
				).entries())
					expect(GOOD, `${JSON.stringify(entries[index])}: ${account}`).toContain(account);

				// A person sends everything again, from the top of the tray.
				for (const { mid } of await attentionTray(phone.db))
					await resendIntent(phone.db, mid, undefined, phone.clock.nowMs(), () => phone.newId());
				const again = await phone.db.outbox.toArray();
				phone.network.coming.push(...onTheSecondWay);
				await phone.syncUntilQuiet();
				await checkQuiet(phone);
				await checkView(phone);
				await checkConverged(backend, phone);
				for (const account of await accountFor(phone, again)) expect(GOOD).toContain(account);
				phone.db.close();
			}),
			options
		);
	}
);
