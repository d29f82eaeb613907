/** One phone of the laboratory: its store, its session, its line, its clock, and the pages that are open on it. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { LocalDb } from '#lib/db/local-db.ts';
import { RpcPort } from '#lib/remote/rpc-port.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import type { Intent } from '#lib/sync/commit.ts';
import { createWorkspace, type RunningWorkspace } from '#lib/sync/create-workspace.ts';
import type { Clock, Random } from '#lib/sync/environment.ts';
import type { Me } from '#lib/sync/workspace.ts';
import type { Backend } from '../support/backend.ts';
import { ControlledLine, TabHub, type HubTabs } from '../support/browser-parts.ts';
import { StorageFaults } from '../support/storage-faults.ts';
import type { LabTime, Signal } from './lab-time.ts';
import { FaultProxy } from './proxy.ts';

export interface PhoneParts {
	readonly backend: Backend;
	readonly time: LabTime;
	readonly signal: Signal;
	/** In [0, 1), the jitter of the engine's backoff: drawn from the seed. */
	readonly fraction: () => number;
}

export interface Saved {
	readonly mid: string;
	readonly name: string;
	/** Nobody may do this: the server has to refuse it. */
	readonly wrong: boolean;
}

export class LabPhone {
	readonly me: Me;
	readonly proxy: FaultProxy;
	readonly line = new ControlledLine();
	readonly sessions: SessionStore;
	readonly pages: Page[] = [];
	/** Intents that a screen was told are saved. */
	readonly saved: Saved[] = [];
	/** How far this phone's clock is from the laboratory's. */
	clockShiftMs = 0;
	readonly clock: Clock;
	readonly indexedDB = new IDBFactory();
	readonly hub = new TabHub();
	readonly parts: PhoneParts;
	#expiries = 0;

	private constructor(parts: PhoneParts, me: Me, proxy: FaultProxy, sessions: SessionStore) {
		this.parts = parts;
		this.me = me;
		this.proxy = proxy;
		this.sessions = sessions;
		const { time } = parts;
		this.clock = {
			nowMs: () => time.nowMs + this.clockShiftMs,
			setTimer: (run, delayMs) => time.setTimer(run, delayMs)
		};
	}

	static async signedIn(parts: PhoneParts, me: Me): Promise<LabPhone> {
		const { backend, signal } = parts;
		const sessions = new SessionStore(await backend.signIn(me.userId));
		const proxy = await FaultProxy.start(backend.config.supabaseUrl, signal.changed);
		const phone = new LabPhone(parts, me, proxy, sessions);
		await phone.openPage();
		return phone;
	}

	/** The page that the person looks at. */
	get page(): Page {
		const [first] = this.pages;
		if (!first) throw new Error('A phone of the laboratory has a page open');
		return first;
	}

	get db(): LocalDb {
		return this.page.workspace.db;
	}

	/** Nothing is under way but what stands still in the line. */
	get idle(): boolean {
		return this.proxy.holding || this.pages.every((page) => !page.syncing);
	}

	newId(): string {
		return this.page.workspace.newId();
	}

	now(): string {
		return this.page.workspace.now();
	}

	async openPage(): Promise<void> {
		const page = new Page(this);
		this.pages.push(page);
		await page.workspace.start();
	}

	/** The page is gone, whatever it was doing; nothing of it reaches the store any more. */
	async killPage(page: Page): Promise<void> {
		this.pages.splice(this.pages.indexOf(page), 1);
		page.storage.failAfter(0, 'page_killed', true);
		await page.workspace.stop();
	}

	/** A tap on a screen. When it throws, the screen has kept the draft. */
	async tap(page: Page, intent: Intent, wrong: boolean): Promise<void> {
		const { mids } = await page.workspace.commitAll([intent]);
		this.saved.push({ mid: mids[0]!, name: intent.name, wrong });
	}

	/** The person types their password again. */
	async signInAgain(): Promise<void> {
		const { backend } = this.parts;
		const fresh = new SessionStore(await backend.signIn(this.me.userId)).read(this.me.userId);
		if (fresh) this.sessions.write(fresh);
		for (const { workspace } of this.pages) workspace.resume();
	}

	/** As after an hour in a drawer: the token has to be renewed before anything is sent. Every other time the phone thinks it still good. */
	expireToken(): void {
		const session = this.sessions.read(this.me.userId);
		if (!session) return;
		const aged = this.#expiries++ % 2 ? this.parts.backend.aged(session.accessToken) : null;
		this.sessions.write(
			aged ? { ...session, accessToken: aged } : { ...session, expiresAtMs: Date.now() - 1000 }
		);
	}

	async close(): Promise<void> {
		for (const page of [...this.pages]) await page.workspace.stop();
		await this.proxy.stop();
	}
}

export class Page {
	readonly workspace: RunningWorkspace;
	readonly storage = new StorageFaults();
	readonly tabs: HubTabs;
	#activity = 'idle';

	constructor(phone: LabPhone) {
		const { me, sessions, indexedDB, hub, clock, line, proxy, parts } = phone;
		const db = new LocalDb(me.userId, { indexedDB, IDBKeyRange });
		this.storage.attach(db);
		this.tabs = this.#listened(hub.join(parts.signal.changed));
		const random: Random = {
			bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
			fraction: parts.fraction
		};
		this.workspace = createWorkspace({
			db,
			me,
			port: portOf(parts.backend, me, sessions, proxy, line),
			loadCycle: () => import('#lib/sync/cycle.ts'),
			clock,
			random,
			network: line,
			tabs: this.tabs,
			onWiped: () => undefined
		});
	}

	/** A round trip is under way. */
	get syncing(): boolean {
		return this.#activity === 'syncing';
	}

	get signedOut(): boolean {
		return this.workspace.status.phase === 'signed_out';
	}

	/** What this page's engine does, as it tells the other tabs. */
	#listened(tabs: HubTabs): HubTabs {
		const send = tabs.send.bind(tabs);
		tabs.send = (message) => {
			// Only this engine speaks here.
			const told = message as { kind: string; shared?: { activity: string } };
			if (told.kind === 'status' && told.shared) this.#activity = told.shared.activity;
			send(message);
		};
		return tabs;
	}
}

/** The product's own client, over this phone's line; without hints, on which nothing depends but speed. */
function portOf(
	backend: Backend,
	me: Me,
	sessions: SessionStore,
	proxy: FaultProxy,
	line: ControlledLine
) {
	const config = { ...backend.config, supabaseUrl: proxy.url };
	const overLine: typeof fetch = (input, init) =>
		line.isOnline ? fetch(input, init) : Promise.reject(new TypeError('fetch failed: no network'));
	const real = new RpcPort({ config, sessions, fetch: overLine }, me.userId);
	const pokes = {
		follow: () => undefined,
		onPoke: () => () => undefined,
		live: () => false,
		stop: () => undefined
	};
	return {
		pokes,
		sync: real.sync.bind(real),
		history: real.history.bind(real),
		renewSession: real.renewSession.bind(real),
		confirmWipe: real.confirmWipe.bind(real)
	};
}
