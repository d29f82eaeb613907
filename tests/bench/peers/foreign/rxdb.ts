/** RxDB with its own Supabase replication, one collection and one replication a table, as its documentation sets it up. */
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { createRxDatabase, type RxCollection, type RxDatabase } from 'rxdb/plugins/core';
import { replicateSupabase } from 'rxdb/plugins/replication-supabase';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { WORK_TABLES, type Client, type Edit, type Settings, type WorkTable } from '../contract.ts';

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const key = { type: 'string', maxLength: 40 };

const COLUMNS = {
	visits: {
		worker_id: text,
		worker_name: text,
		starts_at: text,
		ends_at: text,
		status: text,
		note: textOrNull
	},
	measurements: {
		kind: text,
		value: { type: 'number' },
		value2: { type: ['number', 'null'] },
		measured_at: text,
		note: textOrNull,
		author_name: text,
		recorded_at: text
	},
	messages: { body: text, author_name: text, audience: text, recorded_at: text }
} as const;

type Document = Record<string, unknown>;
type Collections = Record<WorkTable, RxCollection<Document>>;

class RxdbClient implements Client {
	#db!: RxDatabase<Collections>;
	#supabase!: SupabaseClient;
	#settings!: Settings;

	async open(settings: Settings): Promise<void> {
		this.#settings = settings;
		this.#supabase = createClient(settings.url, settings.key, {
			accessToken: () => Promise.resolve(settings.token)
		});
		this.#db = await createRxDatabase<Collections>({
			name: 'peer',
			storage: getRxStorageDexie(),
			multiInstance: false
		});
		await this.#db.addCollections(
			Object.fromEntries(WORK_TABLES.map((table) => [table, { schema: schemaOf(table) }])) as never
		);
	}

	async sync(): Promise<void> {
		const replications = WORK_TABLES.map((table) =>
			replicateSupabase({
				client: this.#supabase,
				collection: this.#db[table],
				tableName: `rx_${table}`,
				replicationIdentifier: `peer-${table}`,
				live: false,
				waitForLeadership: false,
				retryTime: this.#settings.retryMs,
				pull: { batchSize: this.#settings.batch },
				push: { batchSize: 50 }
			})
		);
		try {
			await Promise.all(replications.map((replication) => replication.awaitInitialReplication()));
		} finally {
			await Promise.all(replications.map((replication) => replication.cancel()));
		}
	}

	async save(edits: readonly Edit[]): Promise<void> {
		for (const edit of edits) {
			if (edit.kind === 'change_visit') {
				const visit = await this.#db.visits.findOne(edit.id).exec();
				await visit?.incrementalPatch({ [edit.field]: edit.value });
			} else {
				const table = edit.kind === 'add_message' ? 'messages' : 'measurements';
				await this.#db[table].insert(edit.row);
			}
		}
	}

	async rowsOfCase(caseId: string) {
		const found = await Promise.all(
			WORK_TABLES.map((table) => this.#db[table].find({ selector: { case_id: caseId } }).exec())
		);
		return found.flat().map((document) => document.toJSON());
	}

	async dump() {
		const [visits = [], measurements = [], messages = []] = await Promise.all(
			WORK_TABLES.map(async (table) => {
				const documents = await this.#db[table].find().exec();
				return documents.map((document) => document.toJSON());
			})
		);
		return { visits, measurements, messages };
	}
}

function schemaOf(table: WorkTable) {
	return {
		version: 0,
		primaryKey: 'id',
		type: 'object',
		properties: { id: key, case_id: key, ...COLUMNS[table] },
		required: ['id', 'case_id'],
		indexes: ['case_id']
	};
}

globalThis.client = new RxdbClient();
