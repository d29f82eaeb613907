/** Intents on which the server fails each time: out of the way of the others, in the tray, and tried again now and then. */
import type { LocalDb } from '#lib/db/local-db.ts';
import { SYNC_STORES } from '#lib/db/local-db.ts';
import type { OutboxEntry } from '#lib/db/records.ts';
import { keepShadows, rebuildView } from './view.ts';

const CODE = 'server_error';

/** It stays unanswered, with its number and identity: the server may have done it after all. */
export async function setAside(db: LocalDb, mid: string): Promise<void> {
	await db.inTransaction('rw', SYNC_STORES, async () => {
		const entry = await db.outbox.where('mid').equals(mid).first();
		if (entry?.refusalForgotten) await db.outbox.update(entry.order, { refusalForgotten: false });
		if (entry?.state !== 'pending') return;
		await db.outbox.update(entry.order, { state: 'attention', code: CODE });
		await rebuildView(db);
	});
}

/** The server may have been repaired: puts them back without a person having to. */
export async function retrySetAside(db: LocalDb): Promise<void> {
	// Asked first: a transaction that writes would hold up every screen that is just opening.
	if ((await entriesAside(db)).length === 0) return;
	await db.inTransaction('rw', SYNC_STORES, async () => {
		for (const entry of await entriesAside(db)) {
			await keepShadows(db, entry.touches);
			await db.outbox.update(entry.order, { state: 'pending', code: null });
		}
		await rebuildView(db);
	});
}

async function entriesAside(db: LocalDb): Promise<OutboxEntry[]> {
	const entries = await db.outbox.where('state').equals('attention').toArray();
	return entries.filter(({ code }) => code === CODE);
}
