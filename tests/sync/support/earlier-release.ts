/** A phone on which an earlier release has worked: its store as that release laid it out, its outbox in any state, the server's ledger to match. */
import { readdirSync, readFileSync } from 'node:fs';
import Dexie from 'dexie';
import { IDBKeyRange } from 'fake-indexeddb';
import { databaseName } from '#lib/db/local-db-name.ts';
import { deleteLocalDb } from '#lib/db/local-db.ts';
import type { OutboxEntry } from '#lib/db/records.ts';
import { readClient } from '#lib/sync/client-record.ts';
import type { Backend } from './backend.ts';
import { Phone } from './phone.ts';
import { tell } from './twin.ts';
import type { World } from './world.ts';

/** What a release left on its phones: tests/fixtures/outbox-v<number>.json, written by `node scripts/freeze-outbox.ts <number>`. */
export interface EarlierRelease {
	readonly file: string;
	readonly schemaVersion: number;
	readonly stores: Readonly<Record<string, string>>;
	/** Which of them a server refuses, and why. */
	readonly refused: readonly (readonly [name: string, code: string])[];
	readonly entries: readonly OutboxEntry[];
}

const FOLDER = new URL('../../fixtures/', import.meta.url);
export const EARLIER_RELEASES: readonly EarlierRelease[] = readdirSync(FOLDER)
	.filter((file) => /^outbox-v\d+\.json$/.test(file))
	.sort()
	.map((file) => {
		// Written by that release.
		const frozen = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as EarlierRelease;
		return { ...frozen, file };
	});

/** How far the release had come with an intent. */
export type Fate =
	| 'never sent'
	| 'sent, and lost on the way'
	| 'sent and done, and the answer lost'
	| 'refused'
	| 'blocked'
	/** In the tray without the server having said so. */
	| 'parked';

export const FATES: readonly Fate[] = [
	'never sent',
	'sent, and lost on the way',
	'sent and done, and the answer lost',
	'refused',
	'blocked',
	'parked'
];

/** One intent of every kind that the release could record, of the supervisor of this world; each call makes ids of its own. */
export function intentsOf(release: EarlierRelease, world: World): OutboxEntry[] {
	const text = JSON.stringify(release.entries)
		.replaceAll('11111111-0000-7000-8000-', crypto.randomUUID().slice(0, 24))
		.replaceAll('{{org}}', world.orgId)
		.replaceAll('{{case}}', world.caseIds[0])
		.replaceAll('{{me}}', world.supervisor.userId)
		.replaceAll('{{worker}}', world.worker.userId)
		.replaceAll('{{family}}', world.family.userId);
	// That release wrote these.
	return JSON.parse(text) as OutboxEntry[];
}

/** The supervisor's phone, synced once, as the release left it with these intents; opened by the present release, which has sent nothing yet. */
export async function phoneOf(
	release: EarlierRelease,
	backend: Backend,
	world: World,
	intents: readonly (readonly [OutboxEntry, Fate])[]
): Promise<Phone> {
	const phone = await Phone.signedIn(backend, world.supervisor);
	await phone.sync();
	const client = await readClient(phone.db);
	if (!client) throw new Error('A phone that has synced is somebody');
	let lastN = 0;
	const outbox: OutboxEntry[] = [];
	for (const [entry, fate] of intents) {
		const n = fate === 'never sent' || fate === 'parked' ? null : ++lastN;
		outbox.push({ ...entry, ...traceOf(fate), n, attempts: n === null ? 0 : 1 });
		if (n !== null && fate !== 'sent, and lost on the way')
			await haveHeard(backend, world, { client: client.id, n, entry, fate });
	}
	const rows = new Map<string, unknown[]>();
	for (const table of phone.db.tables) rows.set(table.name, await table.toArray());
	const shadow = await Promise.all(
		touchedBy(outbox).map(async ({ table, id }) => ({
			table,
			id,
			row: (await phone.db.anyRows(table).get(id)) ?? null
		}))
	);
	const answered = outbox.filter(({ verdict }) => verdict !== null).map(({ n }) => n ?? 0);
	rows.set('meta', [{ ...client, nextN: lastN + 1, ackedN: Math.max(0, ...answered) }]);
	await layOut(release, phone, rows.set('outbox', outbox).set('shadow', shadow));
	return phone;
}

function traceOf(fate: Fate): Partial<OutboxEntry> {
	switch (fate) {
		case 'refused':
			return { state: 'attention', verdict: 'rejected', code: 'not_allowed' };
		case 'blocked':
			return {
				state: 'attention',
				verdict: 'blocked',
				code: 'depends_on_rejected',
				data: { n: 1 }
			};
		case 'parked':
			return { state: 'attention', code: 'access_ended' };
		default:
			return { state: 'pending' };
	}
}

async function haveHeard(
	backend: Backend,
	world: World,
	told: { client: string; n: number; entry: OutboxEntry; fate: Fate }
): Promise<void> {
	const { client, n, entry, fate } = told;
	const user_id = world.supervisor.userId;
	if (fate === 'sent and done, and the answer lost')
		return await tell(backend, { client_id: client, n, user_id }, entry);
	await backend.sql(
		`with told as (
			insert into private.sync_mutations (client_id, n, mid, user_id, name, args, verdict, code)
			values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8) returning *
		), owed as (
			insert into private.sync_debts (client_id, row_id, mid, n)
			select client_id, unnest(private.made_by(args)), mid, n from told
		) select 1`,
		[
			client,
			n,
			entry.mid,
			user_id,
			entry.mutation.name,
			JSON.stringify(entry.mutation.args),
			fate === 'refused' ? 'rejected' : 'blocked',
			fate === 'refused' ? 'not_allowed' : 'depends_on_rejected'
		]
	);
	await backend.sql('update private.sync_clients set last_n = $2 where id = $1', [client, n]);
}

function touchedBy(outbox: readonly OutboxEntry[]): OutboxEntry['touches'] {
	const touched = outbox
		.filter(({ state }) => state === 'pending')
		.flatMap(({ touches }) => touches);
	return [...new Map(touched.map((ref) => [`${ref.table}/${ref.id}`, ref])).values()];
}

/** In the place of the phone's store, one of that release with these records. */
async function layOut(
	{ schemaVersion, stores }: EarlierRelease,
	phone: Phone,
	records: ReadonlyMap<string, unknown[]>
): Promise<void> {
	phone.db.close();
	await deleteLocalDb(phone.me.userId, { indexedDB: phone.indexedDB, IDBKeyRange });
	const old = new Dexie(databaseName(phone.me.userId), {
		indexedDB: phone.indexedDB,
		IDBKeyRange
	});
	old.version(schemaVersion).stores({ ...stores });
	for (const table of Object.keys(stores)) await old.table(table).bulkAdd(records.get(table) ?? []);
	old.close();
	phone.reopen();
}
