/** A phone without screens: the real engine on a store in memory, and what it sent and received. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { LocalDb } from '#lib/db/local-db.ts';
import { uuidV7 } from '#lib/domain/ids.ts';
import { signIn, type AuthParts } from '#lib/remote/auth.ts';
import { RpcPort } from '#lib/remote/rpc-port.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import { Cycle } from '#lib/sync/cycle.ts';
import { browserClock } from '#lib/sync/environment.ts';
import { DEMO_DOMAIN, DEMO_PASSWORD } from '#lib/server/demo/demo-people.ts';
import type { EmbeddedServer } from '../fixtures/embedded-server.ts';
import { memoryStorage } from '../sync/support/backend.ts';

export interface Exchange {
	readonly ms: number;
	readonly requests: number;
	readonly bytesUp: number;
	/** Of the answers' JSON, before compression. */
	readonly bytesDown: number;
}

export interface Person {
	readonly auth: AuthParts;
	readonly userId: string;
}

/** @param account the part before the @ of a demo account */
export async function signInAs(server: EmbeddedServer, account: string): Promise<Person> {
	const config = { supabaseUrl: server.url, publishableKey: server.publishableKey, version: '' };
	const auth = { config, sessions: new SessionStore(memoryStorage()) };
	const outcome = await signIn(auth, `${account}@${DEMO_DOMAIN}`, DEMO_PASSWORD);
	if (!outcome.ok) throw new Error(`${account} could not sign in: ${outcome.problem.kind}`);
	return { auth, userId: outcome.session.userId };
}

export class BenchPhone {
	readonly db: LocalDb;
	readonly #cycle: Cycle;
	#requests = 0;
	#bytesUp = 0;
	#bytesDown = 0;

	constructor({ auth, userId }: Person) {
		this.db = new LocalDb(userId, { indexedDB: new IDBFactory(), IDBKeyRange });
		this.#cycle = new Cycle({
			db: this.db,
			port: new RpcPort(auth, userId),
			clock: browserClock,
			newId: () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
			onTraffic: ({ bytesSent, bytesReceived }) => {
				this.#requests += 1;
				this.#bytesUp += bytesSent;
				this.#bytesDown += bytesReceived;
			}
		});
	}

	/** Round trips until there is nothing more to say. */
	async sync(): Promise<Exchange> {
		const [requests, up, down] = [this.#requests, this.#bytesUp, this.#bytesDown];
		const startMs = performance.now();
		for (;;) {
			const outcome = await this.#cycle.run(new AbortController().signal);
			if (outcome.kind !== 'done') throw new Error(`Sync came to ${JSON.stringify(outcome)}`);
			if (!outcome.again) break;
		}
		return {
			ms: performance.now() - startMs,
			requests: this.#requests - requests,
			bytesUp: this.#bytesUp - up,
			bytesDown: this.#bytesDown - down
		};
	}

	async rowCount(): Promise<number> {
		const tables = [
			'cases',
			'visits',
			'visit_records',
			'measurements',
			'tasks',
			'messages'
		] as const;
		const counts = await Promise.all(tables.map((table) => this.db.table(table).count()));
		return counts.reduce((sum, count) => sum + count, 0);
	}
}
