/** One simulated phone: the real engine on a store of its own, a network with faults, a clock that may jump. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { LocalDb } from '#lib/db/local-db.ts';
import type { OutboxEntry } from '#lib/db/records.ts';
import { uuidV7 } from '#lib/domain/ids.ts';
import { RpcPort } from '#lib/remote/rpc-port.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import type { Intent } from '#lib/sync/commit.ts';
import { commitIntents } from '#lib/sync/commit.ts';
import type { CycleOutcome } from '#lib/sync/cycle.ts';
import { Cycle } from '#lib/sync/cycle.ts';
import type { Clock } from '#lib/sync/environment.ts';
import { readClient } from '#lib/sync/client-record.ts';
import type { RemotePort } from '#lib/sync/remote-port.ts';
import type { Me } from '#lib/sync/workspace.ts';
import type { Backend } from './backend.ts';
import { FaultyNetwork } from './faulty-fetch.ts';
import { StorageFaults } from './storage-faults.ts';

export interface PhoneOptions {
	/** Wraps the port, to plant a fault in the client. */
	readonly sabotage?: (port: RemotePort) => RemotePort;
	/** The store of another phone, cloned or shared. */
	readonly indexedDB?: IDBFactory;
}

/** What a person's hands and the checks need of a phone. */
export type PhoneInHand = Pick<Phone, 'me' | 'db' | 'clock' | 'newId' | 'now' | 'saved'>;

/** Turns the engine's crank by hand: every step of a test is one thing that happens. */
export class Phone {
	readonly me: Me;
	readonly network = new FaultyNetwork();
	readonly storage = new StorageFaults();
	readonly indexedDB: IDBFactory;
	db: LocalDb;
	/** Intents that a screen was told are saved. */
	readonly saved: { readonly mid: string; readonly name: string }[] = [];
	/** The same, as they were stored then, word by word. */
	readonly taps: OutboxEntry[] = [];
	clockShiftMs = 0;
	readonly clock: Clock = {
		nowMs: () => Date.now() + this.clockShiftMs,
		setTimer: () => () => undefined
	};
	#cycle: Cycle;
	readonly #port: RemotePort;

	private constructor(
		me: Me,
		port: (network: FaultyNetwork) => RemotePort,
		{ indexedDB, sabotage }: PhoneOptions
	) {
		this.me = me;
		this.indexedDB = indexedDB ?? new IDBFactory();
		const real = port(this.network);
		this.#port = sabotage ? sabotage(real) : real;
		this.db = this.#openStore();
		this.#cycle = this.#startEngine();
	}

	static async signedIn(backend: Backend, me: Me, options: PhoneOptions = {}): Promise<Phone> {
		const sessions = new SessionStore(await backend.signIn(me.userId));
		const port = (network: FaultyNetwork) =>
			new RpcPort({ config: backend.config, sessions, fetch: network.fetch }, me.userId);
		return new Phone(me, port, options);
	}

	newId(): string {
		return uuidV7(this.clock.nowMs(), crypto.getRandomValues(new Uint8Array(10)));
	}

	now(): string {
		return new Date(this.clock.nowMs()).toISOString();
	}

	async commit(...intents: Intent[]): Promise<string[]> {
		const offsetMs = (await readClient(this.db))?.clockOffsetMs ?? null;
		const mids = await commitIntents(
			{ db: this.db, me: this.me, nowMs: this.clock.nowMs(), offsetMs, newMid: () => this.newId() },
			intents,
			0
		);
		intents.forEach(({ name }, index) => this.saved.push({ mid: mids[index]!, name }));
		this.taps.push(...(await this.db.outbox.where('mid').anyOf(mids).sortBy('order')));
		return mids;
	}

	/** One round trip. */
	async round(signal = new AbortController().signal): Promise<CycleOutcome> {
		return await this.#cycle.run(signal);
	}

	/** As a person who freed some space and taps "sync now". */
	retryStorage(): void {
		this.#cycle.retryStorage();
	}

	/** Round trips until there is nothing to say, or one fails. */
	async sync(): Promise<CycleOutcome> {
		for (let trips = 0; trips < 200; trips++) {
			const outcome = await this.round();
			if (outcome.kind !== 'done' || !outcome.again) return outcome;
		}
		throw new Error('The phone does not come to rest');
	}

	/** As sync(), through failures, and through a token refused twice in a row: the phone then has a fresh one, as after signing in again. */
	async syncUntilQuiet(): Promise<void> {
		const problems: string[] = [];
		while (problems.length < 30) {
			const outcome = await this.sync();
			if (outcome.kind === 'done') return;
			if (outcome.kind === 'failed') problems.push(outcome.problem);
			else if (outcome.kind === 'signed_out') problems.push(outcome.kind);
			else throw new Error(`The phone is ${outcome.kind}`);
		}
		throw new Error(`The phone does not recover: ${problems.join(', ')}`);
	}

	/** The page is gone, whatever it was doing; the app is opened again on what was stored. */
	reopen(): void {
		this.storage.heal();
		this.db.close();
		this.db = this.#openStore();
		this.#cycle = this.#startEngine();
	}

	#openStore(): LocalDb {
		const db = new LocalDb(this.me.userId, { indexedDB: this.indexedDB, IDBKeyRange });
		this.storage.attach(db);
		return db;
	}

	#startEngine(): Cycle {
		return new Cycle({
			db: this.db,
			port: this.#port,
			clock: this.clock,
			newId: () => this.newId(),
			onTraffic: () => undefined
		});
	}
}
