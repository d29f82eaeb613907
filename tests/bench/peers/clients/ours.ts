/** Connect 10's own engine in a page: the store, the cycle and the port that the product uses. */
import { LocalDb } from '#lib/db/local-db.ts';
import { uuidV7 } from '#lib/domain/ids.ts';
import { RpcPort } from '#lib/remote/rpc-port.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import { commitIntents, type Intent } from '#lib/sync/commit.ts';
import { Cycle } from '#lib/sync/cycle.ts';
import { browserClock, browserRandom } from '#lib/sync/environment.ts';
import type { Me } from '#lib/sync/workspace.ts';
import type { Client, Edit, Settings } from '../contract.ts';

const HOUR_MS = 3_600_000;

class OwnClient implements Client {
	#db!: LocalDb;
	#cycle!: Cycle;
	#me!: Me;

	async open({ url, key, token, userId, displayName, orgId }: Settings): Promise<void> {
		const sessions = new SessionStore();
		const email = 'nurse@example.org';
		const expiresAtMs = Date.now() + HOUR_MS;
		sessions.write({ userId, email, accessToken: token, refreshToken: '', expiresAtMs });
		const config = { supabaseUrl: url, publishableKey: key, version: '' };
		this.#me = { userId, email, displayName, memberships: [{ orgId, orgName: '', role: 'nurse' }] };
		this.#db = new LocalDb(userId);
		await this.#db.open();
		this.#cycle = new Cycle({
			db: this.#db,
			port: new RpcPort({ config, sessions }, userId),
			clock: browserClock,
			newId,
			onTraffic: () => undefined
		});
	}

	async sync(): Promise<void> {
		for (;;) {
			const outcome = await this.#cycle.run(new AbortController().signal);
			if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
			if (!outcome.again) return;
		}
	}

	async save(edits: readonly Edit[]): Promise<void> {
		for (const edit of edits) {
			const context = { db: this.#db, me: this.#me, nowMs: Date.now(), offsetMs: 0, newMid: newId };
			await commitIntents(context, [await this.#intentOf(edit)], 0);
		}
	}

	async rowsOfCase(caseId: string) {
		const [visits, measurements, messages] = await Promise.all([
			this.#db.visits
				.where('[case_id+starts_at]')
				.between([caseId, ''], [caseId, '\uffff'])
				.toArray(),
			this.#db.measurements
				.where('[case_id+measured_at]')
				.between([caseId, ''], [caseId, '\uffff'])
				.toArray(),
			this.#db.messages
				.where('[case_id+audience+recorded_at]')
				.between([caseId, 'circle', ''], [caseId, 'circle', '\uffff'])
				.toArray()
		]);
		return [...visits, ...measurements, ...messages] as unknown as Record<string, unknown>[];
	}

	async dump() {
		const all = async (table: 'visits' | 'measurements' | 'messages') =>
			(await this.#db.anyRows(table).toArray()) as unknown as Record<string, unknown>[];
		const [visits, measurements, messages] = await Promise.all([
			all('visits'),
			all('measurements'),
			all('messages')
		]);
		return { visits, measurements, messages };
	}

	async #intentOf(edit: Edit): Promise<Intent> {
		if (edit.kind === 'change_visit') {
			const shown = await this.#db.visits.get(edit.id);
			const patch = { [edit.field]: [shown?.[edit.field] ?? null, edit.value] as const };
			return { name: 'visit.patch', args: { id: edit.id, patch } };
		}
		if (edit.kind === 'add_message') {
			const { id, case_id, body } = edit.row;
			return { name: 'message.send', args: { row: { id, case_id, body, audience: 'circle' } } };
		}
		const { id, case_id, kind, value, value2, measured_at, note } = edit.row;
		const row = { id, case_id, kind, value, value2, measured_at, note };
		// The kinds of the bench's rows are those of the product.
		return { name: 'measurement.add', args: { row } } as Intent;
	}
}

function newId(): string {
	return uuidV7(Date.now(), browserRandom.bytes(10));
}

globalThis.client = new OwnClient();
