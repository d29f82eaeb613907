/** PouchDB against a CouchDB-like server: one database for the person, documents found by keys that begin with their case. */
import idb from 'pouchdb-adapter-idb';
import http from 'pouchdb-adapter-http';
import PouchDB from 'pouchdb-core';
import replication from 'pouchdb-replication';
import { WORK_TABLES, type Client, type Edit, type Settings, type WorkTable } from '../contract.ts';

PouchDB.plugin(idb).plugin(http).plugin(replication);

const LAST = '\uffff';

class PouchClient implements Client {
	readonly #db = new PouchDB('peer');
	#remote!: InstanceType<typeof PouchDB>;
	#batch = 1000;

	async open({ url, batch }: Settings): Promise<void> {
		this.#remote = new PouchDB(`${url}/couch/work`, { skip_setup: true });
		this.#batch = batch;
		await this.#db.info();
	}

	async sync(): Promise<void> {
		await this.#db.sync(this.#remote, { batch_size: this.#batch, batches_limit: 10 });
	}

	async save(edits: readonly Edit[]): Promise<void> {
		for (const edit of edits) {
			if (edit.kind === 'change_visit') {
				const visit = await this.#db.get(keyOf(edit.caseId, 'visits', edit.id));
				await this.#db.put({ ...visit, [edit.field]: edit.value });
			} else {
				const table = edit.kind === 'add_message' ? 'messages' : 'measurements';
				await this.#db.put({ _id: keyOf(edit.row.case_id, table, edit.row.id), ...edit.row });
			}
		}
	}

	async rowsOfCase(caseId: string) {
		return await this.#documents(`${caseId}:`, `${caseId}:${LAST}`);
	}

	async dump() {
		const documents = await this.#documents('', LAST);
		const [visits = [], measurements = [], messages = []] = WORK_TABLES.map((table) =>
			documents.filter(({ _id }) => String(_id).includes(`:${table}:`))
		);
		return { visits, measurements, messages };
	}

	async #documents(startkey: string, endkey: string) {
		const { rows } = await this.#db.allDocs({ startkey, endkey, include_docs: true });
		return rows.map(({ doc }: { doc: Record<string, unknown> }) => doc);
	}
}

function keyOf(caseId: string, table: WorkTable, id: string): string {
	return `${caseId}:${table}:${id}`;
}

globalThis.client = new PouchClient();
