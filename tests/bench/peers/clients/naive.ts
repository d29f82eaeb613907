/** The naive way, as many apps begin: select what changed since the latest `updated_at`, upsert what is marked as changed here. */
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import Dexie, { type Table } from 'dexie';
import { WORK_TABLES, type Client, type Edit, type Settings, type WorkTable } from '../contract.ts';

interface NaiveRow extends Record<string, unknown> {
	readonly id: string;
	readonly updated_at?: string;
	/** 1 = to be sent; IndexedDB has no index on booleans. */
	readonly changed: 0 | 1;
}

const EPOCH = '1970-01-01T00:00:00Z';

class NaiveClient implements Client {
	readonly #db = new Dexie('naive');
	#supabase!: SupabaseClient;
	#batch = 1000;

	async open({ url, key, token, batch }: Settings): Promise<void> {
		this.#db.version(1).stores({
			visits: 'id, case_id, changed',
			measurements: 'id, case_id, changed',
			messages: 'id, case_id, changed',
			cursors: 'table'
		});
		await this.#db.open();
		this.#batch = batch;
		this.#supabase = createClient(url, key, { accessToken: () => Promise.resolve(token) });
	}

	async sync(): Promise<void> {
		for (const table of WORK_TABLES) await this.#push(table);
		for (const table of WORK_TABLES) await this.#pull(table);
	}

	async save(edits: readonly Edit[]): Promise<void> {
		for (const edit of edits) {
			if (edit.kind === 'change_visit') {
				await this.#rows('visits').update(edit.id, { [edit.field]: edit.value, changed: 1 });
			} else {
				const table = edit.kind === 'add_message' ? 'messages' : 'measurements';
				await this.#rows(table).put({ ...edit.row, changed: 1 });
			}
		}
	}

	async rowsOfCase(caseId: string) {
		const found = await Promise.all(
			WORK_TABLES.map((table) => this.#rows(table).where('case_id').equals(caseId).toArray())
		);
		return found.flat();
	}

	async dump() {
		const [visits = [], measurements = [], messages = []] = await Promise.all(
			WORK_TABLES.map((table) => this.#rows(table).toArray())
		);
		return { visits, measurements, messages };
	}

	async #push(table: WorkTable): Promise<void> {
		const changed = await this.#rows(table).where('changed').equals(1).toArray();
		if (changed.length === 0) return;
		// updated_at is the server's to say.
		const rows = changed.map(({ changed: _changed, updated_at: _updated, ...row }) => row);
		const { error } = await this.#supabase.from(`naive_${table}`).upsert(rows);
		if (error) throw new Error(error.message);
		await this.#rows(table)
			.where('id')
			.anyOf(changed.map(({ id }) => id))
			.modify({ changed: 0 });
	}

	async #pull(table: WorkTable): Promise<void> {
		const cursors: Table<{ table: string; at: string }> = this.#db.table('cursors');
		const since = (await cursors.get(table))?.at ?? EPOCH;
		for (let from = 0; ; from += this.#batch) {
			const { data, error } = await this.#supabase
				.from(`naive_${table}`)
				.select('*')
				.gt('updated_at', since)
				.order('updated_at')
				.range(from, from + this.#batch - 1)
				.overrideTypes<NaiveRow[], { merge: false }>();
			if (error) throw new Error(error.message);
			await this.#rows(table).bulkPut(data.map((row) => ({ ...row, changed: 0 as const })));
			const latest = data.at(-1)?.updated_at;
			if (latest !== undefined) await cursors.put({ table, at: latest });
			if (data.length < this.#batch) return;
		}
	}

	#rows(table: WorkTable): Table<NaiveRow, string> {
		return this.#db.table(table);
	}
}

globalThis.client = new NaiveClient();
