/** A phone without screens: the real engine on a store in memory, and what it sent and received. */
import { gzipSync } from 'node:zlib';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { LocalDb } from '#lib/db/local-db.ts';
import { uuidV7 } from '#lib/domain/ids.ts';
import { signIn, type AuthParts } from '#lib/remote/auth.ts';
import { RpcPort } from '#lib/remote/rpc-port.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import { commitIntents, type Intent } from '#lib/sync/commit.ts';
import { Cycle } from '#lib/sync/cycle.ts';
import { browserClock } from '#lib/sync/environment.ts';
import type { Me } from '#lib/sync/workspace.ts';
import { DEMO_DOMAIN, DEMO_PASSWORD } from '#lib/server/demo/demo-people.ts';
import type { EmbeddedServer } from '../fixtures/embedded-server.ts';
import { memoryStorage } from '../sync/support/backend.ts';

export interface Exchange {
	readonly ms: number;
	readonly requests: number;
	readonly bytesUp: number;
	/** Of the answers' JSON, before compression. */
	readonly bytesDown: number;
	/** Of the answers as the server sends them: gzipped from 1 KiB. */
	readonly wireDown: number;
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

const GZIP_FROM_BYTES = 1024;

export class BenchPhone {
	readonly db: LocalDb;
	readonly #cycle: Cycle;
	readonly #answers: Buffer[] = [];
	#requests = 0;
	#bytesUp = 0;
	#bytesDown = 0;

	constructor({ auth, userId }: Person) {
		this.db = new LocalDb(userId, { indexedDB: new IDBFactory(), IDBKeyRange });
		this.#cycle = new Cycle({
			db: this.db,
			port: new RpcPort({ ...auth, fetch: this.#listening(auth.fetch ?? fetch) }, userId),
			clock: browserClock,
			newId,
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
		this.#answers.length = 0;
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
			bytesDown: this.#bytesDown - down,
			wireDown: this.#answers.reduce((sum, answer) => sum + bytesSent(answer), 0)
		};
	}

	/** As a person who taps "save" for each. */
	async save(me: Me, intents: readonly Intent[]): Promise<void> {
		const context = { db: this.db, me, nowMs: Date.now(), offsetMs: 0, newMid: newId };
		for (const intent of intents) await commitIntents(context, [intent], 0);
	}

	newId(): string {
		return newId();
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

	/** Node unpacks what it fetches: what was sent is reckoned afterwards. */
	#listening(underlying: typeof fetch): typeof fetch {
		return async (input, init) => {
			const response = await underlying(input, init);
			this.#answers.push(Buffer.from(await response.clone().arrayBuffer()));
			return response;
		};
	}
}

function bytesSent(answer: Buffer): number {
	return answer.length < GZIP_FROM_BYTES ? answer.length : gzipSync(answer).length;
}

function newId(): string {
	return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
