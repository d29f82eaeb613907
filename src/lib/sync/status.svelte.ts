/** How sync is doing, as reactive state; in every tab, whichever of them syncs. */
import type { OutboxCounts } from './outbox.ts';
import type { Traffic } from '#lib/protocol/answers.ts';
import type { SyncStatus } from './workspace.ts';

/** What the tab that syncs tells the others. */
export interface SharedStatus {
	readonly activity: 'idle' | 'syncing' | 'signed_out';
	readonly lastSyncedAt: string | null;
	readonly nextTryAt: string | null;
	readonly lastProblem: string | null;
	readonly firstSyncDone: boolean;
	readonly firstSyncProgress: number;
	readonly bytesSent: number;
	readonly bytesReceived: number;
}

const NOTHING_YET: SharedStatus = {
	activity: 'idle',
	lastSyncedAt: null,
	nextTryAt: null,
	lastProblem: null,
	firstSyncDone: false,
	firstSyncProgress: 0,
	bytesSent: 0,
	bytesReceived: 0
};

export class StatusState implements SyncStatus {
	#shared = $state.raw<SharedStatus>(NOTHING_YET);
	#counts = $state.raw<OutboxCounts>({
		pending: 0,
		acked: 0,
		attention: 0,
		files: 0,
		oldestPendingAt: null
	});
	#online = $state(true);

	/** "synced" is said only when nothing waits on this phone and the server has answered for everything. */
	get phase(): SyncStatus['phase'] {
		const { activity, firstSyncDone, lastSyncedAt } = this.#shared;
		const { pending, acked, attention, files } = this.#counts;
		if (activity === 'signed_out') return 'signed_out';
		if (!firstSyncDone && activity === 'syncing') return 'first';
		if (activity === 'syncing' && pending + acked > 0) return 'syncing';
		const allAnswered = pending + acked + attention + files === 0 && lastSyncedAt !== null;
		if (allAnswered && firstSyncDone) return 'synced';
		return activity === 'syncing' ? 'syncing' : 'waiting';
	}

	get online(): boolean {
		return this.#online;
	}
	get pendingCount(): number {
		return this.#counts.pending + this.#counts.files;
	}
	get attentionCount(): number {
		return this.#counts.attention;
	}
	get waitingFileCount(): number {
		return this.#counts.files;
	}
	get oldestPendingAt(): string | null {
		return this.#counts.oldestPendingAt;
	}
	get lastSyncedAt(): string | null {
		return this.#shared.lastSyncedAt;
	}
	get nextTryAt(): string | null {
		return this.#shared.nextTryAt;
	}
	get lastProblem(): string | null {
		return this.#shared.lastProblem;
	}
	get firstSyncProgress(): number {
		return this.#shared.firstSyncProgress;
	}
	get bytesSent(): number {
		return this.#shared.bytesSent;
	}
	get bytesReceived(): number {
		return this.#shared.bytesReceived;
	}

	/** What this tab would tell the others. */
	get shared(): SharedStatus {
		return this.#shared;
	}

	setShared(part: Partial<SharedStatus>): void {
		this.#shared = { ...this.#shared, ...part };
	}

	setCounts(counts: OutboxCounts): void {
		this.#counts = counts;
	}

	setOnline(online: boolean): void {
		this.#online = online;
	}

	addTraffic({ bytesSent, bytesReceived }: Traffic): void {
		const { bytesSent: sent, bytesReceived: received } = this.#shared;
		this.setShared({ bytesSent: sent + bytesSent, bytesReceived: received + bytesReceived });
	}
}
