/** Intents on which the server fails each time: out of the way of the others, in the tray, and tried again now and then. */
import type { LocalDb, Tx } from '#lib/db/local-db.ts';
import { SYNC_STORES } from '#lib/db/local-db.ts';
import type { OutboxEntry } from '#lib/db/records.ts';
import { keepShadows, rebuildView } from './view.ts';
import { Writes } from './writes.ts';

const CODE = 'server_error';

/** It stays unanswered, with its number and identity: the server may have done it after all. */
export async function setAside(db: LocalDb, mid: string): Promise<void> {
	await db.inTransaction('rw', SYNC_STORES, async (tx) => {
		const entry = await tx.outbox.where('mid').equals(mid).first();
		if (entry?.refusalForgotten) await tx.outbox.update(entry.order, { refusalForgotten: false });
		if (entry?.state !== 'pending') return;
		await tx.outbox.update(entry.order, { state: 'attention', code: CODE });
		await rebuildView(tx);
	});
}

/** The server may have been repaired: puts them back without a person having to. */
export async function retrySetAside(db: LocalDb): Promise<void> {
	// Asked first: a transaction that writes would hold up every screen that is just opening.
	if ((await entriesAside(db)).length === 0) return;
	await db.inTransaction('rw', SYNC_STORES, async (tx) => {
		const writes = new Writes();
		for (const entry of await entriesAside(tx)) {
			await keepShadows(tx, writes, entry.touches);
			writes.add(tx.outbox.put({ ...entry, state: 'pending', code: null }));
		}
		await writes.done();
		await rebuildView(tx);
	});
}

async function entriesAside({ outbox }: Pick<Tx, 'outbox'>): Promise<OutboxEntry[]> {
	const entries = await outbox.where('state').equals('attention').toArray();
	return entries.filter(({ code }) => code === CODE);
}
