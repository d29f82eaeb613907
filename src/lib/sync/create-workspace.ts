/** Puts the engine together for one signed-in person on this phone. */
import type { LocalDb } from '#lib/db/local-db.ts';
import type { ClientRecord } from '#lib/db/records.ts';
import { watch } from '#lib/db/watch.ts';
import type { MutationArgs, MutationName } from '#lib/domain/mutations/catalogue.ts';
import { uuidV7 } from '#lib/domain/ids.ts';
import { loadClient, readClient } from './client-record.ts';
import type { Intent } from './commit.ts';
import { commitIntents } from './commit.ts';
import { completeShare } from './complete-share.ts';
import type { Clock, Network, Random } from './environment.ts';
import type { LoadCycle } from './lazy-cycle.ts';
import { LazyCycle } from './lazy-cycle.ts';
import type { Tabs } from './leader.ts';
import { LeaderCall } from './leader.ts';
import { countOutbox, dismissIntent, resendIntent, retractIntents } from './outbox.ts';
import { pokeTopics } from './poke-topics.ts';
import type { RemotePort } from './remote-port.ts';
import type { SchedulerChange, WakeReason } from './scheduler.ts';
import { Scheduler } from './scheduler.ts';
import { retrySetAside } from './set-aside.ts';
import type { SharedStatus } from './status.svelte.ts';
import { StatusState } from './status.svelte.ts';
import type { BroughtBack, CommitOptions, Me, UnsentWork, Workspace } from './workspace.ts';

export interface WorkspaceParts {
	readonly db: LocalDb;
	readonly me: Me;
	readonly port: RemotePort;
	readonly loadCycle: LoadCycle;
	readonly clock: Clock;
	readonly random: Random;
	readonly network: Network;
	readonly tabs: Tabs;
	/** The server asked for this phone's copy to be deleted, and it is gone: leave the app. */
	readonly onWiped: () => void;
}

/** A Workspace with its life cycle; screens get only the Workspace part. */
export interface RunningWorkspace extends Workspace {
	/** Resolves when the store is open; never waits for the network. @throws {StorageError} */
	start(): Promise<void>;
	/** No request under way and none to come, until resume(): for the switch to a new service worker. */
	pause(): Promise<void>;
	/** After pause(), and after a new sign-in. */
	resume(): void;
	/** Ends it; the store is closed. */
	stop(): Promise<void>;
}

function reportWatch(problem: unknown): void {
	console.error('Reading the store for the sync status failed', problem);
}

type TabMessage =
	| { readonly kind: 'wake'; readonly reason: WakeReason }
	| { readonly kind: 'heard' }
	| { readonly kind: 'hello' }
	| { readonly kind: 'status'; readonly shared: SharedStatus };

export function createWorkspace(parts: WorkspaceParts): RunningWorkspace {
	return new Engine(parts);
}

class Engine implements RunningWorkspace {
	readonly db: LocalDb;
	readonly me: Me;
	readonly status = new StatusState();
	readonly #parts: WorkspaceParts;
	readonly #cycle: LazyCycle;
	readonly #scheduler: Scheduler;
	readonly #leaderCall: LeaderCall;
	#cleanUps: (() => void)[] = [];
	#leading = false;
	#clockOffsetMs: number | null = null;

	constructor(parts: WorkspaceParts) {
		const { db, me, port, loadCycle, clock, random, network, tabs } = parts;
		this.#parts = parts;
		this.db = db;
		this.me = me;
		this.#leaderCall = new LeaderCall(tabs, clock);
		this.#cycle = new LazyCycle(loadCycle, {
			db,
			port,
			clock,
			newId: () => this.newId(),
			onTraffic: (traffic) => this.status.addTraffic(traffic)
		});
		this.#scheduler = new Scheduler({
			clock,
			network,
			random,
			runCycle: (signal) => this.#runCycle(signal),
			pokesLive: () => port.pokes.live(),
			onChange: (change) => this.#onSchedule(change),
			onWiped: (clientId) => void this.#wipe(clientId)
		});
	}

	async start(): Promise<void> {
		const { db, me, network, port, tabs } = this.#parts;
		// Side by side: the first screen waits for it.
		const [client, firstSyncProgress] = await Promise.all([
			this.#knownClient(),
			this.#progress(),
			retrySetAside(db)
		]);
		const { clockOffsetMs, lastSyncedAt, firstSyncDone } = client;
		this.#clockOffsetMs = clockOffsetMs;
		this.status.setShared({ lastSyncedAt, firstSyncDone, firstSyncProgress });
		this.status.setOnline(network.online());
		await this.#recount();
		this.#cleanUps = [
			watch(
				() => countOutbox(db),
				(counts) => this.status.setCounts(counts),
				reportWatch
			),
			watch(
				() => pokeTopics(db, me),
				(topics) => port.pokes.follow(topics),
				reportWatch
			),
			network.onChange((change) => {
				this.status.setOnline(network.online());
				if (change === 'online' || change === 'visible') this.#wake(change);
			}),
			port.pokes.onPoke(() => this.#wake('poke'))
		];
		tabs.onMessage((message) => this.#onMessage(message));
		tabs.send({ kind: 'hello' } satisfies TabMessage);
		tabs.campaign(
			() => this.#lead(),
			() => void this.#stepBack()
		);
	}

	async #knownClient(): Promise<ClientRecord> {
		const { db } = this.#parts;
		const known = await readClient(db);
		return (
			known ?? (await db.inTransaction('rw', ['meta'], (tx) => loadClient(tx, () => this.newId())))
		);
	}

	/** What an earlier page has downloaded is still here; before the first answer there is nothing. */
	async #progress(): Promise<number> {
		const cursors = await this.#parts.db.cursors.toArray();
		return cursors.length === 0 ? 0 : completeShare(cursors);
	}

	async commit<Name extends MutationName>(
		name: Name,
		args: MutationArgs[Name],
		options?: CommitOptions
	): Promise<{ readonly mid: string }> {
		// Name and arguments belong together by the signature; the union Intent loses that.
		const { mids } = await this.commitAll([{ name, args } as unknown as Intent], options);
		return { mid: mids[0] ?? '' };
	}

	async commitAll(
		intents: readonly Intent[],
		{ holdMs = 0, files }: CommitOptions = {}
	): Promise<{ readonly mids: readonly string[] }> {
		const context = {
			db: this.db,
			me: this.me,
			nowMs: this.#parts.clock.nowMs(),
			offsetMs: this.#clockOffsetMs,
			newMid: () => this.newId()
		};
		const mids = await commitIntents(context, intents, holdMs, files);
		// From here on it is saved, whatever else fails.
		await this.#recount().catch(reportWatch);
		this.#wake(intents.some(({ name }) => name.startsWith('emergency.')) ? 'emergency' : 'commit');
		return { mids };
	}

	async retract(mids: readonly string[]): Promise<boolean> {
		const undone = await retractIntents(this.db, mids);
		await this.#recount();
		return undone;
	}

	async resend(mid: string, args?: unknown): Promise<void> {
		await resendIntent(this.db, mid, args, this.#parts.clock.nowMs(), () => this.newId());
		await this.#recount();
		this.#wake('user');
	}

	async dismiss(mid: string): Promise<void> {
		await dismissIntent(this.db, mid, this.#parts.clock.nowMs());
		await this.#recount();
	}

	syncNow(): void {
		this.#cycle.retryStorage();
		// The store can fail only if it is closing, and then there is nothing to sync.
		void retrySetAside(this.db).catch(() => undefined);
		this.#wake('user');
	}

	async loadHistory(caseId: string, before: string): Promise<{ readonly more: boolean }> {
		// Seldom asked for, and never by Today: its code stays out of the first load.
		const { loadOlderRows } = await import('./history.ts');
		return await loadOlderRows(this.db, this.#parts.port, caseId, before);
	}

	async bringBack(work: UnsentWork): Promise<BroughtBack> {
		const context = { db: this.db, me: this.me, nowMs: this.#parts.clock.nowMs() };
		const { bringBack } = await import('./bring-back.ts');
		const outcome = await bringBack(context, work);
		// From here on it is saved, whatever else fails.
		await this.#recount().catch(reportWatch);
		this.#wake('commit');
		return outcome;
	}

	newId(): string {
		return uuidV7(this.#parts.clock.nowMs(), this.#parts.random.bytes(10));
	}

	now(): string {
		return new Date(this.#parts.clock.nowMs()).toISOString();
	}

	async pause(): Promise<void> {
		await this.#scheduler.pause();
	}

	resume(): void {
		this.#scheduler.resume();
	}

	async stop(): Promise<void> {
		for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
		this.#leaderCall.heard();
		await this.#scheduler.stop();
		this.#parts.port.pokes.stop();
		this.#parts.tabs.close();
		this.db.close();
	}

	#wake(reason: WakeReason): void {
		if (this.#leading) this.#scheduler.wake(reason);
		else this.#leaderCall.wake(reason);
	}

	#lead(): void {
		this.#leading = true;
		this.#leaderCall.heard();
		this.#scheduler.lead();
	}

	async #stepBack(): Promise<void> {
		this.#leading = false;
		await this.#scheduler.stepBack();
	}

	async #runCycle(signal: AbortSignal) {
		const outcome = await this.#cycle.run(signal);
		// The store may be gone: a wipe in another tab, or stop().
		if (this.#scheduler.state === 'running') await this.#refreshFromStore();
		return outcome;
	}

	/** Shown figures are read back from the store, so that they cannot claim more than it holds. */
	async #refreshFromStore(): Promise<void> {
		const client = await this.db.meta.get('client').catch(() => undefined);
		if (client?.key !== 'client') return;
		this.#clockOffsetMs = client.clockOffsetMs;
		this.status.setShared({
			lastSyncedAt: client.lastSyncedAt,
			firstSyncDone: client.firstSyncDone
		});
		await this.#recount();
	}

	async #recount(): Promise<void> {
		this.status.setCounts(await countOutbox(this.db));
	}

	#onSchedule({ state, outcome, nextTryInMs }: SchedulerChange): void {
		const nextTryAt =
			nextTryInMs === undefined
				? null
				: new Date(this.#parts.clock.nowMs() + nextTryInMs).toISOString();
		this.status.setShared({
			activity: state === 'running' ? 'syncing' : state === 'signed_out' ? 'signed_out' : 'idle',
			nextTryAt,
			...(outcome ? problemAndProgress(outcome) : {})
		});
		this.#parts.tabs.send({ kind: 'status', shared: this.status.shared } satisfies TabMessage);
	}

	#onMessage(data: unknown): void {
		// Only tabs of this very engine speak on this channel.
		const message = data as TabMessage;
		switch (message.kind) {
			case 'wake':
				if (!this.#leading) return;
				this.#parts.tabs.send({ kind: 'heard' } satisfies TabMessage);
				this.#scheduler.wake(message.reason);
				return;
			case 'heard':
				this.#leaderCall.heard();
				return;
			case 'hello':
				if (this.#leading)
					this.#parts.tabs.send({
						kind: 'status',
						shared: this.status.shared
					} satisfies TabMessage);
				return;
			case 'status':
				if (!this.#leading) this.status.setShared(message.shared);
		}
	}

	async #wipe(clientId: string): Promise<void> {
		await this.stop();
		await this.db.delete();
		await this.#parts.port.confirmWipe(clientId);
		this.#parts.onWiped();
	}
}

function problemAndProgress(
	outcome: NonNullable<SchedulerChange['outcome']>
): Partial<SharedStatus> {
	switch (outcome.kind) {
		case 'done':
			return { lastProblem: outcome.problem, firstSyncProgress: outcome.completeShare };
		case 'failed':
			return { lastProblem: outcome.problem };
		case 'signed_out':
			return { lastProblem: 'unauthenticated' };
		case 'wiped':
			return {};
	}
}
