/** Takes up work that another phone of the same person saved to a file. */
import type { Tx } from '#lib/db/local-db.ts';
import { SYNC_STORES } from '#lib/db/local-db.ts';
import { storeIntent, type CommitContext } from './commit.ts';
import type { BroughtBack, UnsentWork } from './workspace.ts';
import { Writes } from './writes.ts';

/**
 * Each intent keeps its identity, so that one which had reached the server after all is not done twice: the server answers as it
 * did before. A draft that this phone has of the same form stays as it is. All or nothing.
 * @throws {StorageError} nothing was stored
 */
export async function bringBack(
	context: Pick<CommitContext, 'db' | 'me' | 'nowMs'>,
	{ entries, drafts }: UnsentWork
): Promise<BroughtBack> {
	const { db } = context;
	return await db.inTransaction('rw', [...SYNC_STORES, 'drafts'], async (tx) => {
		const writes = new Writes();
		let added = 0;
		for (const { mid, mutation, base, offsetMs } of entries) {
			if (await isKnown(tx, mid)) continue;
			await storeIntent(tx, writes, context, { mid, mutation, base, offsetMs, holdMs: 0 });
			added += 1;
		}
		await writes.done();
		const present = await tx.drafts.bulkGet(drafts.map(({ key }) => key));
		await tx.drafts.bulkPut(drafts.filter((_, index) => present[index] === undefined));
		return { added, known: entries.length - added };
	});
}

async function isKnown(tx: Tx, mid: string): Promise<boolean> {
	return (await tx.outbox.where('mid').equals(mid).count()) > 0 || !!(await tx.journal.get(mid));
}
