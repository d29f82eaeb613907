/** A phone breaks with unsent work; the file that it saved is taken up by another phone of the same person. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { unsentWork } from '#lib/db/queries/settings.ts';
import { bringBack } from '#lib/sync/bring-back.ts';
import { attentionTray } from '#lib/sync/outbox.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { checkConverged, checkQuiet, checkView, ledgerOf } from './support/invariants.ts';
import { REFUSED } from './support/intents.ts';
import { Phone } from './support/phone.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

test('what was never sent, sent and not heard, or refused on the broken phone stands in the ledger once', async () => {
	const broken = await Phone.signedIn(backend, world.nurse);
	await broken.sync();
	const caseId = (await broken.db.cases.toArray())[0]!.id;
	const measured = (value: number) =>
		({
			name: 'measurement.add',
			args: {
				row: {
					id: broken.newId(),
					case_id: caseId,
					kind: 'pulse',
					value,
					measured_at: broken.now()
				}
			}
		}) as const;
	const [refused] = await broken.commit(REFUSED[0]!(broken, caseId));
	await broken.sync();
	const [unheard] = await broken.commit(measured(71));
	broken.network.coming.push('drop_answer');
	expect((await broken.sync()).kind).toBe('failed');
	const [unsent] = await broken.commit(measured(72));
	const mids = [refused!, unheard!, unsent!];
	const saved = await unsentWork(broken.db);
	expect(saved.entries.map(({ mid }) => mid)).toEqual(mids);

	const spare = await Phone.signedIn(backend, world.nurse);
	await spare.sync();
	const context = { db: spare.db, me: spare.me, nowMs: spare.clock.nowMs() };
	expect(await bringBack(context, saved)).toEqual({ added: 3, known: 0 });
	await checkView(spare);
	expect(await bringBack(context, saved)).toEqual({ added: 0, known: 3 });
	await spare.syncUntilQuiet();
	expect((await attentionTray(spare.db)).map(({ mid }) => mid)).toEqual([refused]);
	expect(await bringBack(context, saved), 'sent ones are known from the journal').toEqual({
		added: 0,
		known: 3
	});

	// The broken phone is found under the seat, and works.
	await broken.syncUntilQuiet();
	const ledger = await ledgerOf(backend, mids);
	expect(ledger.map(({ verdict }) => verdict).sort()).toEqual(['ok', 'ok', 'rejected']);
	const values = await spare.db.measurements.where('case_id').equals(caseId).toArray();
	expect(values.map(({ value }) => value).filter((value) => value === 71 || value === 72)).toEqual([
		71, 72
	]);
	for (const phone of [spare, broken]) {
		await checkView(phone);
		await checkConverged(backend, phone);
	}
});

test('a draft that this phone has of the same form stays as it is', async () => {
	const phone = await Phone.signedIn(backend, world.nurse);
	const savedAt = phone.now();
	await phone.db.drafts.put({ key: 'a', value: 'typed here', savedAt });
	await bringBack(
		{ db: phone.db, me: phone.me, nowMs: phone.clock.nowMs() },
		{
			entries: [],
			drafts: ['a', 'b'].map((key) => ({ key, value: 'from the file', savedAt }))
		}
	);
	const drafts = await phone.db.drafts.toArray();
	expect(drafts.map(({ value }) => value)).toEqual(['typed here', 'from the file']);
	await phone.sync();
	await checkQuiet(phone);
});
