/** This phone's identity towards the server, kept in the store. Functions run inside a transaction of the caller. */
import type { Tx } from '#lib/db/local-db.ts';
import type { ClientRecord } from '#lib/db/records.ts';

export async function loadClient(
	{ meta }: Pick<Tx, 'meta'>,
	newId: () => string
): Promise<ClientRecord> {
	const record = await meta.get('client');
	if (record?.key === 'client') return record;
	const fresh: ClientRecord = {
		key: 'client',
		id: newId(),
		epoch: null,
		nextN: 1,
		ackedN: 0,
		round: 0,
		clockOffsetMs: null,
		lastSyncedAt: null,
		firstSyncDone: false
	};
	await meta.put(fresh);
	return fresh;
}

/** The record if this phone has ever spoken to the server. */
export async function readClient({ meta }: Pick<Tx, 'meta'>): Promise<ClientRecord | undefined> {
	const record = await meta.get('client');
	return record?.key === 'client' ? record : undefined;
}

/** What the server knows this phone's app by; null before it has ever spoken to it. */
export async function readClientId(store: Pick<Tx, 'meta'>): Promise<string | null> {
	return (await readClient(store))?.id ?? null;
}
