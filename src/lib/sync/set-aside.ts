/** Intents on which the server fails each time: out of the way of the others, in the tray, and tried again now and then. */
import type { LocalDb } from '#lib/db/local-db.ts';
import { SYNC_STORES } from '#lib/db/local-db.ts';
import { keepShadows, loadRows, rebuildView } from './view.ts';

const CODE = 'server_error';

/** It stays unanswered, with its number and identity: the server may have done it after all. */
export async function setAside(db: LocalDb, mid: string): Promise<void> {
	await db.inTransaction('rw', SYNC_STORES, async () => {
		const entry = await db.outbox.where('mid').equals(mid).first();
		if (entry?.state !== 'pending') return;
		await db.outbox.update(entry.order, { state: 'attention', code: CODE });
		await rebuildView(db);
	});
}

/** The server may have been repaired: puts them back without a person having to. */
export async function retrySetAside(db: LocalDb): Promise<void> {
	await db.inTransaction('rw', SYNC_STORES, async () => {
		const entries = await db.outbox.where('state').equals('attention').toArray();
		for (const entry of entries.filter(({ code }) => code === CODE)) {
			await keepShadows(db, await loadRows(db, entry.touches), entry.touches);
			await db.outbox.update(entry.order, { state: 'pending', code: null });
		}
		await rebuildView(db);
	});
}
