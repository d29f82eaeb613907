/** A phone whose engine runs by itself: scheduler, leader election, status; with time that passes faster. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { LocalDb } from '#lib/db/local-db.ts';
import { watch } from '#lib/db/watch.ts';
import { RpcPort } from '#lib/remote/rpc-port.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import type { RunningWorkspace } from '#lib/sync/create-workspace.ts';
import { createWorkspace } from '#lib/sync/create-workspace.ts';
import { browserRandom } from '#lib/sync/environment.ts';
import type { Clock } from '#lib/sync/environment.ts';
import type { Me } from '#lib/sync/workspace.ts';
import type { Backend } from './backend.ts';
import { ControlledLine, TabHub, type HubTabs } from './browser-parts.ts';
import { FaultyNetwork } from './faulty-fetch.ts';

/** Backoff and polling in hundredths of their length. */
const SPEED = 100;

/** What the tabs of one browser share: the store, the session, the lead. */
export class Browser {
	readonly me: Me;
	readonly indexedDB = new IDBFactory();
	readonly sessions: SessionStore;
	readonly hub = new TabHub();
	readonly #backend: Backend;

	private constructor(backend: Backend, me: Me, sessions: SessionStore) {
		this.#backend = backend;
		this.me = me;
		this.sessions = sessions;
	}

	static async signedIn(backend: Backend, me: Me): Promise<Browser> {
		return new Browser(backend, me, new SessionStore(await backend.signIn(me.userId)));
	}

	/** A page that has not started its engine yet. */
	makeTab(): Tab {
		return new Tab(this, this.#backend);
	}

	async openTab(): Promise<Tab> {
		const tab = this.makeTab();
		await tab.workspace.start();
		return tab;
	}
}

export class Tab {
	readonly workspace: RunningWorkspace;
	readonly line = new ControlledLine();
	readonly network = new FaultyNetwork();
	readonly tabs: HubTabs;
	wiped = false;
	#observers = new Set<() => void>();

	constructor(browser: Browser, backend: Backend) {
		const { me, sessions, indexedDB, hub } = browser;
		this.tabs = hub.join(() => this.#changed());
		const clock: Clock = {
			nowMs: () => Date.now(),
			setTimer(run, delayMs) {
				const timer = setTimeout(run, delayMs / SPEED);
				return () => clearTimeout(timer);
			}
		};
		this.workspace = createWorkspace({
			db: new LocalDb(me.userId, { indexedDB, IDBKeyRange }),
			me,
			port: new RpcPort({ config: backend.config, sessions, fetch: this.network.fetch }, me.userId),
			loadCycle: () => import('#lib/sync/cycle.ts'),
			clock,
			random: browserRandom,
			network: this.line,
			tabs: this.tabs,
			onWiped: () => {
				this.wiped = true;
				this.#changed();
			}
		});
	}

	/** Resolves when it is so; looks whenever the engine or the store has changed. */
	async until(
		holds: () => boolean | Promise<boolean>,
		what: string,
		limitMs = 60_000
	): Promise<void> {
		let done: () => void = () => undefined;
		const met = new Promise<void>((resolve) => (done = resolve));
		const look = async () => {
			if (await holds()) done();
		};
		const observer = () => void look();
		this.#observers.add(observer);
		const unwatch = watch(
			() => this.workspace.db.outbox.count(),
			observer,
			() => undefined
		);
		const timeout = new Promise<never>((_, reject) => {
			const timer = setTimeout(
				() => reject(new Error(`Not within ${limitMs} ms: ${what}`)),
				limitMs
			);
			void met.then(() => clearTimeout(timer));
		});
		try {
			await look();
			await Promise.race([met, timeout]);
		} finally {
			unwatch();
			this.#observers.delete(observer);
		}
	}

	/** Calls back on each sign of life of the engine. */
	observe(observer: () => void): void {
		this.#observers.add(observer);
	}

	async synced(): Promise<void> {
		await this.until(() => this.workspace.status.phase === 'synced', 'synced');
	}

	#changed(): void {
		// After the engine has finished telling.
		queueMicrotask(() => this.#observers.forEach((observer) => observer()));
	}
}
